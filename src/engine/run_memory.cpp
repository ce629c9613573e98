#include "engine/run_memory.h"

#include <cassert>

namespace lens {

RunMemory run_memory(const Model& model, Precision precision) {
  if (precision == Precision::int8) {
    assert(model.quantized() != nullptr);
    const QuantizedModel& quantized = *model.quantized();
    return {static_cast<std::int64_t>(quantized.packed_bytes()),
            static_cast<std::int64_t>(quantized.arena_bytes())};
  }
  std::size_t floats = 0;
  for (NodeId id = 0; id < model.graph().size(); ++id) floats += model.packed(id).size();
  return {static_cast<std::int64_t>(floats * sizeof(float)),
          static_cast<std::int64_t>(model.arena_size() * sizeof(float))};
}

}  // namespace lens
