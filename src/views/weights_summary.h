// What a layer's weights say, in one sentence: a pass over all of them.
#pragma once

#include <string>

#include "engine/weights.h"

namespace lens::weights {

std::string takeaway(const Graph& graph, NodeId id, const NodeWeights& weights);

}  // namespace lens::weights
