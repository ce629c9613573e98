// Sixteen bytes at once, and the 16- and 32-bit lanes that their products need. As in f32x4.h one
// backend is chosen at compile time; all give the same integers.
//
//   I8x16   load_bytes, load_bytes8 (the upper half zero), load_word_splat (4 bytes), splat_byte
//           store_bytes, store_bytes8 (the lower half), flip_signs (each byte ^ 0x80)
//           interleave_low/high (bytes), interleave_pairs_low/high (pairs of bytes)
//           clamp(a, low, high) as unsigned bytes
//   I16x8   extend_signed(8 bytes in memory), extend_low/high (unsigned bytes)
//   I32x4   load_words, store_words, splat_word, add, sub; dot(I16x8, I16x8): products of
//   neighbours, summed;
//           add_neighbours(a, b): a0 + a1, a2 + a3, b0 + b1, b2 + b3; widen(I8x16, quarter)
//   pack(I32x4, I32x4, zero)   8 bytes: saturated to 16 bits, plus zero, saturated to 0..255
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
