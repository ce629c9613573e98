#include "weights/quantized.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "weights/byte_steps.h"
#include "weights/dequantize.h"

namespace lens {

namespace {

using Problem = std::optional<Error>;

// Converters round biases' scales to floats of their own; more than this is another number.
constexpr double kBiasScaleTolerance = 0.01;

class Binder {
 public:
  Binder(const Graph& graph, const Match& match)
      : graph_(graph), match_(match), flow_(match.flow) {}

  Problem run(QuantizedWeights& weights);

 private:
  Problem bind(NodeId id, QuantizedNode& node) const;
  Problem bind_output(NodeId id, QuantizedNode& node) const;
  Problem bind_layer(NodeId id, QuantizedNode& node) const;
  Problem bind_filter(NodeId id, const TfliteTensor& filter, QuantizedNode& node) const;
  Problem bind_bias(NodeId id, int bias, QuantizedNode& node) const;
  Problem bind_steps(NodeId id, QuantizedNode& node) const;
  Problem check_reads(NodeId id) const;

  Error wrong(NodeId id, const std::string& expected, const std::string& found) const {
    return {graph_.node(id).name + ": expected " + expected + ", found " + found + ".",
            "The model still runs in float32."};
  }

  const NodeMatch& matched(NodeId id) const { return match_.nodes[static_cast<std::size_t>(id)]; }

  const Graph& graph_;
  const Match& match_;
  const Flow& flow_;
  std::vector<Affine> outputs_;  // of the nodes bound so far
};

Problem Binder::bind_output(NodeId id, QuantizedNode& node) const {
  const int tensor = matched(id).tensor;
  if (tensor < 0) {  // a softmax that the file leaves out: as the specification prescribes it
    node.out = {1.0f / 256, 0};
    return std::nullopt;
  }
  const auto affine = affine_of(flow_.tensor(tensor));
  if (!affine) {
    return wrong(id, "an output of bytes with one scale", describe_storage(flow_.tensor(tensor)));
  }
  node.out = *affine;
  return std::nullopt;
}

// What the operator reads must be on the scale that the node before it was given: a QUANTIZE to
// another one in between is not in our graph.
Problem Binder::check_reads(NodeId id) const {
  const int op = matched(id).layer;
  if (op < 0) return std::nullopt;
  const Node& node = graph_.node(id);
  std::vector<std::optional<Affine>> expected;
  std::vector<std::optional<Affine>> found;
  for (std::size_t i = 0; i < node.inputs.size() && node.inputs[i] != kNoNode; ++i) {
    expected.push_back(outputs_[static_cast<std::size_t>(node.inputs[i])]);
    found.push_back(affine_of(flow_.tensor(flow_.op(op).input(i))));
  }
  if (found != expected && expected.size() == 2) std::swap(found[0], found[1]);
  if (found == expected) return std::nullopt;
  return wrong(id, "inputs on the scale that " + graph_.node(node.inputs[0]).name + " has",
               "another scale");
}

// From the file's [out][rest] to [rest][out]; depthwise filters lie so already.
Problem Binder::bind_filter(NodeId id, const TfliteTensor& filter, QuantizedNode& node) const {
  const Node& ours = graph_.node(id);
  const auto outputs = static_cast<std::size_t>(ours.out.c);
  const bool is_unsigned = filter.type == ElementType::uint8;
  const Quantization& quantization = filter.quantization;
  const int axis = ours.op == Op::depthwise ? 3 : 0;
  const bool per_channel = quantization.scales.size() == outputs && quantization.axis == axis;
  const bool readable = is_unsigned || filter.type == ElementType::int8;
  if (!readable || (quantization.scales.size() != 1 && !per_channel)) {
    return wrong(id, "weights of bytes with one scale, or one for each output",
                 describe_storage(filter));
  }
  const std::vector<std::int32_t>& zeros = quantization.zero_points;
  if (std::any_of(zeros.begin(), zeros.end(), [&](int zero) { return zero != zeros[0]; })) {
    return wrong(id, "one zero point for all weights", "several");
  }
  node.filter_zero = zeros[0] - (is_unsigned ? 128 : 0);
  node.filter_scales = quantization.scales;
  const std::uint8_t flip = is_unsigned ? 0x80 : 0;
  node.filter.resize(filter.data.size());
  std::transform(filter.data.begin(), filter.data.end(), node.filter.begin(),
                 [&](std::uint8_t byte) { return static_cast<std::int8_t>(byte ^ flip); });
  if (ours.op != Op::depthwise) node.filter = outermost_to_innermost(node.filter, ours.out.c);
  return std::nullopt;
}

Problem Binder::bind_bias(NodeId id, int bias, QuantizedNode& node) const {
  const auto outputs = static_cast<std::size_t>(graph_.node(id).out.c);
  node.bias.assign(outputs, 0);
  if (bias < 0) return std::nullopt;
  const TfliteTensor& tensor = flow_.tensor(bias);
  const Quantization& quantization = tensor.quantization;
  if (tensor.type != ElementType::int32 || tensor.data.size() != outputs * sizeof(std::int32_t)) {
    return wrong(id, "a bias of int32", describe_storage(tensor));
  }
  const double in_scale = outputs_[static_cast<std::size_t>(graph_.node(id).inputs[0])].scale;
  for (std::size_t i = 0; i < quantization.scales.size(); ++i) {
    const std::vector<float>& scales = node.filter_scales;
    const double expected = in_scale * scales[scales.size() == 1 ? 0 : i];
    const double found = quantization.scales[i];
    const bool fits = std::abs(found - expected) <= kBiasScaleTolerance * expected;
    if (!fits || quantization.zero_points[i] != 0) {
      return wrong(id, "a bias on the scale of its products, with zero point 0", "another scale");
    }
  }
  std::memcpy(node.bias.data(), tensor.data.data(), tensor.data.size());
  return std::nullopt;
}

Problem Binder::bind_steps(NodeId id, QuantizedNode& node) const {
  const NodeMatch& here = matched(id);
  const TfliteTensor& written = flow_.tensor(here.preactivation);
  const auto affine = affine_of(written);
  if (!affine) return wrong(id, "a layer that writes bytes", describe_storage(written));
  node.written = *affine;
  node.range = activation_range(flow_.op(here.layer).activation, *affine);
  if (here.tensor == here.preactivation) return std::nullopt;
  const auto layer = std::find(here.ops.begin(), here.ops.end(), here.layer);
  auto table = byte_table(flow_, here.preactivation, here.tensor, {layer + 1, here.ops.end()});
  if (!table) return wrong(id, "an activation in bytes", table.error().message);
  node.table = std::move(table).value();
  return std::nullopt;
}

Problem Binder::bind_layer(NodeId id, QuantizedNode& node) const {
  const TfliteOperator& op = flow_.op(matched(id).layer);
  if (Problem problem = bind_filter(id, *flow_.constant(op.input(1)), node)) return problem;
  const auto scales = node.filter_scales.size();
  const bool bias_fits = op.input(2) < 0 || flow_.tensor(op.input(2)).quantization.empty() ||
                         flow_.tensor(op.input(2)).quantization.scales.size() == scales;
  if (!bias_fits) {
    return wrong(id, std::to_string(scales) + " scales for the bias",
                 describe_storage(flow_.tensor(op.input(2))));
  }
  if (Problem problem = bind_bias(id, op.input(2), node)) return problem;
  return bind_steps(id, node);
}

Problem Binder::bind(NodeId id, QuantizedNode& node) const {
  if (Problem problem = bind_output(id, node)) return problem;
  if (Problem problem = check_reads(id)) return problem;
  const Op op = graph_.node(id).op;
  if (has_weights(op)) return bind_layer(id, node);
  if (op == Op::global_pool) {
    node.plain_average = flow_.op(matched(id).layer).op == TfliteOp::average_pool_2d;
  }
  return std::nullopt;
}

Problem Binder::run(QuantizedWeights& weights) {
  for (NodeId id = 0; id < graph_.size(); ++id) {
    QuantizedNode node;
    if (Problem problem = bind(id, node)) return problem;
    outputs_.push_back(node.out);
    weights.nodes.push_back(std::move(node));
  }
  return std::nullopt;
}

}  // namespace

Result<QuantizedWeights> quantized_weights(const Graph& graph, const Match& match) {
  QuantizedWeights weights;
  if (Problem problem = Binder(graph, match).run(weights)) return *problem;
  return weights;
}

}  // namespace lens
