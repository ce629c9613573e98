// A network cut where its resolution changes: how versions are laid side by side.
#pragma once

#include <vector>

#include "cost/cost.h"

namespace lens {

struct Stage {
  int extent = 0;              // pixels of the maps that its layers make; 1 after the last pool
  std::vector<NodeId> layers;  // those with weights, in the order in which they run
  Cost cost;                   // of all its nodes
};

// Largest resolution first. Squeeze-and-excitation belongs to its block's resolution, although its
// layers work on one pixel. The stages' costs add up to the network's.
std::vector<Stage> stages_of(const Graph& graph);

}  // namespace lens
