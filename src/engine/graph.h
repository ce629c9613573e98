// The network as data: a flat list of nodes in the order in which they run. One graph feeds
// inference, cost, weight binding, layout and hover. Knows no weights and no model versions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor.h"

namespace lens {

enum class Op { input, conv, depthwise, add, global_pool, dense, channel_scale, softmax };

// Published MobileNets use the first five. The last two are what the hard ones stand in for: only a
// what-if runs with them.
enum class Activation { none, relu, relu6, hard_swish, hard_sigmoid, swish, sigmoid };

constexpr Activation kActivations[] = {
    Activation::none,         Activation::relu,  Activation::relu6,  Activation::hard_swish,
    Activation::hard_sigmoid, Activation::swish, Activation::sigmoid};

// What the node is in the papers' drawings; decides its colour and its place in a block.
enum class Role {
  input,
  stem,       // the first standard convolution
  expand,     // 1x1, narrow -> wide (V2, V3)
  depthwise,  // k x k, one filter per channel
  pointwise,  // 1x1 with a nonlinearity (V1)
  project,    // 1x1, wide -> narrow, linear (V2, V3)
  residual,   // block input + projection
  squeeze,    // SE: global average pool
  reduce,     // SE: first FC, C -> C/4
  gate,       // SE: second FC, one gate per channel
  scale,      // SE: channels times gates
  head        // everything after the last block
};

using NodeId = int;
constexpr NodeId kNoNode = -1;

struct Node {
  Op op = Op::input;
  Role role = Role::input;
  std::string name;  // a stable identifier: "bneck3.expand", "bneck3.se.gate", "head.logits"
  int block = 0;     // 0 before the first block, 1..n for blocks, n + 1 for the head
  std::array<NodeId, 2> inputs = {kNoNode, kNoNode};
  int kernel = 1;
  int stride = 1;
  Activation activation = Activation::none;
  Shape out;
};

struct Graph {
  std::string name;
  std::vector<Node> nodes;  // node i reads only nodes < i

  int size() const { return static_cast<int>(nodes.size()); }

  const Node& node(NodeId id) const { return nodes[static_cast<std::size_t>(id)]; }

  // Shape of what a node reads first; for the input node, its own shape.
  const Shape& input_shape(NodeId id) const;
  NodeId find(std::string_view node_name) const;  // kNoNode when absent

  NodeId last() const { return size() - 1; }
};

// True for nodes that carry a filter and a bias: conv, depthwise, dense.
bool has_weights(Op op);

// A convolution with a 1x1 kernel and stride 1: a matrix product over the channels of each pixel.
bool is_pointwise(const Node& node);

std::string_view to_string(Op op);
std::string_view to_string(Activation activation);
std::string_view to_string(Role role);

// The first broken rule (a node that reads a later one, shapes that do not fit), or nothing.
std::optional<std::string> validate(const Graph& graph);

// Appends nodes and works out their shapes: SAME padding, out = ceil(in / stride).
class GraphBuilder {
 public:
  GraphBuilder(std::string name, int resolution, int channels = 3);

  struct Conv {
    std::string_view name;
    Role role;
    int kernel = 1;
    int stride = 1;
    int channels;
    Activation activation = Activation::none;
  };

  void begin_block(int block) { block_ = block; }

  NodeId conv(NodeId from, const Conv& conv);
  NodeId depthwise(NodeId from, std::string_view name, int kernel, int stride, Activation act);
  NodeId add(NodeId from, NodeId shortcut, std::string_view name);
  NodeId global_pool(NodeId from, std::string_view name, Role role);
  NodeId dense(NodeId from, std::string_view name, Role role, int channels, Activation act);
  NodeId channel_scale(NodeId from, NodeId gates, std::string_view name);
  NodeId softmax(NodeId from, std::string_view name);

  NodeId input() const { return 0; }

  const Shape& shape(NodeId id) const { return graph_.node(id).out; }

  Graph finish() { return std::move(graph_); }

 private:
  NodeId push(Node node);

  Graph graph_;
  int block_ = 0;
};

}  // namespace lens
