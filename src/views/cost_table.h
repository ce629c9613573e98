// What each layer costs: MACs, parameters, activation memory and the time it took here.
#pragma once

#include "views/frame.h"

namespace lens::cost_table {

struct State {
  NodeId scrolled_to = kNoNode;  // the selection that has been brought into sight
  int sorted_by = -1;            // a column, or -1: the order of the network
  bool descending = true;
};

void draw(Frame& frame, State& state);

// A row per layer: name, op, shape, MACs, parameters, bytes, ms.
Table table(const Frame& frame);

}  // namespace lens::cost_table
