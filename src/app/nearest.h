// The layer of another model that corresponds best to one of this: switching versions keeps the
// reader's place.
#pragma once

#include "engine/graph.h"

namespace lens {

// Same role counts most, then the same resolution, then the same relative depth.
NodeId nearest_node(const Graph& from, NodeId id, const Graph& to);

// Where a visit begins: the first depthwise output, which shows the photo and the idea at once.
NodeId first_choice(const Graph& graph);

}  // namespace lens
