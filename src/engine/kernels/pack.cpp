#include <cassert>
#include <cstddef>

#include "engine/kernels/kernels.h"

namespace lens {

namespace {

// Rows of `lanes` outputs each: per group of outputs, one row of biases and one per tap.
AlignedFloats pack_groups(const NodeWeights& weights, int taps, int outputs, int lanes) {
  const int groups = (outputs + lanes - 1) / lanes;
  AlignedFloats packed(static_cast<std::size_t>(groups * (1 + taps) * lanes));
  float* to = packed.data();
  for (int first = 0; first < outputs; first += lanes) {
    for (int row = -1; row < taps; ++row, to += lanes) {
      const float* from = row < 0 ? weights.bias.data() : weights.filter.data() + row * outputs;
      for (int lane = 0; lane < lanes && first + lane < outputs; ++lane) {
        to[lane] = from[first + lane];
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
  const int lanes = op == Op::depthwise ? kGroupChannels : kPanelOutputs;
  return pack_groups(weights, shape.kernel * shape.kernel * shape.in, shape.out, lanes);
}

}  // namespace lens
