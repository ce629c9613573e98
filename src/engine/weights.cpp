#include "engine/weights.h"

namespace lens {

FilterShape filter_shape(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  if (!has_weights(node.op)) return {};
  const int in = node.op == Op::depthwise ? 1 : graph.input_shape(id).c;
  return {node.kernel, in, node.out.c};
}

}  // namespace lens
