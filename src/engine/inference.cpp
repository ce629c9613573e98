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
int slice_rows(const Graph& graph, NodeId id, int threads) {
  const std::int64_t rows = threads * kSliceMacs / std::max<std::int64_t>(row_work(graph, id), 1);
  return static_cast<int>(std::clamp<std::int64_t>(rows / 2 * 2, 2, 1 << 20));
}

// How a pointwise layer is cut: by pixels, since rows mean nothing to it.
Shape one_column(Shape shape) {
  return {shape.h * shape.w, 1, shape.c};
}

// Multiply-adds below which a part costs more to hand over than another thread saves: waking one
// takes about as long as 20 microseconds of work.
constexpr std::int64_t kPartMacs = 400'000;
// More parts than threads, so that one that is held up does not hold up all.
constexpr int kPartsPerThread = 3;
// Parts of a pointwise layer begin on a whole tile of pixels: of 4 or of 6.
constexpr int kPartPixels = 12;

int count_parts(std::int64_t macs, int units, int threads) {
  if (threads < 2) return 1;
  const std::int64_t parts = std::min<std::int64_t>(macs / kPartMacs, threads * kPartsPerThread);
  return static_cast<int>(std::clamp<std::int64_t>(parts, 1, units));
}

// Part number `part` of `parts` nearly equal ones, cut at multiples of `unit` from the first.
Rows part_of(Rows rows, int part, int parts, int unit) {
  const std::int64_t units = (rows.end - rows.begin + unit - 1) / unit;
  const auto cut = [&](int at) {
    return std::min(rows.begin + static_cast<int>(units * at / parts) * unit, rows.end);
  };
  return {cut(part), cut(part + 1)};
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
      pool_(options.pool),
      snapshot_(std::allocate_shared<Snapshot>(SpareAllocator<Snapshot>(model_->spare_memory()))) {
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
  snapshot_->node_ms = model_->spare_memory()->take_times(graph.nodes.size());
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
  run_next_rows(slice_rows(model_->graph(), node_, pool_ ? pool_->threads() : 1));
}

void Inference::run_to_end() {
  while (!done()) run_next_rows(model_->graph().node(node_).out.h);
}

void Inference::run_next_rows(int count) {
  const double start_ms = now_ms();
  const NodeId id = node_;
  const int height = model_->graph().node(id).out.h;
  const Rows rows = {row_, std::min(row_ + count, height)};
  share(rows);
  intervene(rows);
  row_ = rows.end;
  if (row_ == height) {
    row_ = 0;
    ++node_;
  }
  snapshot_->node_ms[static_cast<std::size_t>(id)] += now_ms() - start_ms;
}

// Cuts rows of the current node into parts for the pool.
void Inference::share(Rows rows) {
  const Graph& graph = model_->graph();
  const Node& node = graph.node(node_);
  const std::int64_t macs = row_work(graph, node_) * (rows.end - rows.begin);
  const bool by_pixel =
      snapshot_->precision == Precision::float32 && node.op == Op::conv && is_pointwise(node);
  if (by_pixel) rows = {rows.begin * node.out.w, rows.end * node.out.w};
  const int unit = by_pixel ? kPartPixels : 1;
  const int units = (rows.end - rows.begin + unit - 1) / unit;
  const int parts = count_parts(macs, units, pool_ ? pool_->threads() : 1);
  if (parts == 1) return run_part(rows);
  pool_->run(parts, [&](int part) { run_part(part_of(rows, part, parts, unit)); });
}

void Inference::run_part(Rows rows) {
  if (snapshot_->precision == Precision::int8) {
    return model_->quantized()->run(byte_kernels_, node_, rows, byte_data(snapshot_->bytes));
  }
  const Graph& graph = model_->graph();
  const Node& node = graph.node(node_);
  switch (node.op) {
    case Op::input:
      return;
    case Op::conv:
      return is_pointwise(node) ? kernels_.pointwise(pixel_args(), rows)
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

ConvArgs Inference::pixel_args() const {
  ConvArgs args = conv_args();
  args.in = one_column(args.in);
  args.out = one_column(args.out);
  return args;
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
