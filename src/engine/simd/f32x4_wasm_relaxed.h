// f32x4.h on WebAssembly with relaxed SIMD: as f32x4_wasm.h, but madd may round once instead of
// twice, as the machine has it. Results differ from the reference in the last bits.
#pragma once

#include "engine/simd/f32x4_wasm.h"

namespace lens::simd_wasm_relaxed {

using simd_wasm::add;
using simd_wasm::computed_here;
using simd_wasm::constant;
using simd_wasm::div;
using simd_wasm::F32x4;
using simd_wasm::load;
using simd_wasm::load_partial;
using simd_wasm::load_splat;
using simd_wasm::max;
using simd_wasm::min;
using simd_wasm::mul;
using simd_wasm::splat;
using simd_wasm::store;
using simd_wasm::store_partial;

constexpr bool kFusedMadd = true;

inline F32x4 madd(F32x4 a, F32x4 b, F32x4 c) {
  return {wasm_f32x4_relaxed_madd(a.lanes, b.lanes, c.lanes)};
}

}  // namespace lens::simd_wasm_relaxed
