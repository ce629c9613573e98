// SAME padding as TensorFlow defines it: out = ceil(in / stride), and what the windows need beyond
// the input is shared out with the odd pixel at the bottom and right. At stride 2 on an even
// extent nothing is padded at the top: maps from symmetric padding lie half a pixel apart.
// Source: TensorFlow, "Notes on padding"; facts.md 3.8.
#pragma once

#include <algorithm>

namespace lens {

constexpr int same_output(int in, int stride) {
  return (in + stride - 1) / stride;
}

// Pixels padded before the first row (or column) of the input.
constexpr int same_before(int in, int kernel, int stride) {
  const int needed = (same_output(in, stride) - 1) * stride + kernel - in;
  return std::max(needed, 0) / 2;
}

// One window along one axis. Tap k reads input position origin + k; only the taps in [begin, end)
// lie inside the input, the others are padding and are skipped, not multiplied by zero.
struct Window {
  int origin = 0;
  int begin = 0;
  int end = 0;
};

constexpr Window same_window(int out, int in, int kernel, int stride) {
  const int origin = out * stride - same_before(in, kernel, stride);
  return {origin, std::max(0, -origin), std::min(kernel, in - origin)};
}

}  // namespace lens
