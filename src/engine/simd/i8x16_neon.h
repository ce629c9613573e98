// i8x16.h on 64-bit ARM.
#pragma once

#include <arm_neon.h>

#include <cstdint>
#include <cstring>

#include "engine/simd/f32x4_neon.h"

namespace lens::simd_neon {

struct I8x16 {
  uint8x16_t lanes;
};

struct I16x8 {
  int16x8_t lanes;
};

struct I32x4 {
  int32x4_t lanes;
};

inline I8x16 load_bytes(const void* from) {
  return {vld1q_u8(static_cast<const std::uint8_t*>(from))};
}

inline I8x16 load_bytes8(const void* from) {
  return {vcombine_u8(vld1_u8(static_cast<const std::uint8_t*>(from)), vdup_n_u8(0))};
}

// By bytes: words in memory need not be aligned.
inline I8x16 load_word_splat(const void* from) {
  const auto* bytes = static_cast<const std::uint8_t*>(from);
  const std::uint32_t word = bytes[0] | static_cast<std::uint32_t>(bytes[1]) << 8 |
                             static_cast<std::uint32_t>(bytes[2]) << 16 |
                             static_cast<std::uint32_t>(bytes[3]) << 24;
  return {vreinterpretq_u8_u32(vdupq_n_u32(word))};
}

inline I8x16 splat_byte(int value) {
  return {vdupq_n_u8(static_cast<std::uint8_t>(value))};
}

inline void store_bytes(void* to, I8x16 a) {
  vst1q_u8(static_cast<std::uint8_t*>(to), a.lanes);
}

inline void store_bytes8(void* to, I8x16 a) {
  vst1_u8(static_cast<std::uint8_t*>(to), vget_low_u8(a.lanes));
}

inline void store_bytes8_high(void* to, I8x16 a) {
  vst1_u8(static_cast<std::uint8_t*>(to), vget_high_u8(a.lanes));
}

inline I8x16 flip_signs(I8x16 a) {
  return {veorq_u8(a.lanes, vdupq_n_u8(128))};
}

inline I8x16 interleave_low(I8x16 a, I8x16 b) {
  return {vzip1q_u8(a.lanes, b.lanes)};
}

inline I8x16 interleave_high(I8x16 a, I8x16 b) {
  return {vzip2q_u8(a.lanes, b.lanes)};
}

inline I8x16 interleave_pairs_low(I8x16 a, I8x16 b) {
  return {vreinterpretq_u8_u16(
      vzip1q_u16(vreinterpretq_u16_u8(a.lanes), vreinterpretq_u16_u8(b.lanes)))};
}

inline I8x16 interleave_pairs_high(I8x16 a, I8x16 b) {
  return {vreinterpretq_u8_u16(
      vzip2q_u16(vreinterpretq_u16_u8(a.lanes), vreinterpretq_u16_u8(b.lanes)))};
}

inline I8x16 interleave_words_low(I8x16 a, I8x16 b) {
  return {vreinterpretq_u8_u32(
      vzip1q_u32(vreinterpretq_u32_u8(a.lanes), vreinterpretq_u32_u8(b.lanes)))};
}

inline I8x16 interleave_words_high(I8x16 a, I8x16 b) {
  return {vreinterpretq_u8_u32(
      vzip2q_u32(vreinterpretq_u32_u8(a.lanes), vreinterpretq_u32_u8(b.lanes)))};
}

inline I8x16 clamp(I8x16 a, I8x16 low, I8x16 high) {
  return {vminq_u8(vmaxq_u8(a.lanes, low.lanes), high.lanes)};
}

inline I16x8 extend_bytes(const std::uint8_t* from) {
  return {vreinterpretq_s16_u16(vmovl_u8(vld1_u8(from)))};
}

inline I16x8 extend_low(I8x16 a) {
  return {vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(a.lanes)))};
}

inline I16x8 extend_high(I8x16 a) {
  return {vreinterpretq_s16_u16(vmovl_high_u8(a.lanes))};
}

inline I16x8 load_shorts(const std::int16_t* from) {
  return {vld1q_s16(from)};
}

inline void store_shorts(std::int16_t* to, I16x8 a) {
  vst1q_s16(to, a.lanes);
}

inline I16x8 load_pair_splat(const std::int16_t* from) {
  std::int32_t pair = 0;
  std::memcpy(&pair, from, sizeof pair);
  return {vreinterpretq_s16_s32(vdupq_n_s32(pair))};
}

inline I16x8 interleave_low(I16x8 a, I16x8 b) {
  return {vzip1q_s16(a.lanes, b.lanes)};
}

inline I16x8 interleave_high(I16x8 a, I16x8 b) {
  return {vzip2q_s16(a.lanes, b.lanes)};
}

inline I32x4 load_words(const std::int32_t* from) {
  return {vld1q_s32(from)};
}

inline void store_words(std::int32_t* to, I32x4 a) {
  vst1q_s32(to, a.lanes);
}

inline I32x4 computed_here(I32x4 a) {
  return a;
}

inline I32x4 splat_word(std::int32_t value) {
  return {vdupq_n_s32(value)};
}

inline I32x4 add(I32x4 a, I32x4 b) {
  return {vaddq_s32(a.lanes, b.lanes)};
}

inline I32x4 sub(I32x4 a, I32x4 b) {
  return {vsubq_s32(a.lanes, b.lanes)};
}

inline I32x4 dot(I16x8 a, I16x8 b) {
  const int32x4_t low = vmull_s16(vget_low_s16(a.lanes), vget_low_s16(b.lanes));
  return {vpaddq_s32(low, vmull_high_s16(a.lanes, b.lanes))};
}

inline I32x4 widen(I8x16 a, int quarter) {
  const uint16x8_t half = quarter < 2 ? vmovl_u8(vget_low_u8(a.lanes)) : vmovl_high_u8(a.lanes);
  return {vreinterpretq_s32_u32(quarter % 2 == 0 ? vmovl_u16(vget_low_u16(half))
                                                 : vmovl_high_u16(half))};
}

inline I16x8 narrow(I32x4 a, I32x4 b) {
  return {vcombine_s16(vqmovn_s32(a.lanes), vqmovn_s32(b.lanes))};
}

inline I8x16 narrow(I16x8 a, I16x8 b) {
  return {vcombine_u8(vqmovun_s16(a.lanes), vqmovun_s16(b.lanes))};
}

inline I32x4 differing(I32x4 a, I32x4 b) {
  return {veorq_s32(a.lanes, b.lanes)};
}

inline I32x4 either(I32x4 a, I32x4 b) {
  return {vorrq_s32(a.lanes, b.lanes)};
}

inline bool any_set(I32x4 a) {
  return vmaxvq_u32(vreinterpretq_u32_s32(a.lanes)) != 0;
}

inline F32x4 to_float(I32x4 a) {
  return {vcvtq_f32_s32(a.lanes)};
}

inline I32x4 bits(F32x4 a) {
  return {vreinterpretq_s32_f32(a.lanes)};
}

inline F32x4 sub(F32x4 a, F32x4 b) {
  return {vsubq_f32(a.lanes, b.lanes)};
}

inline F32x4 magnitude(F32x4 a) {
  return {vabsq_f32(a.lanes)};
}

inline bool any_above(F32x4 a, F32x4 limit) {
  return vmaxvq_u32(vcgtq_f32(a.lanes, limit.lanes)) != 0;
}

}  // namespace lens::simd_neon
