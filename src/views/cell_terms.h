// The terms of one value, drawn: as grids where a window is read (patch x kernel = products), as a
// list where channels are mixed.
#pragma once

#include "views/cell.h"

namespace lens::cell {

// Convolutions over a window: one row of grids for a depthwise one, one per input channel else.
void draw_window(Frame& frame, const Place& place, const Explanation& why, ImVec2 size);
// A depthwise kernel alone, as colours.
void draw_kernel(const Frame& frame, const Place& place, const Explanation& why, float side);
// Strongest terms first, each with the map it comes from; a click goes there.
void draw_recipe(Frame& frame, const State& state, const Explanation& why, ImVec2 size);
// products + bias = sum -> activation -> value, as the node's operation has it.
void draw_equation(const Frame& frame, const Place& place, const Explanation& why);

}  // namespace lens::cell
