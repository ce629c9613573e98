// A weighted layer's numbers, from our graph and from a file, in one form: to compare them and to
// say the difference in words.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "engine/graph.h"
#include "weights/flow.h"

namespace lens {

struct Layer {
  Op op = Op::conv;  // conv, depthwise or dense
  int kernel_h = 1;
  int kernel_w = 1;
  int stride_h = 1;
  int stride_w = 1;
  int in = 0;  // channels
  int out = 0;
  bool operator==(const Layer&) const = default;
};

Layer layer_of(const Graph& graph, NodeId id);

// The layer that an operator of the flow is; nothing when it is none or its filter is not constant
// or of the wrong rank. A 1x1 convolution of one pixel counts as dense when `as` says so.
std::optional<Layer> layer_of(const Flow& flow, int op, Op as);

// "3x3 convolution at stride 2, 3 -> 32 channels".
std::string describe(const Layer& layer);

// "bneck3.expand: expected a 1x1 convolution ..., found ...", with the way out when it shows: a
// file for another width, or of another model.
Error mismatch(const Graph& graph, NodeId id, const Flow& flow, const std::string& expected,
               const std::string& found);

}  // namespace lens
