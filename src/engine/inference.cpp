#include "engine/inference.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <utility>

#include "base/clock.h"

namespace lens {

namespace {

// A slice of this many multiply-adds takes 0.3 ms on a desktop and about 2 ms on a slow laptop.
constexpr std::int64_t kSliceMacs = 6'000'000;

// The one counter of the process: ids must differ between the snapshots of all models.
std::uint64_t next_snapshot_id() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

// Multiply-adds of one output row; for operations without any, elements moved.
std::int64_t row_work(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  const std::int64_t outputs = std::int64_t{node.out.w} * node.out.c;
  if (!has_weights(node.op)) return outputs;
  const FilterShape filter = filter_shape(graph, id);
  return outputs * filter.kernel * filter.kernel * filter.in;
}

// Even, so that a slice of a pointwise layer is cut into whole tiles where the width allows.
int slice_rows(const Graph& graph, NodeId id) {
  const std::int64_t rows = kSliceMacs / std::max<std::int64_t>(row_work(graph, id), 1);
  return static_cast<int>(std::clamp<std::int64_t>(rows / 2 * 2, 2, 1 << 20));
}

// Carries out one intervention on rows of a node's output just computed. `stored` makes a value
// what the output holds: floats or bytes.
template <class Value, class Stored>
struct Apply {
  const Shape& shape;
  Rows rows;
  Value* output;
  Stored stored;

  void operator()(const ReplaceActivation&) const {}  // the kernel has done it

  void operator()(const OverrideGates& change) const {
    std::transform(change.gates.begin(), change.gates.end(), output, stored);
  }

  void operator()(const SilenceChannel& change) const {
    for (int pixel = rows.begin * shape.w; pixel < rows.end * shape.w; ++pixel) {
      output[pixel * shape.c + change.channel] = stored(0.0f);
    }
  }
};

template <class Value, class Stored>
Apply(const Shape&, Rows, Value*, Stored) -> Apply<Value, Stored>;

}  // namespace

Inference::Inference(std::shared_ptr<const Model> model, TensorView input,
                     const RunOptions& options)
    : model_(std::move(model)),
      kernels_(*options.kernels),
      byte_kernels_(*options.byte_kernels),
      snapshot_(std::make_shared<Snapshot>()) {
  const Graph& graph = model_->graph();
  assert(input.shape == graph.node(0).out && input.data.size() == input.shape.count());
  for (const Intervention& one : options.interventions) {
    assert(!validate(graph, one, options.precision));
    static_cast<void>(one);
  }
  snapshot_->id = next_snapshot_id();
  snapshot_->model = model_;
  snapshot_->precision = options.precision;
  snapshot_->interventions = options.interventions;
  snapshot_->node_ms.assign(graph.nodes.size(), 0.0);
  take_arena(input);
  if (options.base != nullptr && options.base->precision == options.precision) {
    copy_base(*options.base);
  }
}

void Inference::take_arena(TensorView input) {
  if (snapshot_->precision == Precision::float32) {
    snapshot_->arena = model_->arenas().take();
    std::copy(input.data.begin(), input.data.end(), snapshot_->arena->begin());
    return;
  }
  assert(model_->quantized() != nullptr);
  snapshot_->bytes = model_->quantized()->arenas().take();
  model_->quantized()->write_input(input, byte_data(snapshot_->bytes));
}

void Inference::copy_base(const Snapshot& base) {
  assert(base.model == model_);
  const Graph& graph = model_->graph();
  node_ = first_difference(graph, base.interventions, snapshot_->interventions);
  if (node_ == 0) return;
  if (snapshot_->precision == Precision::int8) {
    const QuantizedModel& quantized = *model_->quantized();
    const std::size_t end = done() ? quantized.arena_bytes() : quantized.offset(node_);
    std::copy_n(byte_data(base.bytes), end, byte_data(snapshot_->bytes));
    return;
  }
  const std::size_t end = done() ? model_->arena_size() : model_->offset(node_);
  std::copy_n(base.arena->begin(), end, snapshot_->arena->begin());
}

void Inference::step() {
  assert(!done());
  run_next_rows(slice_rows(model_->graph(), node_));
}

void Inference::run_to_end() {
  while (!done()) run_next_rows(model_->graph().node(node_).out.h);
}

void Inference::run_next_rows(int count) {
  const double start_ms = now_ms();
  const NodeId id = node_;
  const int height = model_->graph().node(id).out.h;
  const Rows rows = {row_, std::min(row_ + count, height)};
  run_rows(rows);
  intervene(rows);
  row_ = rows.end;
  if (row_ == height) {
    row_ = 0;
    ++node_;
  }
  snapshot_->node_ms[static_cast<std::size_t>(id)] += now_ms() - start_ms;
}

void Inference::run_rows(Rows rows) {
  if (snapshot_->precision == Precision::int8) {
    return model_->quantized()->run(byte_kernels_, node_, rows, byte_data(snapshot_->bytes));
  }
  const Graph& graph = model_->graph();
  const Node& node = graph.node(node_);
  switch (node.op) {
    case Op::input:
      return;
    case Op::conv:
      return is_pointwise(node) ? kernels_.pointwise(conv_args(), rows)
                                : kernels_.conv(conv_args(), rows);
    case Op::dense:
      return kernels_.pointwise(conv_args(), rows);
    case Op::depthwise:
      return kernels_.depthwise(conv_args(), rows);
    case Op::add:
      return kernels_.add(binary_args(), rows);
    case Op::channel_scale:
      return kernels_.channel_scale(binary_args(), rows);
    case Op::global_pool:
      return kernels_.global_pool(unary_args());
    case Op::softmax:
      return kernels_.softmax(unary_args());
  }
}

ConvArgs Inference::conv_args() const {
  const Graph& graph = model_->graph();
  const Node& node = graph.node(node_);
  const NodeWeights& weights = model_->weights().of(node_);
  return {.input = output(node.inputs[0]),
          .filter = weights.filter.data(),
          .bias = weights.bias.data(),
          .packed = model_->packed(node_).data(),
          .output = output(node_),
          .in = graph.input_shape(node_),
          .out = node.out,
          .kernel = node.kernel,
          .stride = node.stride,
          .activation = effective_activation(graph, node_, snapshot_->interventions)};
}

BinaryArgs Inference::binary_args() const {
  const Node& node = model_->graph().node(node_);
  return {.input = output(node.inputs[0]),
          .second = output(node.inputs[1]),
          .output = output(node_),
          .shape = node.out};
}

UnaryArgs Inference::unary_args() const {
  const Graph& graph = model_->graph();
  return {.input = output(graph.node(node_).inputs[0]),
          .output = output(node_),
          .in = graph.input_shape(node_)};
}

float* Inference::output(NodeId id) const {
  return snapshot_->arena->data() + model_->offset(id);
}

void Inference::intervene(Rows rows) {
  const Shape& shape = model_->graph().node(node_).out;
  for (const Intervention& one : snapshot_->interventions) {
    if (target(one) != node_) continue;
    if (snapshot_->precision == Precision::float32) {
      std::visit(Apply{shape, rows, output(node_), [](float value) { return value; }}, one);
      continue;
    }
    const QuantizedModel& quantized = *model_->quantized();
    const auto stored = [&](float value) { return quantize(value, quantized.affine(node_)); };
    std::uint8_t* bytes = byte_data(snapshot_->bytes) + quantized.offset(node_);
    std::visit(Apply{shape, rows, bytes, stored}, one);
  }
}

std::shared_ptr<const Snapshot> Inference::finish() {
  assert(done());
  return std::move(snapshot_);
}

std::shared_ptr<const Snapshot> run(std::shared_ptr<const Model> model, TensorView input,
                                    const RunOptions& options) {
  Inference inference(std::move(model), input, options);
  inference.run_to_end();
  return inference.finish();
}

}  // namespace lens
