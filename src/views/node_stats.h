// Statistics of one layer's output, per channel and in all; computed once per run and layer.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/snapshot.h"

namespace lens {

struct ChannelStats {
  float lowest = 0;
  float highest = 0;
  float mean = 0;
  float zeros = 0;  // share of values that are exactly zero
};

struct NodeStats {
  std::vector<ChannelStats> channels;
  float lowest = 0;
  float highest = 0;
  float mean = 0;
  float zeros = 0;
  float negatives = 0;        // share of values below zero
  int silent_channels = 0;    // channels that are zero everywhere
  int strongest_channel = 0;  // the one with the largest mean
};

NodeStats node_stats(const TensorView& output);

// Remembers the layers of one snapshot.
class StatsCache {
 public:
  const NodeStats& of(const Snapshot& snapshot, NodeId id);

 private:
  std::uint64_t snapshot_ = 0;
  std::vector<NodeStats> nodes_;
};

}  // namespace lens
