// Seeded weights for a graph that has no file: the network runs and its structure and cost are
// real, but it has learned nothing. Say so wherever its answers are shown.
#pragma once

#include <cstdint>

#include "engine/graph.h"
#include "engine/weights.h"

namespace lens {

// Zero-mean, roughly normal filters, scaled so that what goes into every nonlinearity has about
// the same spread (2 units) through the deepest network, as He et al. do for ReLU (arXiv
// 1502.01852, section 2.2), here also for h-swish, gates, residual sums and pools.
// Equal seeds give equal bits on every platform: integer arithmetic, one rounding per weight.
Weights untrained_weights(const Graph& graph, std::uint32_t seed = 1);

}  // namespace lens
