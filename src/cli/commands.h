// What the commands do. Each returns what belongs on standard output; nothing is printed here.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command_line.h"

namespace lens::cli {

struct Output {
  std::string text;                     // standard output
  std::vector<std::string> notes = {};  // standard error, a line each: it worked, but
};

// Runs the model on the image's centre square.
Result<Output> classify(const ClassifyCommand& command);

// Counts from the graph alone: needs no weights.
Result<Output> cost(const CostCommand& command);

// Tensors, operators, quantization and fitting models of TFLite files.
Result<Output> inspect(const InspectCommand& command);

// Kernels and whole networks with untrained weights: multiply-adds per second and part of the peak.
Result<Output> bench(const BenchCommand& command);

}  // namespace lens::cli
