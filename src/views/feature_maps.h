// Every channel of the selected layer as a map, in the reader's order; one of them large, with its
// values under the pointer.
#pragma once

#include "views/map_layer.h"

namespace lens::feature_maps {

struct State {
  float zoom = 0;             // chosen tile side in px; 0 fits all channels into the panel
  NodeId node = kNoNode;      // what was drawn last: a new layer starts fitted and at the top
  int followed_channel = -1;  // the selection that has been scrolled to
  ChannelSort sort = ChannelSort::index;
  ChannelFilter filter = ChannelFilter::all;
  bool typing = false;  // a channel's number is being typed
  std::string typed;

  // What the histogram over the legend was counted from.
  struct Counted {
    std::uint64_t snapshot = 0;
    NodeId node = kNoNode;
    int channel = -1;
    ui::Mapping mapping;
    Histogram histogram;
  };

  Counted counted;
};

void draw(Frame& frame, State& state, MapScaleState& scale);
// A key while this view is on the screen; false when it means nothing here.
bool press(Frame& frame, State& state, MapScaleState& scale, std::string_view key);

// One step of tile size up (+1) or down (-1); 0 fits again.
void zoom(State& state, int step);

// Statistics of each channel of the selected layer.
Table table(const Frame& frame);

}  // namespace lens::feature_maps
