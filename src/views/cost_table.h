// What each layer or block costs: MACs, parameters, activation memory and the time it took here.
#pragma once

#include "views/cost_rows.h"

namespace lens::cost_table {

struct State : Order {
  NodeId scrolled_to = kNoNode;  // the selection that has been brought into sight
};

void draw(Frame& frame, State& state);
// The view's own keys: P, G, S: next column to sort by, R: smallest first; false for others.
bool press(State& state, std::string_view key, Commands& commands);

}  // namespace lens::cost_table
