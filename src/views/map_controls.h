// Above and below the maps: which channels, in which order and colours; the scale in numbers.
#pragma once

#include "views/feature_maps.h"

namespace lens::feature_maps {

// The channels on the screen, in their order. A sort by gates falls back where there are none.
std::vector<int> shown_channels(const State& state, const MapLayer& layer);
ChannelSort effective_sort(const State& state, const MapLayer& layer);

void draw_controls(Frame& frame, State& state, MapScaleState& scale, const MapLayer& layer);
void draw_footer(Frame& frame, State& state, const MapLayer& layer);

// A key for the number that is being typed; true when it was one.
bool type_channel(Frame& frame, State& state, std::string_view key);

}  // namespace lens::feature_maps
