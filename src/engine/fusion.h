// What one kernel computes along with what it is called for.
#pragma once

#include <vector>

#include "engine/graph.h"
#include "engine/intervention.h"
#include "engine/precision.h"

namespace lens {

// True where the projection `id` of an inverted residual (MobileNetV2, arXiv 1801.04381, section 3)
// is computed together with the sum behind it: while an output is in a register its residual is
// added, and both are written. The two share one time, the projection's. Not in int8, where a sum
// is requantized, and not where an intervention changes one of the two.
bool is_fused_with_next(const Graph& graph, NodeId id, Precision precision,
                        const std::vector<Intervention>& interventions);

}  // namespace lens
