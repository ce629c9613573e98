// The parts of the view "One value": the maps around it, its terms (as grids where a window is
// read, as a list where channels are mixed), and the last steps to the value.
#pragma once

#include "views/cell.h"

namespace lens::cell {

// A convolution over more than one cell: told as grids.
bool reads_window(const Node& node);

// The map that is read, and the layer's own to point at; what has no extent is left out.
void draw_maps(Frame& frame, State& state, const Place& place, const Explanation& why,
               MapScaleState& scale);
// Convolutions over a window: one row of grids for a depthwise one, one per input channel else.
void draw_window(Frame& frame, const Place& place, const Explanation& why, ImVec2 size);
// A depthwise kernel alone, as colours.
void draw_kernel(const Frame& frame, const Place& place, const Explanation& why, float side);
// What a term of a node comes to: "0.500 × 2.000 = 1.000", "6.000 ÷ 49 = 0.122". `all` are the
// terms of the value.
std::string arithmetic(const Node& node, const Term& term, std::span<const Term> all);
// Strongest terms first, each with the map it comes from; a click goes there.
void draw_recipe(Frame& frame, State& state, const Place& place, const Explanation& why,
                 ImVec2 size);
// Page up and page down choose a term of the list, Enter goes to it.
bool press_recipe(Frame& frame, State& state, const Place& place, std::string_view key);
// products + bias = sum -> activation -> value, as the node's operation has it.
void draw_equation(const Frame& frame, const Place& place, const Explanation& why);
float equation_height(const ui::Theme& theme);

}  // namespace lens::cell
