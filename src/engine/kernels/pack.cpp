#include <algorithm>
#include <cassert>
#include <cstddef>

#include "engine/kernels/kernels.h"

namespace lens {

namespace {

// Rows of kLanes outputs each: per group of outputs, one row of biases and one per tap.
template <int kLanes>
AlignedFloats pack_groups(const NodeWeights& weights, int taps, int outputs) {
  const int groups = (outputs + kLanes - 1) / kLanes;
  AlignedFloats packed(static_cast<std::size_t>(groups * (1 + taps) * kLanes));
  float* to = packed.data();
  for (int first = 0; first < outputs; first += kLanes) {
    const int lanes = std::min(kLanes, outputs - first);
    for (int row = -1; row < taps; ++row, to += kLanes) {
      const float* from = row < 0 ? weights.bias.data() : weights.filter.data() + row * outputs;
      if (lanes == kLanes) {  // of a length that the compiler knows
        std::copy_n(from + first, kLanes, to);
      } else {
        std::copy_n(from + first, lanes, to);
      }
    }
  }
  return packed;
}

}  // namespace

AlignedFloats pack_filter(Op op, const FilterShape& shape, const NodeWeights& weights) {
  assert(weights.filter.size() == shape.count());
  assert(weights.bias.size() == static_cast<std::size_t>(shape.out));
  if (!has_weights(op)) return {};
  const int taps = shape.kernel * shape.kernel * shape.in;
  return op == Op::depthwise ? pack_groups<kGroupChannels>(weights, taps, shape.out)
                             : pack_groups<kPanelOutputs>(weights, taps, shape.out);
}

}  // namespace lens
