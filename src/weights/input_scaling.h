// How the file's input relates to a pixel's byte, with the scaling that the file itself does first.
#pragma once

#include <optional>
#include <vector>

#include "engine/model.h"
#include "weights/flow.h"

namespace lens {

// A tensor that holds multiplier * input + offset for every element of the file's input.
struct ScaledInput {
  int tensor = -1;
  double multiplier = 1;
  double offset = 0;
};

// The input and every tensor behind it that only scales it: what passes through, and ADD, SUB, MUL,
// DIV by a constant that is the same for all colours.
std::vector<ScaledInput> scaled_inputs(const Flow& flow);

// scale * (byte - zero_point) for the numbers in `read`, the tensor that the first layer reads.
//   uint8 input   the byte itself, by the file's quantization
//   int8 input    the byte minus 128, by the file's quantization
//   float input, scaled in the file   the byte 0..255 when the multiplier is below 0.1, else 0..1
//   float input, quantized in the file to [0, 1] or [0, 255]   that range
//   float input otherwise             [-1, 1], as TF-slim and Keras train all MobileNets
InputScaling input_scaling(const Flow& flow, const ScaledInput& read);

}  // namespace lens
