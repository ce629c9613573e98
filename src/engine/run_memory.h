// What one run holds at its peak: the packed weights that its kernels read and the one planned
// arena that every node's output stays in. Beside that a model keeps its weights as the file has
// them, for looking at; and an int8 run whose outputs are read as real numbers borrows a float
// arena. Neither is counted.
#pragma once

#include <cstdint>

#include "engine/model.h"
#include "engine/precision.h"

namespace lens {

struct RunMemory {
  std::int64_t weight_bytes = 0;
  std::int64_t arena_bytes = 0;

  std::int64_t peak_bytes() const { return weight_bytes + arena_bytes; }

  bool operator==(const RunMemory&) const = default;
};

// int8 needs a model with quantized() (asserted).
RunMemory run_memory(const Model& model, Precision precision);

}  // namespace lens
