// Neighbouring products added to each of four sums: signed weights times unsigned inputs, in the
// three ways that engines offer, behind one interface. The kernels are written once on it:
//
//   kNeighbours      how many products go into one sum at once
//   Weight, Input    what lies in memory; Vector: what is multiplied
//   packed(bytes)    a layer's weights, packed for it
//   weights(from)    4 x kNeighbours of them
//   splat_inputs(from)         kNeighbours of one pixel, for all four sums
//   columns(rows, low, high)   8 channels of kNeighbours rows, those of a channel side by side
//   kOffset          what is taken off an input first; pack_filter() makes up for it
//   kTilePixels      how many pixels of 8 outputs the vector registers hold
#pragma once

#include "engine/kernels/inline.h"
#include "engine/kernels/kernels_int8.h"
#include "engine/simd/i8x16.h"

namespace lens {

// 16-bit products: exact on every machine.
struct WideDot {
  static constexpr int kNeighbours = 2;
  static constexpr int kOffset = 0;
  static constexpr int kTilePixels = 4;

  using Weight = std::int16_t;
  using Input = std::int16_t;
  using Vector = I16x8;

  static const Weight* packed(const PackedBytes& from) { return from.shorts.data(); }

  LENS_ALWAYS_INLINE static Vector weights(const Weight* from) { return simd::load_shorts(from); }

  LENS_ALWAYS_INLINE static Vector splat_inputs(const Input* from) {
    return simd::load_pair_splat(from);
  }

  LENS_ALWAYS_INLINE static void columns(const std::uint8_t* const* rows, Vector& low,
                                         Vector& high) {
    const I16x8 first = simd::extend_bytes(rows[0]);
    const I16x8 second = simd::extend_bytes(rows[1]);
    low = simd::interleave_low(first, second);
    high = simd::interleave_high(first, second);
  }

  LENS_ALWAYS_INLINE static void add(I32x4& sums, Vector weights, Vector inputs) {
    sums = simd::add(sums, simd::dot(weights, inputs));
  }
};

// The 8-bit product of relaxed SIMD where it reads its second operand as unsigned (x86) or as
// signed (ARM). Product(weights, inputs, sums) is the instruction; tests put models of it here.
template <class Product, bool kSigned>
struct RelaxedDot {
  static constexpr int kNeighbours = 4;
  static constexpr int kOffset = kSigned ? 128 : 0;
  static constexpr int kTilePixels = 6;

  using Weight = std::uint8_t;
  using Input = std::uint8_t;
  using Vector = I8x16;

  static const Weight* packed(const PackedBytes& from) { return from.weights.data(); }

  LENS_ALWAYS_INLINE static Vector weights(const Weight* from) { return simd::load_bytes(from); }

  LENS_ALWAYS_INLINE static Vector inputs(I8x16 from) {
    return kSigned ? simd::flip_signs(from) : from;
  }

  LENS_ALWAYS_INLINE static Vector splat_inputs(const Input* from) {
    return inputs(simd::load_word_splat(from));
  }

  LENS_ALWAYS_INLINE static void columns(const std::uint8_t* const* rows, Vector& low,
                                         Vector& high) {
    const I8x16 upper =
        simd::interleave_low(simd::load_bytes8(rows[0]), simd::load_bytes8(rows[1]));
    const I8x16 lower =
        simd::interleave_low(simd::load_bytes8(rows[2]), simd::load_bytes8(rows[3]));
    low = inputs(simd::interleave_pairs_low(upper, lower));
    high = inputs(simd::interleave_pairs_high(upper, lower));
  }

  LENS_ALWAYS_INLINE static void add(I32x4& sums, Vector weights, Vector inputs) {
    sums = Product()(weights, inputs, sums);
  }
};

// What a dot product makes of inputs above 127: signed, unsigned, or neither without a fault. The
// two pairs of largest products saturate where pairs are summed in 16 bits.
template <class Product>
DotProduct classify_dot_product(Product product) {
  const auto lane = [&](int weight, int input) {
    const I32x4 sums =
        product(simd::splat_byte(weight), simd::splat_byte(input), simd::splat_word(7));
    std::int32_t lanes[4];
    simd::store_words(lanes, sums);
    return lanes[2];
  };
  const auto reads = [&](int input, int as) {
    return lane(127, input) == 7 + 4 * 127 * as && lane(-128, input) == 7 - 4 * 128 * as;
  };
  if (reads(255, 255) && reads(128, 128) && reads(127, 127)) return DotProduct::relaxed_unsigned;
  if (reads(255, -1) && reads(128, -128) && reads(127, 127)) return DotProduct::relaxed_signed;
  return DotProduct::wide;
}

#if defined(__wasm_relaxed_simd__)
// The engine's own instruction.
struct EngineDot {
  I32x4 operator()(I8x16 weights, I8x16 inputs, I32x4 sums) const {
    return simd::relaxed_dot(weights, inputs, sums);
  }
};
#endif

// f.template operator()<Dot>() for the way that a model is packed for.
template <class F>
void with_dot_product([[maybe_unused]] DotProduct dot, F f) {
#if defined(__wasm_relaxed_simd__)
  if (dot == DotProduct::relaxed_unsigned) {
    return f.template operator()<RelaxedDot<EngineDot, false>>();
  }
  if (dot == DotProduct::relaxed_signed) {
    return f.template operator()<RelaxedDot<EngineDot, true>>();
  }
#endif
  f.template operator()<WideDot>();
}

}  // namespace lens
