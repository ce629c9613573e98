// A node as the page and the module tell it to JavaScript: names, shape and kind.
#pragma once

#include "base/json.h"
#include "engine/graph.h"
#include "engine/snapshot.h"

namespace lens {

// [h, w, c] under "shape".
void write_shape(JsonWriter& json, const Shape& shape);

// The members of a node, into an object that the caller has begun and ends.
void write_node(JsonWriter& json, const Graph& graph, NodeId id);

// The milliseconds that a node took under "ms": null before a run (no snapshot), and where the time
// is in that of the node before it.
void write_ms(JsonWriter& json, const Snapshot* run, NodeId id);

}  // namespace lens
