#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "engine/kernels/dot_int8.h"
#include "engine/kernels/kernels_int8.h"

namespace lens {

namespace {

constexpr int kOutputs = 8;

int round_up(int count, int to) {
  return (count + to - 1) / to * to;
}

// What is taken off each input before it is multiplied.
int offset_of(DotProduct dot) {
  return dot == DotProduct::relaxed_signed ? 128 : 0;
}

// One number of the packed layout: 4 neighbouring inputs of 4 outputs are one vector.
std::size_t place(int quad_of_inputs, int input, int output) {
  const int panel = quad_of_inputs * kOutputs * 4;
  return static_cast<std::size_t>(panel + output * 4 + input);
}

// conv and dense: the weights as they are; their zero point is subtracted by input sums.
void pack_matrix(const FilterShape& shape, const ByteFilter& filter, PackedBytes& packed) {
  const int depth = shape.kernel * shape.kernel * shape.in;
  const int words = round_up(depth, 4) / 4;
  packed.weights.resize(static_cast<std::size_t>(words * 4 * round_up(shape.out, kOutputs)));
  for (int i = 0; i < depth; ++i) {
    for (int c = 0; c < shape.out; ++c) {
      const int quad = c / kOutputs * words + i / 4;
      packed.weights[place(quad, i % 4, c % kOutputs)] =
          static_cast<std::uint8_t>(filter.weights[static_cast<std::size_t>(i * shape.out + c)]);
    }
  }
}

// depthwise: the distances to the zero point, in 9 bits: 8 in weights, what is beyond in rest.
void pack_columns(const FilterShape& shape, const ByteFilter& filter, PackedBytes& packed) {
  const int quads = round_up(shape.kernel, 4) / 4;
  const auto size =
      static_cast<std::size_t>(quads * 4 * shape.kernel * round_up(shape.out, kOutputs));
  packed.weights.resize(size);
  packed.rest.resize(size);
  bool needs_rest = false;
  for (int tap = 0; tap < shape.kernel * shape.kernel; ++tap) {
    const int ky = tap / shape.kernel;
    const int kx = tap % shape.kernel;
    for (int c = 0; c < shape.out; ++c) {
      const int distance =
          filter.weights[static_cast<std::size_t>(tap * shape.out + c)] - filter.zero;
      const int low = std::clamp(distance, -128, 127);
      const int quad = (c / kOutputs * shape.kernel + kx) * quads + ky / 4;
      const std::size_t at = place(quad, ky % 4, c % kOutputs);
      packed.weights[at] = static_cast<std::uint8_t>(low);
      packed.rest[at] = static_cast<std::uint8_t>(distance - low);
      needs_rest = needs_rest || distance != low;
    }
  }
  if (!needs_rest) packed.rest.clear();
}

// With a' = in - offset: sum of (in - in_zero) * w = sum of a' * w - (in_zero - offset) * sum of w.
void pack_bias(const FilterShape& shape, const ByteFilter& filter, PackedBytes& packed) {
  const auto outputs = static_cast<std::size_t>(shape.out);
  const auto padded = static_cast<std::size_t>(round_up(shape.out, kOutputs));
  packed.bias.assign(padded, 0);
  packed.factors.assign(padded, 0.0f);
  packed.bounded = true;
  for (std::size_t c = 0; c < outputs; ++c) {
    std::int64_t sum = 0;
    double largest = std::abs(static_cast<double>(filter.bias[c]));
    for (std::size_t at = c; at < filter.weights.size(); at += outputs) {
      const int distance = filter.weights[at] - filter.zero;
      sum += distance;
      largest += 255.0 * std::abs(distance);
    }
    const std::int64_t zero = filter.in_zero - offset_of(packed.dot);
    packed.bias[c] = static_cast<std::int32_t>(filter.bias[c] - zero * sum);
    packed.factors[c] = filter.rounding == Rounding::fixed_point ? filter.factors[c].nearest_float()
                                                                 : filter.float_factors[c];
    packed.bounded = packed.bounded && largest * packed.factors[c] < 1 << 20;
  }
}

}  // namespace

PackedBytes pack_filter(Op op, const FilterShape& shape, const ByteFilter& filter, DotProduct dot) {
  assert(filter.weights.size() == shape.count());
  assert(filter.bias.size() == static_cast<std::size_t>(shape.out));
  assert(filter.factors.size() == filter.bias.size());
  assert(filter.float_factors.size() == filter.bias.size());
  PackedBytes packed;
  packed.dot = dot;
  if (op == Op::depthwise) {
    pack_columns(shape, filter, packed);
  } else {
    pack_matrix(shape, filter, packed);
  }
  pack_bias(shape, filter, packed);
  return packed;
}

DotProduct probe_dot_product() {
#if defined(__wasm_relaxed_simd__)
  return classify_dot_product(EngineDot());
#else
  return DotProduct::wide;
#endif
}

}  // namespace lens
