// Numbers as bytes, and the arithmetic on them that the TensorFlow Lite 8-bit quantization
// specification asks for: integer sums, brought to the next scale by a fixed-point multiplication
// with one rounding. Every byte is unsigned here: what a file stores as int8 is shifted by 128,
// zero point and all, which changes no real number. Knows no layers; quantized_model.h does.
// Source: tensorflow.org/lite/performance/quantization_spec; Jacob et al., arXiv 1712.05877.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>

namespace lens {

// real = scale * (byte - zero)
struct Affine {
  float scale = 1.0f;
  int zero = 0;  // 0..255

  float real(int byte) const { return scale * static_cast<float>(byte - zero); }

  bool operator==(const Affine&) const = default;
};

// The byte nearest to a real number, halves away from zero, saturated: the file's QUANTIZE.
// Inline and without std::round(), for which WebAssembly has no instruction: a photo has 150,000
// values. The largest float below a half, added before what follows the point is cut off, rounds as
// a half would but does not lift 0.49999997 to 1.
inline std::uint8_t quantize(float real, const Affine& affine) {
  constexpr float kAlmostHalf = 0x1.fffffep-2f;
  const float value = real / affine.scale;
  const float rounded = std::trunc(value + std::copysign(kAlmostHalf, value));
  const float byte = rounded + static_cast<float>(affine.zero);
  return static_cast<std::uint8_t>(byte > 0 ? std::min(byte, 255.0f) : 0.0f);
}

// A positive real as multiplier / 2^shift, with multiplier in [2^30, 2^31) or 0.
struct FixedPoint {
  std::int32_t multiplier = 0;
  int shift = 1;

  // multiplier / 2^shift.
  double real() const;

  // Off by at most one part in 2^24.
  float nearest_float() const { return static_cast<float>(real()); }
};

// Below 2^-30 it is 0, as the specification has it: the scale of a filter that has died. Nothing
// when the real number is not positive or not below 2^8: no layer has such a ratio of scales.
std::optional<FixedPoint> to_fixed_point(double real);

// value * factor, rounded to the nearest integer, halves up: the specification's requantization in
// its form with a single rounding. |value| < 2^32.
inline std::int64_t multiply(std::int64_t value, FixedPoint factor) {
  const std::int64_t half = std::int64_t{1} << (factor.shift - 1);
  return (value * factor.multiplier + half) >> factor.shift;
}

// How a sum is brought to the output's scale.
enum class Rounding {
  // The specification: multiply() by the fixed-point factor.
  fixed_point,
  // As XNNPACK, and LiteRT with it, does instead: the sum as a float times the factor as a float,
  // to the nearest integer, halves to even. Differs from the specification where a product lies
  // within 1e-4 of the middle between two integers.
  single_float
};

// The bytes that an output may have: a fused activation is a narrower range.
struct ByteRange {
  int low = 0;
  int high = 255;

  std::uint8_t clamp(std::int64_t value) const {
    return static_cast<std::uint8_t>(value < low ? low : value > high ? high : value);
  }

  bool operator==(const ByteRange&) const = default;
};

// ADD: both bytes go to a common scale with 20 bits of fraction, are summed and requantized.
struct AddScales {
  Affine first, second, out;
  ByteRange range;
  FixedPoint first_factor, second_factor, out_factor;
};

std::optional<AddScales> add_scales(const Affine& first, const Affine& second, const Affine& out,
                                    ByteRange range = {});
std::uint8_t add_bytes(int first, int second, const AddScales& scales);

// MUL: the product of the two distances to zero, requantized.
struct MulScales {
  Affine first, second, out;
  ByteRange range;
  FixedPoint factor;
};

std::optional<MulScales> mul_scales(const Affine& first, const Affine& second, const Affine& out,
                                    ByteRange range = {});
std::uint8_t mul_bytes(int first, int second, const MulScales& scales);

// A byte brought to another scale: the file's QUANTIZE between two 8-bit tensors. Nothing when the
// ratio of the scales is out of bounds.
std::optional<std::uint8_t> rescale_byte(int byte, const Affine& from, const Affine& to);

// HARD_SWISH of one byte in the 16-bit fixed-point steps of the TensorFlow Lite reference kernel.
std::uint8_t hard_swish_byte(int byte, const Affine& in, const Affine& out);

// SOFTMAX over bytes: exponentials of the distances to the largest, normalised in float, as
// probability = byte * out.scale. out has in's length.
void softmax_bytes(std::span<const std::uint8_t> in, float in_scale, const Affine& out_scale,
                   std::uint8_t* out);

}  // namespace lens
