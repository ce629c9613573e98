#include "engine/quantized_model.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace lens {

namespace {

// Every product of two distances is below 2^16 and every bias below kMaxBias, so sums stay within
// 32 bits.
constexpr std::size_t kMaxTerms = 1 << 14;
constexpr std::int32_t kMaxBias = 1 << 30;

std::string sizes(const char* what, std::size_t expected, std::size_t found) {
  return std::string(": expected ") + std::to_string(expected) + " " + what + ", found " +
         std::to_string(found) + ".";
}

Error foreign(std::string message) {
  return {std::move(message),
          "These weights belong to another architecture, width or number of classes."};
}

Error damaged(std::string message) {
  return {std::move(message), "The file is damaged, or no MobileNet's."};
}

bool is_sound(const Affine& affine) {
  return std::isfinite(affine.scale) && affine.scale > 0 && affine.zero >= 0 && affine.zero <= 255;
}

std::optional<Error> check_layer(const std::string& name, const FilterShape& shape,
                                 const QuantizedNode& node) {
  const auto outputs = static_cast<std::size_t>(shape.out);
  if (node.filter.size() != shape.count()) {
    return foreign(name + sizes("weights", shape.count(), node.filter.size()));
  }
  if (node.bias.size() != outputs) {
    return foreign(name + sizes("biases", outputs, node.bias.size()));
  }
  if (node.filter_scales.size() != 1 && node.filter_scales.size() != outputs) {
    return foreign(name + sizes("filter scales", outputs, node.filter_scales.size()));
  }
  if (!node.table.empty() && node.table.size() != 256) {
    return foreign(name + sizes("table entries", 256, node.table.size()));
  }
  if (shape.count() / outputs > kMaxTerms) {
    return damaged(name + ": expected at most " + std::to_string(kMaxTerms) +
                   " weights per output, found " + std::to_string(shape.count() / outputs) + ".");
  }
  for (const std::int32_t bias : node.bias) {
    if (std::abs(std::int64_t{bias}) <= kMaxBias) continue;
    return damaged(name + ": expected biases below 2^30, found " + std::to_string(bias) + ".");
  }
  const bool zeros_fit = node.filter_zero >= -128 && node.filter_zero <= 127;
  const bool range_fits =
      node.range.low >= 0 && node.range.low <= node.range.high && node.range.high <= 255;
  if (!zeros_fit || !range_fits || !is_sound(node.written)) {
    return damaged(name + ": its scales, zero points or range are impossible.");
  }
  return std::nullopt;
}

Error no_factor(const std::string& name) {
  return damaged(name + ": expected scales of in- and outputs within a factor of 256, found more.");
}

void apply_table(const std::vector<std::uint8_t>& table, std::uint8_t* begin,
                 const std::uint8_t* end) {
  const std::uint8_t* entries = table.data();
  for (; begin != end; ++begin) *begin = entries[*begin];
}

}  // namespace

Result<std::shared_ptr<const QuantizedModel>> QuantizedModel::create(
    const Graph& graph, const QuantizedWeights& weights, const QuantizedOptions& options) {
  assert(!validate(graph));
  if (weights.nodes.size() != graph.nodes.size()) {
    return foreign(graph.name + sizes("layers", graph.nodes.size(), weights.nodes.size()));
  }
  std::shared_ptr<QuantizedModel> model(new QuantizedModel);
  model->graph_ = graph;
  model->options_ = options;
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (auto error = model->plan(id, weights.nodes[static_cast<std::size_t>(id)])) return *error;
  }
  const std::size_t floats = (model->arena_bytes_ + kByteSlack) / sizeof(float) + 1;
  model->arenas_ = std::make_shared<ArenaPool>(floats);
  return std::shared_ptr<const QuantizedModel>(std::move(model));
}

const Affine& QuantizedModel::read(NodeId id, std::size_t input) const {
  return affine(graph_.node(id).inputs[input]);
}

std::optional<Error> QuantizedModel::plan(NodeId id, const QuantizedNode& node) {
  const Node& ours = graph_.node(id);
  if (!is_sound(node.out)) return damaged(ours.name + ": its scale or zero point is impossible.");
  NodePlan plan;
  plan.out = node.out;
  plan.offset = arena_bytes_;
  arena_bytes_ += (ours.out.count() + kCacheLineBytes - 1) / kCacheLineBytes * kCacheLineBytes;
  if (has_weights(ours.op)) {
    Layer layer;
    if (auto error = plan_layer(id, node, layer)) return error;
    plan.work = std::move(layer);
  } else if (ours.op == Op::add) {
    const auto scales = add_scales(read(id, 0), read(id, 1), node.out);
    if (!scales) return no_factor(ours.name);
    plan.work = *scales;
  } else if (ours.op == Op::channel_scale) {
    const auto scales = mul_scales(read(id, 0), read(id, 1), node.out);
    if (!scales) return no_factor(ours.name);
    plan.work = *scales;
  } else if (ours.op == Op::global_pool) {
    BytePool pool;
    if (auto error = plan_pool(id, node, pool)) return error;
    plan.work = pool;
  }
  nodes_.push_back(std::move(plan));
  return std::nullopt;
}

std::optional<Error> QuantizedModel::plan_layer(NodeId id, const QuantizedNode& node,
                                                Layer& layer) const {
  const std::string& name = graph_.node(id).name;
  const FilterShape shape = filter_shape(graph_, id);
  if (auto error = check_layer(name, shape, node)) return error;
  const Affine& in = read(id, 0);
  layer.filter = {.weights = node.filter,
                  .zero = node.filter_zero,
                  .bias = node.bias,
                  .factors = {},
                  .float_factors = {},
                  .rounding = options_.rounding,
                  .in_zero = in.zero,
                  .out_zero = node.written.zero,
                  .range = node.range};
  for (std::size_t c = 0; c < node.bias.size(); ++c) {
    const float scale = node.filter_scales[node.filter_scales.size() == 1 ? 0 : c];
    const auto factor = to_fixed_point(double{in.scale} * scale / node.written.scale);
    if (!factor) return no_factor(name);
    layer.filter.factors.push_back(*factor);
    layer.filter.float_factors.push_back(in.scale * scale / node.written.scale);
  }
  layer.table = node.table;
  return std::nullopt;
}

std::optional<Error> QuantizedModel::plan_pool(NodeId id, const QuantizedNode& node,
                                               BytePool& pool) const {
  const Shape shape = graph_.input_shape(id);
  const Affine& in = read(id, 0);
  pool.in_zero = in.zero;
  pool.out_zero = node.out.zero;
  if (!node.plain_average) {
    const double pixels = 1.0 * shape.h * shape.w;
    pool.factor = to_fixed_point(double{in.scale} / node.out.scale / pixels);
    if (!pool.factor) return no_factor(graph_.node(id).name);
  } else if (!(in == node.out)) {
    return damaged(graph_.node(id).name + ": expected a mean on the scale of its input.");
  }
  return std::nullopt;
}

void QuantizedModel::pack() const {
  std::call_once(packed_, [this] {
    for (NodeId id = 0; id < graph_.size(); ++id) {
      const Layer* layer = std::get_if<Layer>(&nodes_[static_cast<std::size_t>(id)].work);
      if (layer == nullptr) continue;
      const FilterShape shape = filter_shape(graph_, id);
      layer->packed = pack_filter(graph_.node(id).op, shape, layer->filter, options_.dot);
    }
  });
}

std::size_t QuantizedModel::packed_bytes() const {
  std::size_t bytes = 0;
  for (NodeId id = 0; id < graph_.size(); ++id) {
    const Layer* layer = std::get_if<Layer>(&nodes_[static_cast<std::size_t>(id)].work);
    if (layer == nullptr) continue;
    const FilterShape shape = filter_shape(graph_, id);
    bytes += packed_size(graph_.node(id).op, shape, layer->filter, options_.dot);
    bytes += layer->table.size();
  }
  return bytes;
}

void QuantizedModel::write_input(TensorView input, std::uint8_t* arena) const {
  const Affine& to = affine(0);
  std::transform(input.data.begin(), input.data.end(), arena + offset(0),
                 [&](float real) { return quantize(real, to); });
}

void QuantizedModel::run_layer(const ByteKernelSet& kernels, NodeId id, Rows rows,
                               std::uint8_t* arena) const {
  const Node& node = graph_.node(id);
  const Layer& layer = std::get<Layer>(nodes_[static_cast<std::size_t>(id)].work);
  const ByteConvArgs args = {.input = arena + offset(node.inputs[0]),
                             .filter = &layer.filter,
                             .packed = &layer.packed,
                             .output = arena + offset(id),
                             .in = graph_.input_shape(id),
                             .out = node.out,
                             .kernel = node.kernel,
                             .stride = node.stride};
  if (node.op == Op::depthwise) {
    kernels.depthwise(args, rows);
  } else if (node.op == Op::dense || is_pointwise(node)) {
    kernels.pointwise(args, rows);
  } else {
    kernels.conv(args, rows);
  }
  if (layer.table.empty()) return;
  apply_table(layer.table, args.output + node.out.index(rows.begin, 0, 0),
              args.output + node.out.index(rows.end, 0, 0));
}

void QuantizedModel::run(const ByteKernelSet& kernels, NodeId id, Rows rows,
                         std::uint8_t* arena) const {
  const Node& node = graph_.node(id);
  const auto& work = nodes_[static_cast<std::size_t>(id)].work;
  const std::uint8_t* first = id == 0 ? arena : arena + offset(node.inputs[0]);
  std::uint8_t* output = arena + offset(id);
  switch (node.op) {
    case Op::input:
      return;
    case Op::conv:
    case Op::depthwise:
    case Op::dense:
      return run_layer(kernels, id, rows, arena);
    case Op::add:
      return kernels.add(
          {first, arena + offset(node.inputs[1]), &std::get<AddScales>(work), output, node.out},
          rows);
    case Op::channel_scale:
      return kernels.channel_scale(
          {first, arena + offset(node.inputs[1]), &std::get<MulScales>(work), output, node.out},
          rows);
    case Op::global_pool:
      return kernels.global_pool(
          {first, &std::get<BytePool>(work), output, graph_.input_shape(id)});
    case Op::softmax:
      return softmax_bytes({first, node.out.count()}, read(id, 0).scale, affine(id), output);
  }
}

}  // namespace lens
