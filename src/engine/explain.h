// Why one output value is what it is: its window, weights, products and sum, recomputed with the
// reference arithmetic. The value equals the snapshot's float exactly (SIMD128 and native builds).
#pragma once

#include <string>
#include <vector>

#include "engine/snapshot.h"

namespace lens {

// Half-open box of pixels [y0, y1) x [x0, x1); may reach beyond the image where padding is read.
struct Box {
  int y0 = 0;
  int x0 = 0;
  int y1 = 0;
  int x1 = 0;
  bool operator==(const Box&) const = default;
};

struct Term {
  NodeId from = kNoNode;  // whose output is read
  int y = 0;
  int x = 0;
  int channel = 0;
  float input = 0;
  float weight = 0;
  float product = 0;
};

struct Explanation {
  float value = 0;  // after the activation
  float bias = 0;
  float sum = 0;            // bias + products (for a pool: the sum before the division)
  float preactivation = 0;  // what the activation is applied to
  std::vector<Term> terms;  // in the order of summation; padding is left out
  Box receptive_field;      // on the input image
  // The value was set by an intervention (a silenced channel, an overridden gate); bias, sum and
  // terms tell what it would have been.
  bool overridden = false;
};

// Any node but the input. y, x, channel must lie inside the node's output (asserted).
// conv, depthwise, dense: one term per weight. add: two terms of weight 1. channel_scale: one term,
// the gate as the weight. global_pool: one term per pixel, weight 1 / (H * W). softmax: one term
// per logit with its exponential as the product.
Explanation explain_cell(const Snapshot& snapshot, NodeId id, int y, int x, int channel);

// All input pixels that can reach the output cell (y, x) of a node, along every path: with
// squeeze-and-excite on the way that is the whole image. Only the image's own border is crossed by
// the box; padding between two layers reads nothing of the image and is cut off.
Box receptive_field(const Graph& graph, NodeId id, int y, int x);

}  // namespace lens
