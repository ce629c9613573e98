#include "engine/fusion.h"

#include <algorithm>

namespace lens {

bool is_fused_with_next(const Graph& graph, NodeId id, Precision precision,
                        const std::vector<Intervention>& interventions) {
  if (precision != Precision::float32 || id < 0 || id + 1 >= graph.size()) return false;
  const Node& projection = graph.node(id);
  const Node& sum = graph.node(id + 1);
  if (sum.op != Op::add || sum.inputs[0] != id || sum.inputs[1] == id) return false;
  if (!is_pointwise(projection) || projection.activation != Activation::none) return false;
  return std::none_of(interventions.begin(), interventions.end(), [&](const Intervention& one) {
    return target(one) == id || target(one) == id + 1;
  });
}

}  // namespace lens
