#include "views/background.h"

#include <algorithm>

namespace lens {

bool has_feature_map(const Node& node) {
  return (node.op == Op::conv || node.op == Op::depthwise) && node.out.h > 1;
}

LayerZeros layer_zeros(const Snapshot& snapshot, NodeId id) {
  const std::span<const float> values = snapshot.output(id).data;
  const bool six = snapshot.graph().node(id).activation == Activation::relu6;
  std::size_t zeros = 0;
  std::size_t clipped = 0;
  for (const float value : values) {
    zeros += value == 0.0f;
    clipped += value == 6.0f;
  }
  const float count = static_cast<float>(values.size());
  return {id, static_cast<float>(zeros) / count, six ? static_cast<float>(clipped) / count : 0};
}

const Sweep* find_sweep(const Background& background, Activation activation,
                        std::span<const NodeId> nodes) {
  for (const Sweep& sweep : background.sweeps) {
    const bool same =
        std::equal(sweep.nodes.begin(), sweep.nodes.end(), nodes.begin(), nodes.end());
    if (same && sweep.activation == activation) return &sweep;
  }
  return nullptr;
}

}  // namespace lens
