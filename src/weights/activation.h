// Which activation a file applies to what a layer writes. Files say it in many ways: fused into
// the layer, as operators of their own, spelled out as add, clamp and multiply, or only in the
// range that an 8-bit output can hold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/graph.h"
#include "weights/flow.h"

namespace lens {

struct ActivationMatch {
  int tensor = -1;       // holds the activated values
  std::vector<int> ops;  // the operators between, in order; empty when fused or in the range
};

// Looks for `wanted` behind the operator `op`; nothing when the file does something else there.
//   relu, relu6    fused, RELU / RELU6, or an 8-bit output whose range begins at 0 (and ends at 6)
//   hard_swish     HARD_SWISH, or x * relu6(x + 3) / 6 in any order of its multiplications
//   hard_sigmoid   relu6(x + 3) / 6, as ADD and MUL or DIV; the clamp fused, RELU6, or in the range
// arXiv 1905.02244, section 5.2, defines the last two.
std::optional<ActivationMatch> find_activation(const Flow& flow, int op, Activation wanted);

// What the file does behind the operator, for messages: "relu6", "HARD_SWISH", "linear".
std::string describe_activation(const Flow& flow, int op);

}  // namespace lens
