// Eight numbers to eight bytes. The specification's 64-bit product is slow in vectors, so it is
// estimated in floats, and the few estimates that lie too close to the middle between two integers
// are computed again, exactly. The bytes are the reference's in any case. Two ways to find those
// few:
//
// A layer's sums (bracket) are multiplied by two factors, kBracket below the exact one and above. A
// sum as a float, each factor as a float and the product are off by at most one part in 2^24 each,
// three together, and kBracket is four: the exact product lies between the two. Where both round to
// the same integer, so does it, whatever the rule for halves; one in 4,000 does not.
//
// An add's or a channel_scale's numbers (round_all) are estimated once, and looked at for the
// distance to the integer chosen. The estimate is off by less than kTieMargin: up to 512 three
// parts in 2^24 are 9e-5, below 2^-13; beyond 512 the byte is saturated whatever the rounding does.
#pragma once

#include "engine/kernels/inline.h"
#include "engine/quantization.h"
#include "engine/simd/i8x16.h"

namespace lens {

constexpr float kTieMargin = 1.0f / 8192;

// How far, in proportion, the two factors of a bracket are from the exact one.
constexpr double kBracket = 1.0 / (1 << 22);

inline float below(double factor) {
  return static_cast<float>(factor * (1 - kBracket));
}

inline float above(double factor) {
  return static_cast<float>(factor * (1 + kBracket));
}

// The distance to the chosen integer above which an estimate is computed again.
constexpr float exact_beyond(float margin) {
  return 0.5f - margin;
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
  const F32x4 shift = simd::constant(kRoundingShift);
  const I32x4 shift_bits = simd::splat_word(kRoundingShiftBits - zero);
  const F32x4 low_shifted = simd::add(low, shift);
  const F32x4 high_shifted = simd::add(high, shift);
  const F32x4 low_rest = simd::sub(low, simd::sub(low_shifted, shift));
  const F32x4 high_rest = simd::sub(high, simd::sub(high_shifted, shift));
  return {simd::narrow(simd::sub(simd::bits(low_shifted), shift_bits),
                       simd::sub(simd::bits(high_shifted), shift_bits)),
          simd::max(simd::magnitude(low_rest), simd::magnitude(high_rest))};
}

struct Bracketed {
  I16x8 numbers;    // saturated to 16 bits; right where nothing differs
  I32x4 differing;  // bits that are set where the two estimates round apart
};

// round(low * factor), round(high * factor), plus zero, for a factor between below and above. Both
// products below 2^22 in size. shift: kRoundingShift; shift_bits: kRoundingShiftBits - zero.
LENS_ALWAYS_INLINE inline Bracketed bracket(I32x4 low, I32x4 high, const F32x4* below,
                                            const F32x4* above, F32x4 shift, I32x4 shift_bits) {
  const F32x4 low_sum = simd::to_float(low);
  const F32x4 high_sum = simd::to_float(high);
  const I32x4 low_one = simd::bits(simd::madd(low_sum, below[0], shift));
  const I32x4 high_one = simd::bits(simd::madd(high_sum, below[1], shift));
  const I32x4 low_other = simd::bits(simd::madd(low_sum, above[0], shift));
  const I32x4 high_other = simd::bits(simd::madd(high_sum, above[1], shift));
  return {simd::narrow(simd::sub(low_one, shift_bits), simd::sub(high_one, shift_bits)),
          simd::either(simd::differing(low_one, low_other), simd::differing(high_one, high_other))};
}

}  // namespace lens
