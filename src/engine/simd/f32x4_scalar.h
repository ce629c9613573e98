// f32x4.h in plain C++: for machines without SIMD, and the measure for the other backends.
#pragma once

namespace lens::simd_scalar {

constexpr bool kFusedMadd = false;

struct F32x4 {
  float lane[4];
};

inline F32x4 splat(float value) {
  return {{value, value, value, value}};
}

inline F32x4 constant(float value) {
  return splat(value);
}

inline F32x4 load(const float* from) {
  return {{from[0], from[1], from[2], from[3]}};
}

inline F32x4 load_partial(const float* from, int count) {
  return {{from[0], count > 1 ? from[1] : 0.0f, count > 2 ? from[2] : 0.0f, 0.0f}};
}

inline F32x4 load_splat(const float* from) {
  return splat(*from);
}

inline void store(float* to, F32x4 a) {
  for (int i = 0; i < 4; ++i) to[i] = a.lane[i];
}

inline void store_partial(float* to, F32x4 a, int count) {
  for (int i = 0; i < count; ++i) to[i] = a.lane[i];
}

inline F32x4 computed_here(F32x4 a) {
  return a;
}

inline F32x4 add(F32x4 a, F32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] = a.lane[i] + b.lane[i];
  return a;
}

inline F32x4 mul(F32x4 a, F32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] = a.lane[i] * b.lane[i];
  return a;
}

inline F32x4 div(F32x4 a, F32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] = a.lane[i] / b.lane[i];
  return a;
}

inline F32x4 min(F32x4 a, F32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] = a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i];
  return a;
}

inline F32x4 max(F32x4 a, F32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] = a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i];
  return a;
}

inline F32x4 madd(F32x4 a, F32x4 b, F32x4 c) {
  return add(mul(a, b), c);
}

}  // namespace lens::simd_scalar
