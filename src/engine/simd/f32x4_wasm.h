// f32x4.h on WebAssembly SIMD128.
#pragma once

#include <wasm_simd128.h>

namespace lens::simd_wasm {

constexpr bool kFusedMadd = false;

struct F32x4 {
  v128_t lanes;
};

inline F32x4 splat(float value) {
  return {wasm_f32x4_splat(value)};
}

// By way of memory, where no compiler looks for it: they write a constant out anew at every use,
// and a browser makes three instructions of each.
inline F32x4 constant(float value) {
  const float* cell = &value;
  asm("" : "+r"(cell));
  return {wasm_v128_load32_splat(cell)};
}

inline F32x4 load(const float* from) {
  return {wasm_v128_load(from)};
}

inline F32x4 load_partial(const float* from, int count) {
  return {wasm_f32x4_make(from[0], count > 1 ? from[1] : 0.0f, count > 2 ? from[2] : 0.0f, 0.0f)};
}

inline F32x4 load_splat(const float* from) {
  return {wasm_v128_load32_splat(from)};
}

inline void store(float* to, F32x4 a) {
  wasm_v128_store(to, a.lanes);
}

inline void store_partial(float* to, F32x4 a, int count) {
  to[0] = wasm_f32x4_extract_lane(a.lanes, 0);
  if (count > 1) to[1] = wasm_f32x4_extract_lane(a.lanes, 1);
  if (count > 2) to[2] = wasm_f32x4_extract_lane(a.lanes, 2);
}

// Compilers put off what is used late, and what it is made of then waits in memory. Binaryen does
// so as well, by the passes that LENS_BINARYEN_PASSES (src/web_variant.cmake) leaves out.
inline F32x4 computed_here(F32x4 a) {
  asm volatile("" : "+r"(a.lanes) : : "memory");
  return a;
}

inline F32x4 add(F32x4 a, F32x4 b) {
  return {wasm_f32x4_add(a.lanes, b.lanes)};
}

inline F32x4 mul(F32x4 a, F32x4 b) {
  return {wasm_f32x4_mul(a.lanes, b.lanes)};
}

inline F32x4 div(F32x4 a, F32x4 b) {
  return {wasm_f32x4_div(a.lanes, b.lanes)};
}

// pmin(x, y) is y < x ? y : x, so the arguments are swapped; pmin and pmax are one instruction on
// x86, where f32x4.min and max are several.
inline F32x4 min(F32x4 a, F32x4 b) {
  return {wasm_f32x4_pmin(b.lanes, a.lanes)};
}

inline F32x4 max(F32x4 a, F32x4 b) {
  return {wasm_f32x4_pmax(b.lanes, a.lanes)};
}

inline F32x4 madd(F32x4 a, F32x4 b, F32x4 c) {
  return add(mul(a, b), c);
}

}  // namespace lens::simd_wasm
