// The picture of the zeros: a row of bars for each version, aligned by resolution.
#pragma once

#include "views/zeros.h"

namespace lens::zeros {

inline bool linear(const Node& node) {
  return node.activation == Activation::none;
}

inline bool on_screen(const Frame& frame, const ZeroMeter& meter) {
  return meter.entry == frame.model.entry && meter.variant == frame.model.variant;
}

// A click selects a layer of the network on the screen.
void draw_strips(Frame& frame, float height);

}  // namespace lens::zeros
