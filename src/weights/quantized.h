// The integers of 8-bit TFLite files on our graph, nothing dequantized: what
// engine/quantized_model.h computes with.
#pragma once

#include "base/result.h"
#include "engine/quantized_model.h"
#include "weights/match.h"

namespace lens {

// Fails when the files do not compute in bytes throughout, or in a way that the engine has not; the
// message names our layer, what was expected and what was found. The float weights may serve all
// the same.
Result<QuantizedWeights> quantized_weights(const Graph& graph, const Match& match);

}  // namespace lens
