#include "views/node_stats.h"

#include <algorithm>

namespace lens {

namespace {

struct Count {
  double sum = 0;
  int zeros = 0;
  int negatives = 0;
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
    stats.silent_channels += channel.lowest == 0 && channel.highest == 0;
    const float best = stats.channels[static_cast<std::size_t>(stats.strongest_channel)].mean;
    if (channel.mean > best) stats.strongest_channel = static_cast<int>(c);
  }
  return stats;
}

const NodeStats& StatsCache::of(const Snapshot& snapshot, NodeId id) {
  if (kept_[latest_].snapshot != snapshot.id) latest_ = 1 - latest_;
  Kept& kept = kept_[latest_];
  if (kept.snapshot != snapshot.id) {
    kept.snapshot = snapshot.id;
    kept.nodes.assign(static_cast<std::size_t>(snapshot.graph().size()), {});
  }
  NodeStats& stats = kept.nodes[static_cast<std::size_t>(id)];
  if (stats.channels.empty()) stats = node_stats(snapshot.output(id));
  return stats;
}

}  // namespace lens
