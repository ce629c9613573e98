// Sixteen bytes at once, and the 16- and 32-bit lanes that their products need. As in f32x4.h one
// backend is chosen at compile time; all give the same integers.
//
//   I8x16   load_bytes, load_bytes8 (the upper half zero), load_word_splat (4 bytes), splat_byte
//           store_bytes, store_bytes8, store_bytes8_high (a half), flip_signs (each byte ^ 0x80)
//           interleave_low/high (bytes), interleave_pairs_... (of bytes), interleave_words_... (4)
//           clamp(a, low, high) as unsigned bytes
//   I16x8   extend_bytes (8 unsigned bytes in memory), extend_low/high(I8x16), load_shorts,
//           store_shorts, load_pair_splat (2 numbers), interleave_low/high
//   I32x4   load_words, store_words, splat_word, add, sub, widen(I8x16, quarter)
//           dot(I16x8, I16x8): the products of neighbours, summed
//           computed_here (the same, and not later)
//           differing (bits), either (of two has a bit), any_set (bit of all)
//   narrow(I32x4, I32x4): 8 numbers saturated to 16 bits
//   narrow(I16x8, I16x8): 16 numbers saturated to 0..255
//   to_float, bits (of floats as integers), magnitude, sub, any_above(a, limit) on F32x4
//   relaxed_dot(weights, inputs, sums), with relaxed SIMD alone: each sum plus four products
#pragma once

#include "engine/simd/f32x4.h"

#if defined(__wasm_relaxed_simd__)
#include "engine/simd/i8x16_wasm_relaxed.h"
#elif defined(__wasm_simd128__)
#include "engine/simd/i8x16_wasm.h"
#elif defined(__SSE2__)
#include "engine/simd/i8x16_sse.h"
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include "engine/simd/i8x16_neon.h"
#else
#include "engine/simd/i8x16_scalar.h"
#endif

namespace lens {
using simd::I16x8;
using simd::I32x4;
using simd::I8x16;
}  // namespace lens
