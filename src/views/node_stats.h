// Statistics of one layer's output, per channel and in all; computed once per run and layer.
#pragma once

#include <array>
#include <cstddef>
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

// Remembers the layers of the last two snapshots: the plain run's and the what-if's.
class StatsCache {
 public:
  // Valid until two other snapshots have been asked for.
  const NodeStats& of(const Snapshot& snapshot, NodeId id);

 private:
  struct Kept {
    std::uint64_t snapshot = 0;
    std::vector<NodeStats> nodes;
  };

  std::array<Kept, 2> kept_;
  std::size_t latest_ = 0;
};

}  // namespace lens
