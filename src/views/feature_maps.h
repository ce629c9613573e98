// Every channel of the selected layer as a map; one of them large, with its values under the
// pointer.
#pragma once

#include "views/frame.h"

namespace lens::feature_maps {

struct State {
  float zoom = 0;             // chosen tile side in px; 0 fits all channels into the panel
  NodeId node = kNoNode;      // what was drawn last: a new layer starts fitted and at the top
  int followed_channel = -1;  // the selection that has been scrolled to
};

void draw(Frame& frame, State& state);

// One step of tile size up (+1) or down (-1); 0 fits again.
void zoom(State& state, int step);

}  // namespace lens::feature_maps
