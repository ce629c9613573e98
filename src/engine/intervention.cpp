#include "engine/intervention.h"

namespace lens {

namespace {

struct TargetOf {
  template <class Kind>
  NodeId operator()(const Kind& kind) const {
    return kind.node;
  }
};

struct Problem {
  const Node& node;
  Precision precision;

  std::optional<std::string> operator()(const ReplaceActivation&) const {
    if (!has_weights(node.op)) return node.name + " has no activation to replace";
    if (precision == Precision::float32) return std::nullopt;
    return node.name + " keeps its activation in int8, whose range holds nothing else";
  }

  std::optional<std::string> operator()(const OverrideGates& change) const {
    if (node.role != Role::gate) return node.name + " is not a gate";
    if (change.gates.size() == node.out.count()) return std::nullopt;
    return node.name + " needs " + std::to_string(node.out.count()) + " gates, found " +
           std::to_string(change.gates.size());
  }

  std::optional<std::string> operator()(const SilenceChannel& change) const {
    if (change.channel >= 0 && change.channel < node.out.c) return std::nullopt;
    return node.name + " has no channel " + std::to_string(change.channel);
  }
};

std::vector<Intervention> of_node(const std::vector<Intervention>& all, NodeId id) {
  std::vector<Intervention> selected;
  for (const Intervention& one : all) {
    if (target(one) == id) selected.push_back(one);
  }
  return selected;
}

}  // namespace

NodeId target(const Intervention& intervention) {
  return std::visit(TargetOf{}, intervention);
}

std::optional<std::string> validate(const Graph& graph, const Intervention& intervention,
                                    Precision precision) {
  const NodeId id = target(intervention);
  if (id < 0 || id >= graph.size()) return "there is no node " + std::to_string(id);
  return std::visit(Problem{graph.node(id), precision}, intervention);
}

Activation effective_activation(const Graph& graph, NodeId id,
                                const std::vector<Intervention>& interventions) {
  Activation activation = graph.node(id).activation;
  for (const Intervention& one : interventions) {
    const auto* replace = std::get_if<ReplaceActivation>(&one);
    if (replace != nullptr && replace->node == id) activation = replace->activation;
  }
  return activation;
}

NodeId first_difference(const Graph& graph, const std::vector<Intervention>& a,
                        const std::vector<Intervention>& b) {
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (!(of_node(a, id) == of_node(b, id))) return id;
  }
  return graph.size();
}

}  // namespace lens
