// The whole network at a glance, drawn from its graph: where we are, and a click away from any
// layer.
#pragma once

#include "views/frame.h"

namespace lens::network {

struct State {
  NodeId scrolled_to = kNoNode;  // the selection that has been brought into sight
};

void draw(Frame& frame, State& state);

}  // namespace lens::network
