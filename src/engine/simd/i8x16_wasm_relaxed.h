// i8x16.h on WebAssembly with relaxed SIMD: as i8x16_wasm.h, with the 8-bit dot product. What the
// product makes of inputs above 127 is the machine's own; probe_dot_product() asks it.
#pragma once

#include "engine/simd/f32x4_wasm_relaxed.h"
#include "engine/simd/i8x16_wasm.h"

namespace lens::simd_wasm_relaxed {

using simd_wasm::add;
using simd_wasm::any_above;
using simd_wasm::any_set;
using simd_wasm::bits;
using simd_wasm::clamp;
using simd_wasm::computed_here;
using simd_wasm::differing;
using simd_wasm::dot;
using simd_wasm::either;
using simd_wasm::extend_bytes;
using simd_wasm::extend_high;
using simd_wasm::extend_low;
using simd_wasm::flip_signs;
using simd_wasm::I16x8;
using simd_wasm::I32x4;
using simd_wasm::I8x16;
using simd_wasm::interleave_high;
using simd_wasm::interleave_low;
using simd_wasm::interleave_pairs_high;
using simd_wasm::interleave_pairs_low;
using simd_wasm::interleave_words_high;
using simd_wasm::interleave_words_low;
using simd_wasm::load_bytes;
using simd_wasm::load_bytes8;
using simd_wasm::load_pair_splat;
using simd_wasm::load_shorts;
using simd_wasm::load_word_splat;
using simd_wasm::load_words;
using simd_wasm::magnitude;
using simd_wasm::narrow;
using simd_wasm::splat_byte;
using simd_wasm::splat_word;
using simd_wasm::store_bytes;
using simd_wasm::store_bytes8;
using simd_wasm::store_bytes8_high;
using simd_wasm::store_shorts;
using simd_wasm::store_words;
using simd_wasm::sub;
using simd_wasm::to_float;
using simd_wasm::widen;

inline I32x4 relaxed_dot(I8x16 weights, I8x16 inputs, I32x4 sums) {
  return {wasm_i32x4_relaxed_dot_i8x16_i7x16_add(weights.lanes, inputs.lanes, sums.lanes)};
}

}  // namespace lens::simd_wasm_relaxed
