// Padding as files spell it out, beside TensorFlow's SAME, which the engine computes.
#pragma once

#include <optional>
#include <string>

#include "engine/tensor.h"
#include "weights/flow.h"

namespace lens {

// Pixels added on each side.
struct Padding {
  int top = 0;
  int bottom = 0;
  int left = 0;
  int right = 0;

  bool operator==(const Padding&) const = default;

  // Padded, and alike on opposite sides: how PyTorch pads, and SAME at stride 1.
  bool is_symmetric() const { return top > 0 && top == bottom && left == right; }
};

// What SAME means for an input of that shape; see engine/padding.h.
Padding same_padding(const Shape& in, int kernel, int stride);

// What a PAD operator adds; nothing when it is not constant or pads batch or channels.
std::optional<Padding> padding_of(const Flow& flow, int pad);

// "(0, 1) rows and (0, 1) columns", each before and after.
std::string describe(const Padding& padding);

}  // namespace lens
