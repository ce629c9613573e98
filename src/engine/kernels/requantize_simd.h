// Eight sums to eight bytes. The specification's 64-bit product is slow in vectors, so it is
// estimated in floats: sum * factor, rounded. The estimate is off by less than kTieMargin, so it
// rounds as the exact product does unless it lies that close to the middle between two integers;
// those few (one in 4,000) are computed again, exactly. The bytes are the reference's in any case.
//
// Why kTieMargin suffices: a sum as a float, its factor as a float and their product are each off
// by at most one part in 2^24. Up to 512 that is 9e-5 together, below 2^-13; beyond 512 the byte is
// saturated whatever the rounding does.
//
// Rounding::single_float is the estimate itself: no distance is too close there.
#pragma once

#include "engine/quantization.h"
#include "engine/simd/i8x16.h"

namespace lens {

constexpr float kTieMargin = 1.0f / 8192;

// The distance to the chosen integer above which an estimate is computed again.
constexpr float exact_beyond(Rounding rounding, float margin = kTieMargin) {
  return rounding == Rounding::fixed_point ? 0.5f - margin : 1.0f;
}

// A float that has 1 as its last bit's value, so that adding it rounds to an integer, halves to
// even, and leaves that integer in the low bits. For numbers below 2^22 in size.
constexpr float kRoundingShift = 12582912.0f;  // 1.5 * 2^23
constexpr std::int32_t kRoundingShiftBits = 0x4b400000;

struct Estimate {
  I16x8 numbers;   // saturated to 16 bits; narrow() makes bytes of them
  F32x4 distance;  // the larger one, lane by lane, of the two distances to the integers chosen

  I8x16 bytes() const { return simd::narrow(numbers, numbers); }  // eight, twice

  bool beyond(F32x4 limit) const { return simd::any_above(distance, limit); }
};

// round(low), round(high), plus zero. Both below 2^22 in size.
inline Estimate round_all(F32x4 low, F32x4 high, int zero) {
  const F32x4 shift = simd::splat(kRoundingShift);
  const I32x4 shift_bits = simd::splat_word(kRoundingShiftBits - zero);
  const F32x4 low_shifted = simd::add(low, shift);
  const F32x4 high_shifted = simd::add(high, shift);
  const F32x4 low_rest = simd::sub(low, simd::sub(low_shifted, shift));
  const F32x4 high_rest = simd::sub(high, simd::sub(high_shifted, shift));
  return {simd::narrow(simd::sub(simd::bits(low_shifted), shift_bits),
                       simd::sub(simd::bits(high_shifted), shift_bits)),
          simd::max(simd::magnitude(low_rest), simd::magnitude(high_rest))};
}

}  // namespace lens
