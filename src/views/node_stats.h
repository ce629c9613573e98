// Statistics of one layer's output, per channel and in all; computed once per run and layer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
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
  float sixes = 0;            // share of values that are exactly 6: what a ReLU6 clips
  int silent_channels = 0;    // channels that are zero everywhere
  int strongest_channel = 0;  // the one with the largest mean
};

NodeStats node_stats(const TensorView& output);

// How often values fall into equal bins of [low, high]; those beyond it count in the end bins.
// Exact zeros are counted apart: after a ReLU they would dwarf all else.
struct Histogram {
  float low = 0;
  float high = 1;
  std::vector<int> counts;
  int zeros = 0;
};

// Of one channel, or of all of them with channel -1. low < high.
Histogram histogram(const TensorView& output, int channel, float low, float high, int bins);

// The magnitude that `part` of all values of these tensors do not exceed, rounded up to a 4096th of
// the largest.
float magnitude_of_part(std::span<const TensorView> tensors, double part);

// The layer's values as they would be with this activation in place of its own.
Tensor with_activation(const Snapshot& snapshot, NodeId id, Activation activation);

// Remembers the layers of the last two snapshots: the plain run's and the what-if's.
class StatsCache {
 public:
  // Valid until two other snapshots have been asked for.
  const NodeStats& of(const Snapshot& snapshot, NodeId id);
  // How many directions the layer's values use, as a matrix of positions x channels, had it this
  // activation in place of its own.
  double effective_rank(const Snapshot& snapshot, NodeId id, Activation activation);

 private:
  struct Rank {
    NodeId node = kNoNode;
    Activation activation = Activation::none;
    double effective = 0;
  };

  struct Kept {
    std::uint64_t snapshot = 0;
    std::vector<NodeStats> nodes;
    std::vector<Rank> ranks;
  };

  Kept& kept(const Snapshot& snapshot);

  std::array<Kept, 2> kept_;
  std::size_t latest_ = 0;
};

}  // namespace lens
