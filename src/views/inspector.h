// The right-hand column: what the network sees, what it says, and the numbers of the selected
// layer.
#pragma once

#include <string>

#include "engine/explain.h"
#include "views/frame.h"

namespace lens::inspector {

// "25 × 25 px": the part of a receptive field that lies on the photo, or that squeeze-and-excite
// has let a value of the node see all of it.
std::string field_text(const Graph& graph, const Box& field, NodeId id);

void draw(Frame& frame);

}  // namespace lens::inspector
