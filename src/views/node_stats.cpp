#include "views/node_stats.h"

#include <algorithm>
#include <cmath>

#include "demos/singular_values.h"
#include "engine/kernels/kernels.h"
#include "engine/preactivation.h"

namespace lens {

namespace {

struct Count {
  double sum = 0;
  int zeros = 0;
  int negatives = 0;
  int sixes = 0;
};

// First pass: extremes, sums and counts per channel, in memory order.
std::vector<Count> count_channels(const TensorView& output, std::vector<ChannelStats>& channels) {
  const std::size_t width = channels.size();
  std::vector<Count> counts(width);
  for (std::size_t c = 0; c < width; ++c) {
    channels[c].lowest = channels[c].highest = output.data[c];
  }
  std::size_t c = 0;
  for (const float value : output.data) {
    channels[c].lowest = std::min(channels[c].lowest, value);
    channels[c].highest = std::max(channels[c].highest, value);
    counts[c].sum += value;
    counts[c].zeros += value == 0;
    counts[c].negatives += value < 0;
    counts[c].sixes += value == 6;
    c = c + 1 == width ? 0 : c + 1;
  }
  return counts;
}

}  // namespace

NodeStats node_stats(const TensorView& output) {
  NodeStats stats;
  stats.channels.resize(static_cast<std::size_t>(output.shape.c));
  const std::vector<Count> counts = count_channels(output, stats.channels);
  const float pixels = static_cast<float>(output.shape.h * output.shape.w);
  const float values = static_cast<float>(output.data.size());
  stats.lowest = stats.channels[0].lowest;
  stats.highest = stats.channels[0].highest;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    ChannelStats& channel = stats.channels[c];
    channel.mean = static_cast<float>(counts[c].sum) / pixels;
    channel.zeros = static_cast<float>(counts[c].zeros) / pixels;
    stats.lowest = std::min(stats.lowest, channel.lowest);
    stats.highest = std::max(stats.highest, channel.highest);
    stats.mean += static_cast<float>(counts[c].sum) / values;
    stats.zeros += static_cast<float>(counts[c].zeros) / values;
    stats.negatives += static_cast<float>(counts[c].negatives) / values;
    stats.sixes += static_cast<float>(counts[c].sixes) / values;
    stats.silent_channels += channel.lowest == 0 && channel.highest == 0;
    const float best = stats.channels[static_cast<std::size_t>(stats.strongest_channel)].mean;
    if (channel.mean > best) stats.strongest_channel = static_cast<int>(c);
  }
  return stats;
}

Histogram histogram(const TensorView& output, int channel, float low, float high, int bins) {
  Histogram result{low, high, std::vector<int>(static_cast<std::size_t>(bins)), 0};
  const std::size_t first = channel < 0 ? 0 : static_cast<std::size_t>(channel);
  const std::size_t stride = channel < 0 ? 1 : static_cast<std::size_t>(output.shape.c);
  const float factor = static_cast<float>(bins) / (high - low);
  const float last = static_cast<float>(bins - 1);
  for (std::size_t i = first; i < output.data.size(); i += stride) {
    const float value = output.data[i];
    if (value == 0) {
      ++result.zeros;
      continue;
    }
    const float bin = std::clamp(std::floor((value - low) * factor), 0.0f, last);
    ++result.counts[static_cast<std::size_t>(bin)];
  }
  return result;
}

float magnitude_of_part(std::span<const TensorView> tensors, double part) {
  float largest = 0;
  std::size_t count = 0;
  for (const TensorView& tensor : tensors) {
    count += tensor.data.size();
    for (const float value : tensor.data) largest = std::max(largest, std::fabs(value));
  }
  if (largest == 0) return 0;
  constexpr std::size_t kBins = 4096;
  std::vector<std::size_t> bins(kBins);
  const float factor = static_cast<float>(kBins) / largest;
  for (const TensorView& tensor : tensors) {
    for (const float value : tensor.data) {
      ++bins[std::min(static_cast<std::size_t>(std::fabs(value) * factor), kBins - 1)];
    }
  }
  const double wanted = part * static_cast<double>(count);
  std::size_t bin = 0;
  double seen = static_cast<double>(bins[0]);
  while (seen < wanted && bin + 1 < kBins) seen += static_cast<double>(bins[++bin]);
  return largest * static_cast<float>(bin + 1) / static_cast<float>(kBins);
}

Tensor with_activation(const Snapshot& snapshot, NodeId id, Activation activation) {
  Tensor values = preactivations(snapshot, id);
  for (float& value : values.data) value = activate(activation, value);
  return values;
}

StatsCache::Kept& StatsCache::kept(const Snapshot& snapshot) {
  if (kept_[latest_].snapshot != snapshot.id) latest_ = 1 - latest_;
  Kept& kept = kept_[latest_];
  if (kept.snapshot != snapshot.id) {
    kept.snapshot = snapshot.id;
    kept.nodes.assign(static_cast<std::size_t>(snapshot.graph().size()), {});
    kept.ranks.clear();
  }
  return kept;
}

const NodeStats& StatsCache::of(const Snapshot& snapshot, NodeId id) {
  NodeStats& stats = kept(snapshot).nodes[static_cast<std::size_t>(id)];
  if (stats.channels.empty()) stats = node_stats(snapshot.output(id));
  return stats;
}

double StatsCache::effective_rank(const Snapshot& snapshot, NodeId id, Activation activation) {
  std::vector<Rank>& ranks = kept(snapshot).ranks;
  for (const Rank& rank : ranks) {
    if (rank.node == id && rank.activation == activation) return rank.effective;
  }
  const Tensor values = with_activation(snapshot, id, activation);
  const double effective = demos::effective_rank(demos::singular_values(values.view()));
  ranks.push_back({id, activation, effective});
  return effective;
}

}  // namespace lens
