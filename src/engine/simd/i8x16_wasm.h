// i8x16.h on WebAssembly SIMD128.
#pragma once

#include <wasm_simd128.h>

#include <cstdint>

#include "engine/simd/f32x4_wasm.h"

namespace lens::simd_wasm {

struct I8x16 {
  v128_t lanes;
};

struct I16x8 {
  v128_t lanes;
};

struct I32x4 {
  v128_t lanes;
};

inline I8x16 load_bytes(const void* from) {
  return {wasm_v128_load(from)};
}

inline I8x16 load_bytes8(const void* from) {
  return {wasm_v128_load64_zero(from)};
}

inline I8x16 load_word_splat(const void* from) {
  return {wasm_v128_load32_splat(from)};
}

inline I8x16 splat_byte(int value) {
  return {wasm_i8x16_splat(static_cast<std::int8_t>(value))};
}

inline void store_bytes(void* to, I8x16 a) {
  wasm_v128_store(to, a.lanes);
}

inline void store_bytes8(void* to, I8x16 a) {
  wasm_v128_store64_lane(to, a.lanes, 0);
}

inline void store_bytes8_high(void* to, I8x16 a) {
  wasm_v128_store64_lane(to, a.lanes, 1);
}

inline I8x16 flip_signs(I8x16 a) {
  return {wasm_v128_xor(a.lanes, wasm_i8x16_splat(-128))};
}

inline I8x16 interleave_low(I8x16 a, I8x16 b) {
  return {
      wasm_i8x16_shuffle(a.lanes, b.lanes, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)};
}

inline I8x16 interleave_high(I8x16 a, I8x16 b) {
  return {wasm_i8x16_shuffle(a.lanes, b.lanes, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30,
                             15, 31)};
}

inline I8x16 interleave_pairs_low(I8x16 a, I8x16 b) {
  return {wasm_i16x8_shuffle(a.lanes, b.lanes, 0, 8, 1, 9, 2, 10, 3, 11)};
}

inline I8x16 interleave_pairs_high(I8x16 a, I8x16 b) {
  return {wasm_i16x8_shuffle(a.lanes, b.lanes, 4, 12, 5, 13, 6, 14, 7, 15)};
}

inline I8x16 interleave_words_low(I8x16 a, I8x16 b) {
  return {wasm_i32x4_shuffle(a.lanes, b.lanes, 0, 4, 1, 5)};
}

inline I8x16 interleave_words_high(I8x16 a, I8x16 b) {
  return {wasm_i32x4_shuffle(a.lanes, b.lanes, 2, 6, 3, 7)};
}

inline I8x16 clamp(I8x16 a, I8x16 low, I8x16 high) {
  return {wasm_u8x16_min(wasm_u8x16_max(a.lanes, low.lanes), high.lanes)};
}

inline I16x8 extend_bytes(const std::uint8_t* from) {
  return {wasm_u16x8_load8x8(from)};
}

inline I16x8 extend_low(I8x16 a) {
  return {wasm_u16x8_extend_low_u8x16(a.lanes)};
}

inline I16x8 extend_high(I8x16 a) {
  return {wasm_u16x8_extend_high_u8x16(a.lanes)};
}

inline I16x8 load_shorts(const std::int16_t* from) {
  return {wasm_v128_load(from)};
}

inline void store_shorts(std::int16_t* to, I16x8 a) {
  wasm_v128_store(to, a.lanes);
}

inline I16x8 load_pair_splat(const std::int16_t* from) {
  return {wasm_v128_load32_splat(from)};
}

inline I16x8 interleave_low(I16x8 a, I16x8 b) {
  return {wasm_i16x8_shuffle(a.lanes, b.lanes, 0, 8, 1, 9, 2, 10, 3, 11)};
}

inline I16x8 interleave_high(I16x8 a, I16x8 b) {
  return {wasm_i16x8_shuffle(a.lanes, b.lanes, 4, 12, 5, 13, 6, 14, 7, 15)};
}

inline I32x4 load_words(const std::int32_t* from) {
  return {wasm_v128_load(from)};
}

inline void store_words(std::int32_t* to, I32x4 a) {
  wasm_v128_store(to, a.lanes);
}

inline I32x4 computed_here(I32x4 a) {
  asm volatile("" : "+r"(a.lanes) : : "memory");
  return a;
}

inline I32x4 splat_word(std::int32_t value) {
  return {wasm_i32x4_splat(value)};
}

inline I32x4 add(I32x4 a, I32x4 b) {
  return {wasm_i32x4_add(a.lanes, b.lanes)};
}

inline I32x4 sub(I32x4 a, I32x4 b) {
  return {wasm_i32x4_sub(a.lanes, b.lanes)};
}

inline I32x4 dot(I16x8 a, I16x8 b) {
  return {wasm_i32x4_dot_i16x8(a.lanes, b.lanes)};
}

inline I32x4 widen(I8x16 a, int quarter) {
  const v128_t half =
      quarter < 2 ? wasm_u16x8_extend_low_u8x16(a.lanes) : wasm_u16x8_extend_high_u8x16(a.lanes);
  return {quarter % 2 == 0 ? wasm_u32x4_extend_low_u16x8(half)
                           : wasm_u32x4_extend_high_u16x8(half)};
}

inline I16x8 narrow(I32x4 a, I32x4 b) {
  return {wasm_i16x8_narrow_i32x4(a.lanes, b.lanes)};
}

inline I8x16 narrow(I16x8 a, I16x8 b) {
  return {wasm_u8x16_narrow_i16x8(a.lanes, b.lanes)};
}

inline I32x4 differing(I32x4 a, I32x4 b) {
  return {wasm_v128_xor(a.lanes, b.lanes)};
}

inline I32x4 either(I32x4 a, I32x4 b) {
  return {wasm_v128_or(a.lanes, b.lanes)};
}

inline bool any_set(I32x4 a) {
  return wasm_v128_any_true(a.lanes);
}

inline F32x4 to_float(I32x4 a) {
  return {wasm_f32x4_convert_i32x4(a.lanes)};
}

inline I32x4 bits(F32x4 a) {
  return {a.lanes};
}

inline F32x4 sub(F32x4 a, F32x4 b) {
  return {wasm_f32x4_sub(a.lanes, b.lanes)};
}

inline F32x4 magnitude(F32x4 a) {
  return {wasm_f32x4_abs(a.lanes)};
}

inline bool any_above(F32x4 a, F32x4 limit) {
  return wasm_v128_any_true(wasm_f32x4_gt(a.lanes, limit.lanes));
}

}  // namespace lens::simd_wasm
