#include "engine/quantization.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {

namespace {

// Bits of fraction of ADD's common scale: two bytes' distances and a carry still fit 32 bits.
constexpr int kAddFraction = 20;

int saturate16(std::int64_t value) {
  return static_cast<int>(std::clamp<std::int64_t>(value, std::numeric_limits<std::int16_t>::min(),
                                                   std::numeric_limits<std::int16_t>::max()));
}

// 2 * a * b / 2^16, rounded to nearest, halves away from zero.
int doubling_high_product(int a, int b) {
  const int product = a * b;
  const int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
  return saturate16((std::int64_t{product} + nudge) / (1 << 15));
}

// value / 2^bits, rounded to nearest, halves away from zero.
int divide_by_power(int value, int bits) {
  if (bits <= 0) return value;
  const int half = 1 << (bits - 1);
  return value >= 0 ? (value + half) >> bits : -((-value + half) >> bits);
}

// A real number as multiplier / 2^15 * 2^exponent with a 16-bit multiplier.
struct ShortFixedPoint {
  int multiplier;
  int exponent;

  explicit ShortFixedPoint(double real) {
    const double fraction = std::frexp(real, &exponent);
    const auto wide = std::llround(fraction * (1LL << 31));
    multiplier = saturate16((wide + (1 << 15)) >> 16);
    exponent = std::clamp(exponent, -15, 15);
  }
};

// (x + 3) / 6 in 15 bits of fraction, saturated to [0, 1], for x in steps of 1/128 of the input's.
int gate15(int fine, const ShortFixedPoint& to_thirds) {
  int value = fine;
  if (to_thirds.exponent > 0) value = saturate16(std::int64_t{value} << (to_thirds.exponent - 1));
  value = doubling_high_product(value, to_thirds.multiplier);
  if (to_thirds.exponent > 0) value = saturate16(std::int64_t{value} << 1);
  if (to_thirds.exponent < 0) value = divide_by_power(value, -to_thirds.exponent);
  return (value + (1 << 15)) >> 1;
}

}  // namespace

double FixedPoint::real() const {
  return std::ldexp(static_cast<double>(multiplier), -shift);
}

std::optional<FixedPoint> to_fixed_point(double real) {
  if (!(real > 0 && real < std::ldexp(1.0, 8))) return std::nullopt;
  if (real < std::ldexp(1.0, -30)) return FixedPoint{};
  int exponent = 0;
  const double fraction = std::frexp(real, &exponent);  // in [1/2, 1)
  auto multiplier = std::llround(fraction * (1LL << 31));
  if (multiplier == 1LL << 31) {
    multiplier /= 2;
    ++exponent;
  }
  return FixedPoint{static_cast<std::int32_t>(multiplier), 31 - exponent};
}

std::optional<AddScales> add_scales(const Affine& first, const Affine& second, const Affine& out,
                                    ByteRange range) {
  const double common = 2.0 * std::max(first.scale, second.scale);
  const auto first_factor = to_fixed_point(first.scale / common);
  const auto second_factor = to_fixed_point(second.scale / common);
  const auto out_factor = to_fixed_point(std::ldexp(common / out.scale, -kAddFraction));
  if (!first_factor || !second_factor || !out_factor) return std::nullopt;
  return AddScales{first, second, out, range, *first_factor, *second_factor, *out_factor};
}

std::uint8_t add_bytes(int first, int second, const AddScales& scales) {
  const std::int64_t one = 1 << kAddFraction;
  const std::int64_t sum = multiply((first - scales.first.zero) * one, scales.first_factor) +
                           multiply((second - scales.second.zero) * one, scales.second_factor);
  return scales.range.clamp(multiply(sum, scales.out_factor) + scales.out.zero);
}

std::optional<MulScales> mul_scales(const Affine& first, const Affine& second, const Affine& out,
                                    ByteRange range) {
  const auto factor = to_fixed_point(double{first.scale} * second.scale / out.scale);
  if (!factor) return std::nullopt;
  return MulScales{first, second, out, range, *factor};
}

std::uint8_t mul_bytes(int first, int second, const MulScales& scales) {
  const int product = (first - scales.first.zero) * (second - scales.second.zero);
  return scales.range.clamp(multiply(product, scales.factor) + scales.out.zero);
}

std::optional<std::uint8_t> rescale_byte(int byte, const Affine& from, const Affine& to) {
  const auto factor = to_fixed_point(double{from.scale} / to.scale);
  if (!factor) return std::nullopt;
  return ByteRange{}.clamp(multiply(byte - from.zero, *factor) + to.zero);
}

std::uint8_t hard_swish_byte(int byte, const Affine& in, const Affine& out) {
  constexpr int kFineSteps = 128;  // 9 bits of distance become 16
  const double fine_scale = double{in.scale} / kFineSteps;
  const ShortFixedPoint to_out(fine_scale / out.scale);
  const ShortFixedPoint to_thirds(fine_scale / (3.0 / 32768));
  const int fine = saturate16((byte - in.zero) * kFineSteps);
  const int scaled = doubling_high_product(fine, to_out.multiplier);
  // The gate's product is truncated, not rounded; the rounding comes with the shift.
  const int product = saturate16(std::int64_t{gate15(fine, to_thirds)} * scaled / (1 << 15));
  const int shifted = divide_by_power(product, std::max(-to_out.exponent, 0));
  return ByteRange{}.clamp(std::int64_t{shifted} + out.zero);
}

void softmax_bytes(std::span<const std::uint8_t> in, float in_scale, const Affine& out_scale,
                   std::uint8_t* out) {
  const int largest = *std::max_element(in.begin(), in.end());
  std::array<float, 256> exponentials;  // by distance to the largest
  for (int distance = 0; distance < 256; ++distance) {
    exponentials[static_cast<std::size_t>(distance)] =
        std::exp(-in_scale * static_cast<float>(distance));
  }
  float sum = 0;
  for (const std::uint8_t byte : in) sum += exponentials[static_cast<std::size_t>(largest - byte)];
  for (std::size_t i = 0; i < in.size(); ++i) {
    out[i] = quantize(exponentials[static_cast<std::size_t>(largest - in[i])] / sum, out_scale);
  }
}

}  // namespace lens
