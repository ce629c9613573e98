// The selected channel beside the grid: its map, its numbers, what can be done with it.
#pragma once

#include "views/map_layer.h"

namespace lens {

void channel_detail(Frame& frame, const MapLayer& layer, ImVec2 size);

}  // namespace lens
