// What window.lens.select asks for, as "key=value&key=value": checked whole before anything
// changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/precision.h"
#include "models/catalog.h"

namespace lens {

// Row and column in a layer's maps; -1: none.
struct Cell {
  int y = -1;
  int x = -1;
  bool operator==(const Cell&) const = default;
};

struct Request {
  std::optional<std::string> model;
  std::optional<double> width;
  std::optional<int> resolution;
  std::optional<Precision> precision;
  std::optional<std::string> node;
  std::optional<int> channel;
  std::optional<Cell> cell;  // to be pinned; none unpins
  std::optional<std::string> view;
};

// Fails on an unknown key and on a value that cannot be read.
Result<Request> parse_request(std::string_view text);

// The catalog's variant that a request means. Without a model: another variant of `current`.
struct Target {
  const CatalogEntry* entry = nullptr;
  Variant variant;
  bool operator==(const Target&) const = default;
};

// Fails when there is no such model or variant. A resolution that is left out may be any.
Result<Target> target_of(const Request& request, const Target& current);

}  // namespace lens
