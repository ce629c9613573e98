#include "engine/graph.h"

#include <utility>

#include "engine/padding.h"

namespace lens {

const Shape& Graph::input_shape(NodeId id) const {
  const NodeId from = node(id).inputs[0];
  return from == kNoNode ? node(id).out : node(from).out;
}

NodeId Graph::find(std::string_view node_name) const {
  for (NodeId id = 0; id < size(); ++id) {
    if (node(id).name == node_name) return id;
  }
  return kNoNode;
}

bool has_weights(Op op) {
  return op == Op::conv || op == Op::depthwise || op == Op::dense;
}

bool is_pointwise(const Node& node) {
  return node.op == Op::conv && node.kernel == 1 && node.stride == 1;
}

std::string_view to_string(Op op) {
  switch (op) {
    case Op::input:
      return "input";
    case Op::conv:
      return "conv";
    case Op::depthwise:
      return "depthwise";
    case Op::add:
      return "add";
    case Op::global_pool:
      return "global_pool";
    case Op::dense:
      return "dense";
    case Op::channel_scale:
      return "channel_scale";
    case Op::softmax:
      return "softmax";
  }
  return "";
}

std::string_view to_string(Activation activation) {
  switch (activation) {
    case Activation::none:
      return "linear";
    case Activation::relu:
      return "relu";
    case Activation::relu6:
      return "relu6";
    case Activation::hard_swish:
      return "h-swish";
    case Activation::hard_sigmoid:
      return "hard-sigmoid";
    case Activation::swish:
      return "swish";
    case Activation::sigmoid:
      return "sigmoid";
  }
  return "";
}

std::string_view to_string(Role role) {
  switch (role) {
    case Role::input:
      return "input";
    case Role::stem:
      return "stem";
    case Role::expand:
      return "expand";
    case Role::depthwise:
      return "depthwise";
    case Role::pointwise:
      return "pointwise";
    case Role::project:
      return "project";
    case Role::residual:
      return "residual";
    case Role::squeeze:
      return "squeeze";
    case Role::reduce:
      return "reduce";
    case Role::gate:
      return "gate";
    case Role::scale:
      return "scale";
    case Role::head:
      return "head";
  }
  return "";
}

namespace {

// The shape that a node of this kind must have, given what it reads.
Shape expected_shape(const Graph& graph, const Node& node) {
  const Shape in = graph.node(node.inputs[0]).out;
  switch (node.op) {
    case Op::input:
      return node.out;
    case Op::conv:
      return {same_output(in.h, node.stride), same_output(in.w, node.stride), node.out.c};
    case Op::depthwise:
      return {same_output(in.h, node.stride), same_output(in.w, node.stride), in.c};
    case Op::global_pool:
      return {1, 1, in.c};
    case Op::dense:
      return {1, 1, node.out.c};
    case Op::add:
    case Op::channel_scale:
    case Op::softmax:
      return in;
  }
  return {};
}

std::optional<std::string> validate_node(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  const bool reads_two = node.op == Op::add || node.op == Op::channel_scale;
  if (node.inputs[0] < 0 || node.inputs[0] >= id) return node.name + " must read an earlier node";
  if (reads_two != (node.inputs[1] != kNoNode)) return node.name + " has a wrong input count";
  if (node.inputs[1] >= id) return node.name + " must read an earlier node";
  if (node.kernel % 2 == 0 || node.kernel < 1) return node.name + " needs an odd kernel";
  if (node.stride < 1) return node.name + " needs a stride of at least 1";
  if (node.activation != Activation::none && !has_weights(node.op)) {
    return node.name + " has an activation but no weights";
  }
  if (node.op == Op::dense && !(graph.input_shape(id).h == 1 && graph.input_shape(id).w == 1)) {
    return node.name + " must read one pixel";
  }
  if (!(node.out == expected_shape(graph, node))) return node.name + " has a wrong output shape";
  if (node.op == Op::add && !(graph.node(node.inputs[1]).out == node.out)) {
    return node.name + " adds two different shapes";
  }
  const Shape gates = {1, 1, node.out.c};
  if (node.op == Op::channel_scale && !(graph.node(node.inputs[1]).out == gates)) {
    return node.name + " needs one gate per channel";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> validate(const Graph& graph) {
  if (graph.nodes.empty() || graph.node(0).op != Op::input) return "the first node must be input";
  for (NodeId id = 1; id < graph.size(); ++id) {
    if (graph.node(id).op == Op::input) return graph.node(id).name + " is a second input";
    if (auto problem = validate_node(graph, id)) return problem;
    if (graph.find(graph.node(id).name) != id) return graph.node(id).name + " is named twice";
  }
  return std::nullopt;
}

GraphBuilder::GraphBuilder(std::string name, int resolution, int channels) {
  graph_.name = std::move(name);
  Node node;
  node.name = "input";
  node.out = {resolution, resolution, channels};
  push(std::move(node));
}

NodeId GraphBuilder::push(Node node) {
  node.block = block_;
  graph_.nodes.push_back(std::move(node));
  return graph_.last();
}

NodeId GraphBuilder::conv(NodeId from, const Conv& conv) {
  const Shape in = shape(from);
  return push(
      {.op = Op::conv,
       .role = conv.role,
       .name = std::string(conv.name),
       .inputs = {from, kNoNode},
       .kernel = conv.kernel,
       .stride = conv.stride,
       .activation = conv.activation,
       .out = {same_output(in.h, conv.stride), same_output(in.w, conv.stride), conv.channels}});
}

NodeId GraphBuilder::depthwise(NodeId from, std::string_view name, int kernel, int stride,
                               Activation act) {
  const Shape in = shape(from);
  return push({.op = Op::depthwise,
               .role = Role::depthwise,
               .name = std::string(name),
               .inputs = {from, kNoNode},
               .kernel = kernel,
               .stride = stride,
               .activation = act,
               .out = {same_output(in.h, stride), same_output(in.w, stride), in.c}});
}

NodeId GraphBuilder::add(NodeId from, NodeId shortcut, std::string_view name) {
  return push({.op = Op::add,
               .role = Role::residual,
               .name = std::string(name),
               .inputs = {from, shortcut},
               .out = shape(from)});
}

NodeId GraphBuilder::global_pool(NodeId from, std::string_view name, Role role) {
  return push({.op = Op::global_pool,
               .role = role,
               .name = std::string(name),
               .inputs = {from, kNoNode},
               .out = {1, 1, shape(from).c}});
}

NodeId GraphBuilder::dense(NodeId from, std::string_view name, Role role, int channels,
                           Activation act) {
  return push({.op = Op::dense,
               .role = role,
               .name = std::string(name),
               .inputs = {from, kNoNode},
               .activation = act,
               .out = {1, 1, channels}});
}

NodeId GraphBuilder::channel_scale(NodeId from, NodeId gates, std::string_view name) {
  return push({.op = Op::channel_scale,
               .role = Role::scale,
               .name = std::string(name),
               .inputs = {from, gates},
               .out = shape(from)});
}

NodeId GraphBuilder::softmax(NodeId from, std::string_view name) {
  return push({.op = Op::softmax,
               .role = Role::head,
               .name = std::string(name),
               .inputs = {from, kNoNode},
               .out = shape(from)});
}

}  // namespace lens
