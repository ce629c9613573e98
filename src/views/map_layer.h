// The layer whose maps are on the screen, with what drawing and naming them needs.
#pragma once

#include <string>

#include "views/channel_order.h"
#include "views/map_scale.h"

namespace lens {

struct MapLayer {
  NodeId id;
  const Node& node;
  TensorView output;
  const NodeStats& stats;
  std::span<const float> gates;  // one per channel, where a squeeze-and-excite block has them
  MapScale scale;
  ui::Texture texture;
  // In which the selected channel is drawn alone.
  MapScale enlarged_scale;
  ui::Texture enlarged_texture;
};

// The selected layer in the run that is shown.
MapLayer map_layer(Frame& frame, MapScaleState& scale);

// "Channel 12", "red", "tiger shark".
std::string channel_name(const Frame& frame, const Node& node, int channel);
// The same where room is short: "ch. 12".
std::string short_channel_name(const Frame& frame, const Node& node, int channel);
// "row 4, column 7:  2.345"
std::string cell_text(const TensorView& output, int channel, int y, int x);

// The pinned cell, if it is one of this node's.
const Pin* pinned(const Frame& frame, NodeId id);

}  // namespace lens
