#include "cost/stages.h"

namespace lens {

std::vector<Stage> stages_of(const Graph& graph) {
  std::vector<Stage> stages;
  for (NodeId id = 1; id < graph.size(); ++id) {
    const Node& node = graph.node(id);
    const bool inside =
        node.role == Role::squeeze || node.role == Role::reduce || node.role == Role::gate;
    const int extent = inside && !stages.empty() ? stages.back().extent : node.out.h;
    if (stages.empty() || stages.back().extent != extent) stages.push_back({extent, {}, {}});
    if (has_weights(node.op)) stages.back().layers.push_back(id);
    stages.back().cost += node_cost(graph, id);
  }
  return stages;
}

}  // namespace lens
