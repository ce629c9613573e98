// f32x4.h on 64-bit ARM. madd stays unfused so that a native build gives the reference's bits.
#pragma once

#include <arm_neon.h>

namespace lens::simd_neon {

constexpr bool kFusedMadd = false;

struct F32x4 {
  float32x4_t lanes;
};

inline F32x4 splat(float value) {
  return {vdupq_n_f32(value)};
}

inline F32x4 constant(float value) {
  return splat(value);
}

inline F32x4 load(const float* from) {
  return {vld1q_f32(from)};
}

inline F32x4 load_partial(const float* from, int count) {
  const float lanes[4] = {from[0], count > 1 ? from[1] : 0.0f, count > 2 ? from[2] : 0.0f, 0.0f};
  return load(lanes);
}

inline F32x4 load_splat(const float* from) {
  return {vld1q_dup_f32(from)};
}

inline void store(float* to, F32x4 a) {
  vst1q_f32(to, a.lanes);
}

inline void store_partial(float* to, F32x4 a, int count) {
  float lanes[4];
  store(lanes, a);
  for (int i = 0; i < count; ++i) to[i] = lanes[i];
}

inline F32x4 computed_here(F32x4 a) {
  return a;
}

inline F32x4 add(F32x4 a, F32x4 b) {
  return {vaddq_f32(a.lanes, b.lanes)};
}

inline F32x4 mul(F32x4 a, F32x4 b) {
  return {vmulq_f32(a.lanes, b.lanes)};
}

inline F32x4 div(F32x4 a, F32x4 b) {
  return {vdivq_f32(a.lanes, b.lanes)};
}

// vminq and vmaxq order NaN and signed zero in their own way, so compare and select.
inline F32x4 min(F32x4 a, F32x4 b) {
  return {vbslq_f32(vcltq_f32(a.lanes, b.lanes), a.lanes, b.lanes)};
}

inline F32x4 max(F32x4 a, F32x4 b) {
  return {vbslq_f32(vcgtq_f32(a.lanes, b.lanes), a.lanes, b.lanes)};
}

inline F32x4 madd(F32x4 a, F32x4 b, F32x4 c) {
  return add(mul(a, b), c);
}

}  // namespace lens::simd_neon
