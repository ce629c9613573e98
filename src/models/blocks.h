// The building blocks of the three papers, in their vocabulary. Each appends nodes to a builder
// and returns the last one.
#pragma once

#include <string>

#include "engine/graph.h"

namespace lens {

// Rounds a channel count to the nearest multiple of 8, but never below 90 % of it.
// TF-slim make_divisible; facts.md 3.3 and 3.6.
int round_channels(double channels, int divisor = 8);

// V1: depthwise 3x3, then pointwise, ReLU6 after both. MobileNets, arXiv 1704.04861, section 3.1.
NodeId separable(GraphBuilder& builder, NodeId from, int block, int channels, int stride);

struct Bottleneck {
  int kernel = 3;
  int expanded = 0;  // channels between expansion and projection; no expansion if as the input
  int channels = 0;  // channels out
  bool squeeze_excite = false;
  Activation activation = Activation::relu6;
  int stride = 1;
};

// V2 and V3: expand, depthwise, [squeeze-and-excite,] linear projection; the block's input is added
// at stride 1 where the channels agree. arXiv 1801.04381, table 1; arXiv 1905.02244, figure 4.
NodeId inverted_residual(GraphBuilder& builder, NodeId from, int block, const Bottleneck& row);

}  // namespace lens
