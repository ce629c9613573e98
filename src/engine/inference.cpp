#include "engine/inference.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <utility>

#include "base/clock.h"
#include "engine/fusion.h"
#include "engine/schedule.h"

namespace lens {

namespace {

// The one counter of the process: ids must differ between the snapshots of all models.
std::uint64_t next_snapshot_id() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

// How a pointwise layer is cut: by pixels, since rows mean nothing to it.
Shape one_column(Shape shape) {
  return {shape.h * shape.w, 1, shape.c};
}

// Parts of a pointwise layer begin on a whole tile of pixels: of 4 or of 6. Those of a dense layer,
// by outputs, on four panels.
constexpr int kPartPixels = 12;
constexpr int kPartOutputs = 4 * kPanelOutputs;

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
  snapshot_->threads = threads();
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
  model_->quantized()->pack();
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
  run_next_rows(slice_rows(model_->graph(), node_, threads()));
}

void Inference::run_to_end() {
  while (!done()) run_next_rows(model_->graph().node(node_).out.h);
}

int Inference::threads() const {
  return pool_ != nullptr ? pool_->threads() : 1;
}

// Rows of the current node, and where the next one takes turns with it, as many as can be of that.
void Inference::run_next_rows(int count) {
  const Graph& graph = model_->graph();
  const int value_bytes = snapshot_->precision == Precision::int8 ? 1 : sizeof(float);
  const int turn = rows_per_turn(graph, node_, value_bytes);
  const int height = graph.node(node_).out.h;
  row_ = run_rows(node_, row_, row_ + std::min(count, turn > 0 ? turn : height));
  if (is_fused_with_next(graph, node_, snapshot_->precision, snapshot_->interventions)) {
    next_row_ = row_;
  }
  if (turn > 0) next_row_ = run_rows(node_ + 1, next_row_, rows_within(graph, node_ + 1, row_));
  while (!done() && row_ == graph.node(node_).out.h) {
    ++node_;
    row_ = std::exchange(next_row_, 0);
  }
}

// Rows [begin, end) of a node, or what there is of them. Returns where they end.
int Inference::run_rows(NodeId id, int begin, int end) {
  const Rows rows = {begin, std::min(end, model_->graph().node(id).out.h)};
  if (rows.begin >= rows.end) return begin;
  const double start_ms = now_ms();
  share(id, rows);
  intervene(id, rows);
  snapshot_->node_ms[static_cast<std::size_t>(id)] += now_ms() - start_ms;
  return rows.end;
}

// Cuts rows into parts for the pool.
void Inference::share(NodeId id, Rows rows) {
  const Graph& graph = model_->graph();
  const Node& node = graph.node(id);
  const std::int64_t work = row_work(graph, id) * (rows.end - rows.begin);
  int unit = 1;
  if (snapshot_->precision == Precision::float32 && node.op == Op::conv && is_pointwise(node)) {
    rows = {rows.begin * node.out.w, rows.end * node.out.w};
    unit = kPartPixels;
  } else if (snapshot_->precision == Precision::float32 && node.op == Op::dense) {
    rows = {0, node.out.c};
    unit = kPartOutputs;
  }
  const int units = (rows.end - rows.begin + unit - 1) / unit;
  const int parts = count_parts(work, units, threads());
  if (parts == 1) return run_part(id, rows);
  pool_->run(parts, [&](int part) { run_part(id, part_of(rows, part, parts, unit)); });
}

void Inference::run_part(NodeId id, Rows rows) {
  if (snapshot_->precision == Precision::int8) {
    return model_->quantized()->run(byte_kernels_, id, rows, byte_data(snapshot_->bytes));
  }
  const Graph& graph = model_->graph();
  const Node& node = graph.node(id);
  switch (node.op) {
    case Op::input:
      return;
    case Op::conv:
      return is_pointwise(node) ? kernels_.pointwise(pixel_args(id), rows)
                                : kernels_.conv(conv_args(id), rows);
    case Op::dense:
      return kernels_.dense(conv_args(id), rows);
    case Op::depthwise:
      return kernels_.depthwise(conv_args(id), rows);
    case Op::add:
      return kernels_.add(binary_args(id), rows);
    case Op::channel_scale:
      return kernels_.channel_scale(binary_args(id), rows);
    case Op::global_pool:
      return kernels_.global_pool(unary_args(id));
    case Op::softmax:
      return kernels_.softmax(unary_args(id));
  }
}

ConvArgs Inference::conv_args(NodeId id) const {
  const Graph& graph = model_->graph();
  const Node& node = graph.node(id);
  const NodeWeights& weights = model_->weights().of(id);
  return {.input = output(node.inputs[0]),
          .filter = weights.filter.data(),
          .bias = weights.bias.data(),
          .packed = model_->packed(id).data(),
          .output = output(id),
          .in = graph.input_shape(id),
          .out = node.out,
          .kernel = node.kernel,
          .stride = node.stride,
          .activation = effective_activation(graph, id, snapshot_->interventions)};
}

ConvArgs Inference::pixel_args(NodeId id) const {
  ConvArgs args = conv_args(id);
  args.in = one_column(args.in);
  args.out = one_column(args.out);
  if (is_fused_with_next(model_->graph(), id, snapshot_->precision, snapshot_->interventions)) {
    args.residual = output(model_->graph().node(id + 1).inputs[1]);
    args.sum = output(id + 1);
  }
  return args;
}

BinaryArgs Inference::binary_args(NodeId id) const {
  const Node& node = model_->graph().node(id);
  return {.input = output(node.inputs[0]),
          .second = output(node.inputs[1]),
          .output = output(id),
          .shape = node.out};
}

UnaryArgs Inference::unary_args(NodeId id) const {
  const Graph& graph = model_->graph();
  return {
      .input = output(graph.node(id).inputs[0]), .output = output(id), .in = graph.input_shape(id)};
}

float* Inference::output(NodeId id) const {
  return snapshot_->arena->data() + model_->offset(id);
}

void Inference::intervene(NodeId id, Rows rows) {
  const Shape& shape = model_->graph().node(id).out;
  for (const Intervention& one : snapshot_->interventions) {
    if (target(one) != id) continue;
    if (snapshot_->precision == Precision::float32) {
      std::visit(Apply{shape, rows, output(id), [](float value) { return value; }}, one);
      continue;
    }
    const QuantizedModel& quantized = *model_->quantized();
    const auto stored = [&](float value) { return quantize(value, quantized.affine(id)); };
    std::uint8_t* bytes = byte_data(snapshot_->bytes) + quantized.offset(id);
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
