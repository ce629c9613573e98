// A network that the papers talk about but nobody published, or published at another width: a
// catalog graph with one or more design decisions taken otherwise. For costs alone: such a graph
// has no weights, and nothing here says how accurate it would be.
#pragma once

#include <optional>

#include "engine/graph.h"

namespace lens {

// How the classifier is reached from the last block. early (V3): 1x1 features, pool, 1x1 hidden
// units on one pixel. late (V2): one more inverted residual, 1x1 features at 7x7, pool.
// MobileNetV3, arXiv 1905.02244, figure 5.
enum class LastStage { own, early, late };

struct Variation {
  double width = 1;                // alpha, times each layer's channels, rounded to multiples of 8
  int resolution = 224;            // input pixels
  bool full_convolutions = false;  // V1: depthwise and pointwise, V2 and V3: expansion and
                                   // depthwise, are one standard k x k convolution
  std::optional<int> expansion = {};  // t of every block that expands; nothing: its own
  bool squeeze_excite = true;         // false: blocks go without
  std::optional<int> stem = {};       // filters of the first convolution, before alpha
  LastStage last_stage = LastStage::own;
  bool operator==(const Variation&) const = default;
};

// `base` must be a catalog graph at width 1. Changes that it has nothing for (squeeze-and-excite in
// V1) change nothing.
Graph varied(const Graph& base, const Variation& variation);

// Which last stage a graph has; nothing for V1, which has a third.
std::optional<LastStage> last_stage_of(const Graph& graph);

}  // namespace lens
