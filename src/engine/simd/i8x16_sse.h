// i8x16.h on x86 with SSE2.
#pragma once

#include <emmintrin.h>

#include <cstdint>
#include <cstring>

#include "engine/simd/f32x4_sse.h"

namespace lens::simd_sse {

struct I8x16 {
  __m128i lanes;
};

struct I16x8 {
  __m128i lanes;
};

struct I32x4 {
  __m128i lanes;
};

inline I8x16 load_bytes(const void* from) {
  return {_mm_loadu_si128(static_cast<const __m128i*>(from))};
}

inline I8x16 load_bytes8(const void* from) {
  return {_mm_loadl_epi64(static_cast<const __m128i*>(from))};
}

inline I8x16 load_word_splat(const void* from) {
  std::int32_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return {_mm_set1_epi32(word)};
}

inline I8x16 splat_byte(int value) {
  return {_mm_set1_epi8(static_cast<char>(value))};
}

inline void store_bytes(void* to, I8x16 a) {
  _mm_storeu_si128(static_cast<__m128i*>(to), a.lanes);
}

inline void store_bytes8(void* to, I8x16 a) {
  _mm_storel_epi64(static_cast<__m128i*>(to), a.lanes);
}

inline void store_bytes8_high(void* to, I8x16 a) {
  _mm_storel_epi64(static_cast<__m128i*>(to), _mm_unpackhi_epi64(a.lanes, a.lanes));
}

inline I8x16 flip_signs(I8x16 a) {
  return {_mm_xor_si128(a.lanes, _mm_set1_epi8(-128))};
}

inline I8x16 interleave_low(I8x16 a, I8x16 b) {
  return {_mm_unpacklo_epi8(a.lanes, b.lanes)};
}

inline I8x16 interleave_high(I8x16 a, I8x16 b) {
  return {_mm_unpackhi_epi8(a.lanes, b.lanes)};
}

inline I8x16 interleave_pairs_low(I8x16 a, I8x16 b) {
  return {_mm_unpacklo_epi16(a.lanes, b.lanes)};
}

inline I8x16 interleave_pairs_high(I8x16 a, I8x16 b) {
  return {_mm_unpackhi_epi16(a.lanes, b.lanes)};
}

inline I8x16 interleave_words_low(I8x16 a, I8x16 b) {
  return {_mm_unpacklo_epi32(a.lanes, b.lanes)};
}

inline I8x16 interleave_words_high(I8x16 a, I8x16 b) {
  return {_mm_unpackhi_epi32(a.lanes, b.lanes)};
}

inline I8x16 clamp(I8x16 a, I8x16 low, I8x16 high) {
  return {_mm_min_epu8(_mm_max_epu8(a.lanes, low.lanes), high.lanes)};
}

inline I16x8 extend_bytes(const std::uint8_t* from) {
  const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from));
  return {_mm_unpacklo_epi8(bytes, _mm_setzero_si128())};
}

inline I16x8 extend_low(I8x16 a) {
  return {_mm_unpacklo_epi8(a.lanes, _mm_setzero_si128())};
}

inline I16x8 extend_high(I8x16 a) {
  return {_mm_unpackhi_epi8(a.lanes, _mm_setzero_si128())};
}

inline I16x8 load_shorts(const std::int16_t* from) {
  return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))};
}

inline void store_shorts(std::int16_t* to, I16x8 a) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), a.lanes);
}

inline I16x8 load_pair_splat(const std::int16_t* from) {
  std::int32_t pair = 0;
  std::memcpy(&pair, from, sizeof pair);
  return {_mm_set1_epi32(pair)};
}

inline I16x8 interleave_low(I16x8 a, I16x8 b) {
  return {_mm_unpacklo_epi16(a.lanes, b.lanes)};
}

inline I16x8 interleave_high(I16x8 a, I16x8 b) {
  return {_mm_unpackhi_epi16(a.lanes, b.lanes)};
}

inline I32x4 load_words(const std::int32_t* from) {
  return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))};
}

inline void store_words(std::int32_t* to, I32x4 a) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), a.lanes);
}

inline I32x4 computed_here(I32x4 a) {
  return a;
}

inline I32x4 splat_word(std::int32_t value) {
  return {_mm_set1_epi32(value)};
}

inline I32x4 add(I32x4 a, I32x4 b) {
  return {_mm_add_epi32(a.lanes, b.lanes)};
}

inline I32x4 sub(I32x4 a, I32x4 b) {
  return {_mm_sub_epi32(a.lanes, b.lanes)};
}

inline I32x4 dot(I16x8 a, I16x8 b) {
  return {_mm_madd_epi16(a.lanes, b.lanes)};
}

inline I32x4 widen(I8x16 a, int quarter) {
  const __m128i zero = _mm_setzero_si128();
  const __m128i half =
      quarter < 2 ? _mm_unpacklo_epi8(a.lanes, zero) : _mm_unpackhi_epi8(a.lanes, zero);
  return {quarter % 2 == 0 ? _mm_unpacklo_epi16(half, zero) : _mm_unpackhi_epi16(half, zero)};
}

inline I16x8 narrow(I32x4 a, I32x4 b) {
  return {_mm_packs_epi32(a.lanes, b.lanes)};
}

inline I8x16 narrow(I16x8 a, I16x8 b) {
  return {_mm_packus_epi16(a.lanes, b.lanes)};
}

inline I32x4 differing(I32x4 a, I32x4 b) {
  return {_mm_xor_si128(a.lanes, b.lanes)};
}

inline I32x4 either(I32x4 a, I32x4 b) {
  return {_mm_or_si128(a.lanes, b.lanes)};
}

inline bool any_set(I32x4 a) {
  return _mm_movemask_epi8(_mm_cmpeq_epi8(a.lanes, _mm_setzero_si128())) != 0xffff;
}

inline F32x4 to_float(I32x4 a) {
  return {_mm_cvtepi32_ps(a.lanes)};
}

inline I32x4 bits(F32x4 a) {
  return {_mm_castps_si128(a.lanes)};
}

inline F32x4 sub(F32x4 a, F32x4 b) {
  return {_mm_sub_ps(a.lanes, b.lanes)};
}

inline F32x4 magnitude(F32x4 a) {
  return {_mm_andnot_ps(_mm_set1_ps(-0.0f), a.lanes)};
}

inline bool any_above(F32x4 a, F32x4 limit) {
  return _mm_movemask_ps(_mm_cmpgt_ps(a.lanes, limit.lanes)) != 0;
}

}  // namespace lens::simd_sse
