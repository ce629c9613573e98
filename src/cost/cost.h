// What a network costs by the papers' rules: multiply-accumulates, parameters, bytes of
// activations. Counted from the graph alone: knows neither weights nor measured times.
// One MAC is one multiplication and one addition; activations, batch-norm, pools, sums and the
// products of channel_scale are not counted, as in the papers' tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/graph.h"

namespace lens {

// The cost of a node, or of several together.
struct Cost {
  std::int64_t macs = 0;
  std::int64_t weights = 0;           // filters of convolutions and fully connected layers
  std::int64_t biases = 0;            // of layers without batch-norm: the fully connected ones
  std::int64_t batch_norm = 0;        // gamma and beta of each convolution's output channel
  std::int64_t input_bytes = 0;       // float32, all that the node reads beside its weights
  std::int64_t activation_bytes = 0;  // float32, the output as executed

  // All that training learns. Batch-norm's running mean and variance are not learnt.
  std::int64_t parameters() const { return weights + biases + batch_norm; }

  Cost& operator+=(const Cost& other);
  bool operator==(const Cost&) const = default;
};

// One node.
//   standard convolution   K*K*M*N*H*W      MobileNets, arXiv 1704.04861, section 3.1, eq. 2
//   depthwise convolution  K*K*M*H*W        eq. 4
//   pointwise convolution  M*N*H*W          eq. 5, second term
//   fully connected        M*N
// with M channels in, N out, and H x W positions of the output (the papers' D_F, which at stride 2
// must be the output's). Weights are the same without H*W. The input node is no layer and costs
// nothing.
Cost node_cost(const Graph& graph, NodeId id);

// Every node, by NodeId.
std::vector<Cost> cost_of(const Graph& graph);

// The kinds of layers that the papers' shares tell apart: MobileNets, table 2, and the
// squeeze-and-excitation layers of V3, which are fully connected but counted by themselves.
enum class LayerType { standard, depthwise, pointwise, squeeze_excite, fully_connected };

std::string_view to_string(LayerType type);

// Nothing for nodes without weights.
std::optional<LayerType> layer_type(const Node& node);

Cost total_cost(const Graph& graph);
Cost cost_of_type(const Graph& graph, LayerType type);
Cost cost_of_role(const Graph& graph, Role role);
Cost cost_of_block(const Graph& graph, int block);

// The node with the most output values, the first of equals.
NodeId largest_activation(const Graph& graph);

}  // namespace lens
