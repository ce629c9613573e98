#include "engine/schedule.h"

#include <algorithm>

#include "engine/padding.h"
#include "engine/weights.h"

namespace lens {

namespace {

// A slice of this much work takes 0.3 ms on a desktop and about 2 ms on a slow laptop.
constexpr std::int64_t kSliceWork = 6'000'000;

// Measured in Chromium: a multiply-add of a depthwise layer takes as long as three of a pointwise
// one, and an element that is only moved as long as four.
constexpr int kDepthwiseWork = 3;
constexpr int kMoveWork = 4;

// Work below which a part costs more to hand over than another thread saves: waking one takes about
// as long as 15 microseconds of work.
constexpr std::int64_t kPartWork = 300'000;
// More parts than threads, so that one that is held up does not hold up all.
constexpr int kPartsPerThread = 3;

// An output larger than this leaves the second-level cache before the next node reads it; portions
// of the second size stay there beside what that node writes.
constexpr std::int64_t kLargeBytes = 512 * 1024;
constexpr std::int64_t kTurnBytes = 256 * 1024;

}  // namespace

std::int64_t row_work(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  const std::int64_t outputs = std::int64_t{node.out.w} * node.out.c;
  if (!has_weights(node.op)) return outputs * kMoveWork;
  const FilterShape filter = filter_shape(graph, id);
  const std::int64_t macs = outputs * filter.kernel * filter.kernel * filter.in;
  return node.op == Op::depthwise ? macs * kDepthwiseWork : macs;
}

// Even, so that a slice of a pointwise layer is cut into whole tiles where the width allows.
int slice_rows(const Graph& graph, NodeId id, int threads) {
  const std::int64_t rows = threads * kSliceWork / std::max<std::int64_t>(row_work(graph, id), 1);
  return static_cast<int>(std::clamp<std::int64_t>(rows / 2 * 2, 2, 1 << 20));
}

int count_parts(std::int64_t work, int units, int threads) {
  if (threads < 2) return 1;
  const std::int64_t parts = std::min<std::int64_t>(work / kPartWork, threads * kPartsPerThread);
  return static_cast<int>(std::clamp<std::int64_t>(parts, 1, units));
}

Rows part_of(Rows rows, int part, int parts, int unit) {
  const std::int64_t units = (rows.end - rows.begin + unit - 1) / unit;
  const auto cut = [&](int at) {
    return std::min(rows.begin + static_cast<int>(units * at / parts) * unit, rows.end);
  };
  return {cut(part), cut(part + 1)};
}

int rows_per_turn(const Graph& graph, NodeId id, int value_bytes) {
  if (id + 1 >= graph.size()) return 0;
  const Node& next = graph.node(id + 1);
  if (next.op != Op::depthwise || next.inputs[0] != id || !is_pointwise(graph.node(id))) return 0;
  const Shape& out = graph.node(id).out;
  const std::int64_t row_bytes = std::int64_t{out.w} * out.c * value_bytes;
  if (row_bytes * out.h < kLargeBytes) return 0;
  return std::max(static_cast<int>(kTurnBytes / row_bytes) / 2 * 2, 2 * next.stride);
}

int rows_within(const Graph& graph, NodeId id, int rows) {
  const Node& node = graph.node(id);
  const int height = graph.input_shape(id).h;
  if (rows >= height) return node.out.h;
  // The window of output row y ends at y * stride - padding + kernel.
  const int last = rows - node.kernel + same_before(height, node.kernel, node.stride);
  return last < 0 ? 0 : std::min(last / node.stride + 1, node.out.h);
}

}  // namespace lens
