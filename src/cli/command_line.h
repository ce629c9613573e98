// What the user typed, checked: one struct per command. Reads no files; whatever fails here is the
// user's slip and ends with exit status 2.
#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "engine/precision.h"
#include "models/catalog.h"

namespace lens::cli {

// A version of the catalog in one width and resolution.
struct ModelChoice {
  const CatalogEntry* entry = nullptr;
  Variant variant = {};

  std::string title() const;  // "MobileNet V1 0.75 at 192"
};

struct ClassifyCommand {
  std::string image;
  ModelChoice model = {};
  Precision precision = Precision::float32;
  int top = 5;
  std::vector<std::string> files =
      {};  // the user's own weights: one file, or a backbone and its head
  bool json = false;
};

enum class CostFormat { table, csv, json };

struct CostCommand {
  ModelChoice model;
  CostFormat format = CostFormat::table;
};

struct InspectCommand {
  std::vector<std::string> files;
};

struct BenchCommand {
  double budget_ms = 300;  // for each kernel; a network gets four times as much
};

struct HelpCommand {};

using Command =
    std::variant<ClassifyCommand, CostCommand, InspectCommand, BenchCommand, HelpCommand>;

// arguments: without the program's name.
Result<Command> parse_command_line(std::span<const std::string> arguments);

const char* help_text();

}  // namespace lens::cli
