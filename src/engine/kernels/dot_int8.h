// Four neighbouring products added to each of four sums: signed weights times unsigned inputs, in
// the three ways that engines offer, behind one interface. The kernels are written once on it:
//
//   Sums     four sums in the making     start(bias)   total(sums, bias): bias plus all products
//   Weights  weights(16 bytes)           Inputs  inputs(16 bytes), splat_inputs(4 bytes)
//   kOffset  what is taken off an input before it is multiplied; pack_filter() makes up for it
//   kTilePixels  how many pixels of 8 outputs the vector registers hold
#pragma once

#include "engine/kernels/kernels_int8.h"
#include "engine/simd/i8x16.h"

namespace lens {

// 16-bit products: exact on every machine. A sum is kept in two halves, of two products each.
struct WideDot {
  static constexpr int kOffset = 0;
  static constexpr int kTilePixels = 2;

  struct Sums {
    I32x4 low;   // of outputs 0 and 1
    I32x4 high;  // of outputs 2 and 3
  };

  struct Pair {
    I16x8 low;
    I16x8 high;
  };

  using Weights = Pair;
  using Inputs = Pair;

  static Sums start(const std::int32_t*) { return {simd::splat_word(0), simd::splat_word(0)}; }

  static I32x4 total(const Sums& sums, const std::int32_t* bias) {
    return simd::add(simd::add_neighbours(sums.low, sums.high), simd::load_words(bias));
  }

  static Weights weights(const std::uint8_t* from) {
    return {simd::extend_signed(from), simd::extend_signed(from + 8)};
  }

  static Inputs inputs(I8x16 from) { return {simd::extend_low(from), simd::extend_high(from)}; }

  static Inputs splat_inputs(const std::uint8_t* from) {
    const I16x8 both = simd::extend_low(simd::load_word_splat(from));
    return {both, both};
  }

  static void add(Sums& sums, const Weights& weights, const Inputs& inputs) {
    sums.low = simd::add(sums.low, simd::dot(weights.low, inputs.low));
    sums.high = simd::add(sums.high, simd::dot(weights.high, inputs.high));
  }
};

// The 8-bit product of relaxed SIMD where it reads its second operand as unsigned (x86) or as
// signed (ARM). Product(weights, inputs, sums) is the instruction; tests put models of it here.
template <class Product, bool kSigned>
struct RelaxedDot {
  static constexpr int kOffset = kSigned ? 128 : 0;
  static constexpr int kTilePixels = 6;

  using Sums = I32x4;
  using Weights = I8x16;
  using Inputs = I8x16;

  static Sums start(const std::int32_t* bias) { return simd::load_words(bias); }

  static I32x4 total(Sums sums, const std::int32_t*) { return sums; }

  static Weights weights(const std::uint8_t* from) { return simd::load_bytes(from); }

  static Inputs inputs(I8x16 from) { return kSigned ? simd::flip_signs(from) : from; }

  static Inputs splat_inputs(const std::uint8_t* from) {
    return inputs(simd::load_word_splat(from));
  }

  static void add(Sums& sums, Weights weights, Inputs inputs) {
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
