// Above the cost table: the totals, the shares of each type of layer, and the measuring.
#pragma once

#include "views/frame.h"

namespace lens::cost_table {

void draw_header(Frame& frame);

// What the times are: "ms: median of 11 runs, this browser, SIMD128, 1 thread".
std::string method(const Frame& frame);
// In place of any share or ratio of times, until they have been measured; `button` says where.
std::string not_measured(const char* button = "\"Measure\"");
// The button that measures and, while it does, how far it has come.
void draw_measuring(Frame& frame);

}  // namespace lens::cost_table
