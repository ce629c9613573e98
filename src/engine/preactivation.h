// What a layer's activation is applied to, for all of its cells at once (explain.h has one cell
// with its terms): the layer is run again without the activation.
#pragma once

#include "engine/snapshot.h"

namespace lens {

// Bias plus products of a conv, depthwise or dense node (asserted), from the inputs that it had in
// this snapshot. Takes as long as the layer itself.
Tensor preactivations(const Snapshot& snapshot, NodeId id);

}  // namespace lens
