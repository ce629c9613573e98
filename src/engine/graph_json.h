// A node as the page and the module tell it to JavaScript: names, shape and kind.
#pragma once

#include "base/json.h"
#include "engine/graph.h"

namespace lens {

// [h, w, c] under "shape".
void write_shape(JsonWriter& json, const Shape& shape);

// The members of a node, into an object that the caller has begun and ends.
void write_node(JsonWriter& json, const Graph& graph, NodeId id);

}  // namespace lens
