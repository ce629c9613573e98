#include "weights/layer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace lens {

namespace {

bool is_layer(TfliteOp op) {
  return op == TfliteOp::conv_2d || op == TfliteOp::depthwise_conv_2d ||
         op == TfliteOp::fully_connected;
}

// Output channels of every layer with weights, in order.
std::vector<int> widths(const Graph& graph) {
  std::vector<int> found;
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (has_weights(graph.node(id).op)) found.push_back(graph.node(id).out.c);
  }
  return found;
}

std::vector<int> widths(const Flow& flow) {
  std::vector<int> found;
  for (int id = 0; id < flow.size(); ++id) {
    if (!is_layer(flow.op(id).op)) continue;
    const TfliteTensor& output = flow.tensor(flow.op(id).outputs[0]);
    found.push_back(output.shape.empty() ? 0 : output.shape.back());
  }
  return found;
}

// The file's width multiplier over the graph's, when nearly all layers agree on one that is not 1.
// "Nearly" because class counts and V2's last convolution do not scale, and channels are rounded.
std::optional<double> width_ratio(const std::vector<int>& ours, const std::vector<int>& theirs) {
  if (ours.size() != theirs.size() || ours.size() < 2) return std::nullopt;
  std::vector<double> ratios;
  for (std::size_t i = 0; i < ours.size(); ++i) ratios.push_back(1.0 * theirs[i] / ours[i]);
  std::nth_element(ratios.begin(), ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2),
                   ratios.end());
  const double ratio = ratios[ratios.size() / 2];
  std::size_t agree = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (std::abs(theirs[i] - ratio * ours[i]) <= 8) ++agree;
  }
  const bool tells = ratio > 0 && std::abs(ratio - 1) > 0.02 && agree * 10 >= ours.size() * 8;
  return tells ? std::optional(ratio) : std::nullopt;
}

std::string hint(const Graph& graph, const Flow& flow) {
  const std::vector<int> ours = widths(graph);
  const std::vector<int> theirs = widths(flow);
  if (const auto ratio = width_ratio(ours, theirs)) {
    char text[120];
    std::snprintf(text, sizeof text,
                  "This file is for %.3g times the width: choose the model's width to match.",
                  *ratio);
    return text;
  }
  if (ours.size() != theirs.size()) {
    return "The file has " + std::to_string(theirs.size()) + " layers with weights, " + graph.name +
           " has " + std::to_string(ours.size()) + ": choose the model that the file was made for.";
  }
  return "Choose the model and width that the file was made for.";
}

}  // namespace

Layer layer_of(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  return {node.op,   node.kernel, node.kernel, node.stride, node.stride, graph.input_shape(id).c,
          node.out.c};
}

std::optional<Layer> layer_of(const Flow& flow, int id, Op as) {
  const TfliteOperator& op = flow.op(id);
  const TfliteTensor* filter = is_layer(op.op) ? flow.constant(op.input(1)) : nullptr;
  if (filter == nullptr) return std::nullopt;
  const std::vector<int>& shape = filter->shape;
  if (op.op == TfliteOp::fully_connected) {
    if (shape.size() != 2 || !op.plain_weights) return std::nullopt;
    return Layer{.op = Op::dense, .in = shape[1], .out = shape[0]};
  }
  if (shape.size() != 4) return std::nullopt;
  Layer layer{.op = Op::conv,
              .kernel_h = shape[1],
              .kernel_w = shape[2],
              .stride_h = op.stride_h,
              .stride_w = op.stride_w,
              .in = shape[3],
              .out = shape[0]};
  if (op.op == TfliteOp::depthwise_conv_2d) {
    if (shape[0] != 1) return std::nullopt;
    layer.op = Op::depthwise;
    layer.out = shape[3];
    return layer;
  }
  const auto in = image_shape(flow.tensor(op.input(0)));
  const bool one_pixel = in && in->h == 1 && in->w == 1 && shape[1] == 1 && shape[2] == 1;
  if (as == Op::dense && one_pixel) layer.op = Op::dense;
  return layer;
}

std::string describe(const Layer& layer) {
  char text[120];
  switch (layer.op) {
    case Op::dense:
      std::snprintf(text, sizeof text, "a dense layer, %d -> %d channels", layer.in, layer.out);
      return text;
    case Op::depthwise:
      std::snprintf(text, sizeof text, "a %dx%d depthwise convolution at stride %d, %d channels",
                    layer.kernel_h, layer.kernel_w, layer.stride_h, layer.out);
      return text;
    case Op::conv:
      std::snprintf(text, sizeof text, "a %dx%d convolution at stride %d, %d -> %d channels",
                    layer.kernel_h, layer.kernel_w, layer.stride_h, layer.in, layer.out);
      return text;
    case Op::input:
    case Op::add:
    case Op::global_pool:
    case Op::channel_scale:
    case Op::softmax:
      break;
  }
  return "no layer";
}

Error mismatch(const Graph& graph, NodeId id, const Flow& flow, const std::string& expected,
               const std::string& found) {
  return {graph.node(id).name + ": expected " + expected + ", found " + found + ".",
          hint(graph, flow)};
}

}  // namespace lens
