// The whole network at a glance, drawn from its graph: where we are, and a click away from any
// layer.
#pragma once

#include "views/frame.h"

namespace lens::network {

struct State {
  NodeId scrolled_to = kNoNode;  // the selection that has been brought into sight
};

// A running inference has not reached it yet: it is dimmed, so that the wave of finished layers
// shows. Never with the live camera, where run follows run and the network would flicker.
bool waits(const Frame& frame, NodeId id);

void draw(Frame& frame, State& state);

}  // namespace lens::network
