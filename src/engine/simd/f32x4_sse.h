// f32x4.h on x86 with SSE2.
#pragma once

#include <emmintrin.h>

namespace lens::simd_sse {

constexpr bool kFusedMadd = false;

struct F32x4 {
  __m128 lanes;
};

inline F32x4 splat(float value) {
  return {_mm_set1_ps(value)};
}

inline F32x4 constant(float value) {
  return splat(value);
}

inline F32x4 load(const float* from) {
  return {_mm_loadu_ps(from)};
}

inline F32x4 load_partial(const float* from, int count) {
  return {_mm_setr_ps(from[0], count > 1 ? from[1] : 0.0f, count > 2 ? from[2] : 0.0f, 0.0f)};
}

inline F32x4 load_splat(const float* from) {
  return {_mm_set1_ps(*from)};
}

inline void store(float* to, F32x4 a) {
  _mm_storeu_ps(to, a.lanes);
}

inline void store_partial(float* to, F32x4 a, int count) {
  alignas(16) float lanes[4];
  _mm_store_ps(lanes, a.lanes);
  for (int i = 0; i < count; ++i) to[i] = lanes[i];
}

inline F32x4 computed_here(F32x4 a) {
  return a;
}

inline F32x4 add(F32x4 a, F32x4 b) {
  return {_mm_add_ps(a.lanes, b.lanes)};
}

inline F32x4 mul(F32x4 a, F32x4 b) {
  return {_mm_mul_ps(a.lanes, b.lanes)};
}

inline F32x4 div(F32x4 a, F32x4 b) {
  return {_mm_div_ps(a.lanes, b.lanes)};
}

inline F32x4 min(F32x4 a, F32x4 b) {
  return {_mm_min_ps(a.lanes, b.lanes)};
}

inline F32x4 max(F32x4 a, F32x4 b) {
  return {_mm_max_ps(a.lanes, b.lanes)};
}

inline F32x4 madd(F32x4 a, F32x4 b, F32x4 c) {
  return add(mul(a, b), c);
}

}  // namespace lens::simd_sse
