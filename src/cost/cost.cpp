#include "cost/cost.h"

#include <algorithm>

#include "engine/weights.h"

namespace lens {

namespace {

std::int64_t bytes_of(const Shape& shape) {
  return static_cast<std::int64_t>(shape.count() * sizeof(float));
}

template <class Predicate>
Cost cost_where(const Graph& graph, Predicate counts) {
  Cost sum;
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (counts(graph.node(id))) sum += node_cost(graph, id);
  }
  return sum;
}

}  // namespace

Cost& Cost::operator+=(const Cost& other) {
  macs += other.macs;
  weights += other.weights;
  biases += other.biases;
  batch_norm += other.batch_norm;
  input_bytes += other.input_bytes;
  activation_bytes += other.activation_bytes;
  return *this;
}

Cost node_cost(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  Cost cost;
  if (node.op == Op::input) return cost;
  cost.activation_bytes = bytes_of(node.out);
  for (const NodeId input : node.inputs) {
    if (input != kNoNode) cost.input_bytes += bytes_of(graph.node(input).out);
  }
  if (!has_weights(node.op)) return cost;

  // Each weight is used once at each position of the output.
  const std::int64_t positions = std::int64_t{node.out.h} * node.out.w;
  cost.weights = static_cast<std::int64_t>(filter_shape(graph, id).count());
  cost.macs = cost.weights * positions;
  // Batch-norm follows every convolution and makes its bias superfluous; no fully connected layer
  // has one (the papers' "no BN"; TF-slim).
  if (node.op == Op::dense) {
    cost.biases = node.out.c;
  } else {
    cost.batch_norm = 2 * std::int64_t{node.out.c};
  }
  return cost;
}

std::vector<Cost> cost_of(const Graph& graph) {
  std::vector<Cost> costs;
  costs.reserve(graph.nodes.size());
  for (NodeId id = 0; id < graph.size(); ++id) costs.push_back(node_cost(graph, id));
  return costs;
}

std::string_view to_string(LayerType type) {
  switch (type) {
    case LayerType::standard:
      return "standard";
    case LayerType::depthwise:
      return "depthwise";
    case LayerType::pointwise:
      return "pointwise";
    case LayerType::squeeze_excite:
      return "squeeze_excite";
    case LayerType::fully_connected:
      return "fully_connected";
  }
  return "";
}

std::optional<LayerType> layer_type(const Node& node) {
  if (!has_weights(node.op)) return std::nullopt;
  if (node.op == Op::depthwise) return LayerType::depthwise;
  if (node.op == Op::conv) {
    return is_pointwise(node) ? LayerType::pointwise : LayerType::standard;
  }
  const bool in_block = node.role == Role::reduce || node.role == Role::gate;
  return in_block ? LayerType::squeeze_excite : LayerType::fully_connected;
}

Cost total_cost(const Graph& graph) {
  return cost_where(graph, [](const Node&) { return true; });
}

Cost cost_of_type(const Graph& graph, LayerType type) {
  return cost_where(graph, [&](const Node& node) { return layer_type(node) == type; });
}

Cost cost_of_role(const Graph& graph, Role role) {
  return cost_where(graph, [&](const Node& node) { return node.role == role; });
}

Cost cost_of_block(const Graph& graph, int block) {
  return cost_where(graph, [&](const Node& node) { return node.block == block; });
}

NodeId largest_activation(const Graph& graph) {
  const auto smaller = [](const Node& a, const Node& b) { return a.out.count() < b.out.count(); };
  const auto largest = std::max_element(graph.nodes.begin(), graph.nodes.end(), smaller);
  return static_cast<NodeId>(largest - graph.nodes.begin());
}

}  // namespace lens
