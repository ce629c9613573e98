#include "weights/graph_writer.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "engine/padding.h"

namespace lens::test {

namespace {

// [rest][out] -> [out][rest]: from our layout to the file's.
std::vector<float> innermost_to_outermost(const std::vector<float>& values, std::size_t out) {
  const std::size_t rest = values.size() / out;
  std::vector<float> moved(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) moved[i % out * rest + i / out] = values[i];
  return moved;
}

// For normal numbers that half precision holds exactly, as half_graph's weights are.
std::vector<std::uint16_t> to_half(const std::vector<float>& values) {
  std::vector<std::uint16_t> halves;
  for (const float value : values) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const std::uint32_t exponent = (bits >> 23 & 255) - 112;
    halves.push_back(static_cast<std::uint16_t>(bits >> 16 & 0x8000));
    if (value != 0) {
      halves.back() =
          static_cast<std::uint16_t>(halves.back() | exponent << 10 | (bits >> 13 & 1023));
    }
  }
  return halves;
}

class GraphWriter {
 public:
  GraphWriter(const Graph& graph, const Weights& weights, const Style& style)
      : graph_(graph), weights_(weights), style_(style) {}

  WrittenGraph write() {
    for (NodeId id = 0; id < graph_.size(); ++id) out_.nodes.push_back(write_node(id));
    const int last = out_.nodes.back();
    out_.output = last >= 0 ? last : out_.nodes[out_.nodes.size() - 2];
    return std::move(out_);
  }

 private:
  TfliteWriter& writer() { return out_.writer; }

  int read(NodeId id) const { return out_.nodes[static_cast<std::size_t>(id)]; }

  std::vector<int> shape_of(const Shape& shape) const {
    if (flat(shape)) return {1, shape.c};
    return {1, shape.h, shape.w, shape.c};
  }

  // Behind the pool, tensors have two dimensions unless the style keeps four.
  bool flat(const Shape& shape) const {
    return shape.h == 1 && shape.w == 1 && !style_.mean_keeps_dims && !style_.average_pool &&
           !style_.dense_as_convolution;
  }

  int value(const std::string& name, const Shape& shape) {
    return writer().tensor(name, shape_of(shape));
  }

  int scalar(float number) { return writer().constant("constant", {}, std::vector<float>{number}); }

  int weight_constant(const std::string& name, std::vector<int> shape,
                      const std::vector<float>& values) {
    if (!style_.half_weights) return writer().constant(name, std::move(shape), values);
    TensorSpec half;
    half.name = name + ".half";
    half.shape = shape;
    half.type = ElementType::float16;
    half.data = bytes_of(to_half(values));
    const int stored = writer().tensor(std::move(half));
    const int expanded = writer().tensor(name, std::move(shape));
    writer().op(TfliteOp::dequantize, {stored}, expanded);
    return expanded;
  }

  int write_node(NodeId id) {
    const Node& node = graph_.node(id);
    switch (node.op) {
      case Op::input:
        return write_input();
      case Op::conv:
      case Op::depthwise:
      case Op::dense:
        return write_layer(id);
      case Op::add:
        return write_binary(id, TfliteOp::add);
      case Op::channel_scale:
        return write_binary(id, TfliteOp::mul);
      case Op::global_pool:
        return write_pool(id);
      case Op::softmax:
        return style_.softmax ? write_unary(TfliteOp::softmax, read(node.inputs[0]), node) : -1;
    }
    return -1;
  }

  int write_input() {
    const Node& node = graph_.node(0);
    out_.input = value("input", node.out);
    if (style_.rescaling.empty()) return out_.input;
    const int multiplied = value("multiplied", node.out);
    writer().op(TfliteOp::mul, {out_.input, scalar(style_.rescaling[0])}, multiplied);
    const int shifted = value("shifted", node.out);
    writer().op(TfliteOp::add, {scalar(style_.rescaling[1]), multiplied}, shifted);
    return shifted;
  }

  int write_unary(TfliteOp kind, int from, const Node& node) {
    const int to = value(node.name, node.out);
    writer().op(kind, {from}, to);
    return to;
  }

  int write_binary(NodeId id, TfliteOp kind) {
    const Node& node = graph_.node(id);
    int first = read(node.inputs[0]);
    int second = read(node.inputs[1]);
    if (style_.swapped_operands) std::swap(first, second);
    const int to = value(node.name, node.out);
    writer().op(kind, {first, second}, to);
    return to;
  }

  int write_pool(NodeId id) {
    const Node& node = graph_.node(id);
    const int from = read(node.inputs[0]);
    const int to = value(node.name, node.out);
    if (!style_.average_pool) {
      const int axes = writer().constant("axes", {2}, std::vector<std::int32_t>{1, -2});
      writer().op(TfliteOp::mean, {from, axes}, to);
      return to;
    }
    TfliteOperator op;
    op.op = TfliteOp::average_pool_2d;
    op.same_padding = false;
    op.filter_h = graph_.input_shape(id).h;
    op.filter_w = graph_.input_shape(id).w;
    op.inputs = {from};
    op.outputs = {to};
    writer().op(op);
    return to;
  }

  int write_layer(NodeId id) {
    const Node& node = graph_.node(id);
    const bool as_convolution = node.op == Op::conv || style_.dense_as_convolution;
    TfliteOperator op;
    op.op = node.op == Op::depthwise ? TfliteOp::depthwise_conv_2d
            : as_convolution         ? TfliteOp::conv_2d
                                     : TfliteOp::fully_connected;
    op.stride_h = op.stride_w = node.stride;
    int from = read(node.inputs[0]);
    if (style_.explicit_padding && node.stride == 2) {
      from = write_padding(id, from);
      op.same_padding = false;
    }
    const int bias = writer().constant(node.name + ".bias", {node.out.c}, weights_.of(id).bias);
    op.inputs = {from, write_filter(id, op.op), bias};
    if (!style_.separate_activations) op.activation = fused(node.activation);
    const int to = value(node.name + ".preactivation", node.out);
    op.outputs = {to};
    const bool is_fused = op.activation != TfliteActivation::none;
    writer().op(op);
    return is_fused ? to : write_activation(node, to);
  }

  int write_filter(NodeId id, TfliteOp kind) {
    const Node& node = graph_.node(id);
    const std::vector<float>& filter = weights_.of(id).filter;
    const int in = graph_.input_shape(id).c;
    const int out = node.out.c;
    const std::string name = node.name + ".filter";
    if (kind == TfliteOp::depthwise_conv_2d) {
      return weight_constant(name, {1, node.kernel, node.kernel, out}, filter);
    }
    const auto moved = innermost_to_outermost(filter, static_cast<std::size_t>(out));
    if (kind == TfliteOp::fully_connected) return weight_constant(name, {out, in}, moved);
    return weight_constant(name, {out, node.kernel, node.kernel, in}, moved);
  }

  // As Keras pads before a strided convolution: the odd pixel at the bottom and right.
  int write_padding(NodeId id, int from) {
    const Node& node = graph_.node(id);
    const Shape in = graph_.input_shape(id);
    const int before = same_before(in.h, node.kernel, 2);
    const int after = std::max((same_output(in.h, 2) - 1) * 2 + node.kernel - in.h, 0) - before;
    const int amounts = writer().constant(
        "amounts", {4, 2}, std::vector<std::int32_t>{0, 0, before, after, before, after, 0, 0});
    const int to = value(node.name + ".pad", {in.h + before + after, in.w + before + after, in.c});
    writer().op(TfliteOp::pad, {from, amounts}, to);
    return to;
  }

  static TfliteActivation fused(Activation activation) {
    if (activation == Activation::relu) return TfliteActivation::relu;
    return activation == Activation::relu6 ? TfliteActivation::relu6 : TfliteActivation::none;
  }

  int write_activation(const Node& node, int x) {
    switch (node.activation) {
      case Activation::none:
        return x;
      case Activation::relu:
        return write_unary(TfliteOp::relu, x, node);
      case Activation::relu6:
        return write_unary(TfliteOp::relu6, x, node);
      case Activation::hard_sigmoid:
        return divided(node, clamped(node, x));
      case Activation::swish:
      case Activation::sigmoid:  // no graph of the tests has them
      case Activation::hard_swish:
        break;
    }
    switch (style_.swish) {
      case SwishStyle::op:
        return write_unary(TfliteOp::hard_swish, x, node);
      case SwishStyle::product_first:
        return divided(node, product(node, x, clamped(node, x)));
      case SwishStyle::gate_first:
        return product(node, x, divided(node, clamped(node, x)));
      case SwishStyle::sixth_first:
        return product(node, divided(node, x), clamped(node, x));
    }
    return x;
  }

  // relu6(x + 3), the clamp fused or an operator of its own.
  int clamped(const Node& node, int x) {
    const int shifted = value(node.name + ".plus3", node.out);
    std::vector<int> operands = {x, scalar(3)};
    if (style_.swapped_operands) std::swap(operands[0], operands[1]);
    const bool separate = style_.separate_activations;
    writer().op(TfliteOp::add, operands, shifted,
                separate ? TfliteActivation::none : TfliteActivation::relu6);
    return separate ? write_unary(TfliteOp::relu6, shifted, node) : shifted;
  }

  int divided(const Node& node, int x) {
    const int to = value(node.name + ".sixth", node.out);
    if (style_.divide_by_six) {
      writer().op(TfliteOp::div, {x, scalar(6)}, to);
    } else {
      writer().op(TfliteOp::mul, {x, scalar(1.0f / 6)}, to);
    }
    return to;
  }

  int product(const Node& node, int a, int b) {
    const int to = value(node.name + ".product", node.out);
    if (style_.swapped_operands) std::swap(a, b);
    writer().op(TfliteOp::mul, {a, b}, to);
    return to;
  }

  const Graph& graph_;
  const Weights& weights_;
  const Style& style_;
  WrittenGraph out_;
};

}  // namespace

WrittenGraph write_graph(const Graph& graph, const Weights& weights, const Style& style) {
  return GraphWriter(graph, weights, style).write();
}

}  // namespace lens::test
