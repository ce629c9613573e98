// Four floats at once, the same few operations on every machine. Plain arithmetic only: no
// shuffles, no conversions. One backend is chosen at compile time; all but the relaxed one give the
// same bits as scalar code that does the same operations in the same order.
//
//   load, load_partial, load_splat, splat, store, store_partial    memory; no alignment needed
//   constant                                                       splat, that stays in a register
//   add, mul, div                                                  IEEE, rounded to nearest
//   min(a, b) = a < b ? a : b     max(a, b) = a > b ? a : b        so a NaN in a or b gives b
//   madd(a, b, c) = a * b + c                                      two roundings, or one if fused
//   computed_here                                                  the same, and not later
//   kFusedMadd                                                     whether madd rounds once
//
// The partial forms touch `count` floats, 1 to 3; the lanes beyond load as zero.
#pragma once

#if defined(__wasm_relaxed_simd__)
#include "engine/simd/f32x4_wasm_relaxed.h"

namespace lens {
namespace simd = simd_wasm_relaxed;
}
#elif defined(__wasm_simd128__)
#include "engine/simd/f32x4_wasm.h"

namespace lens {
namespace simd = simd_wasm;
}
#elif defined(__SSE2__)
#include "engine/simd/f32x4_sse.h"

namespace lens {
namespace simd = simd_sse;
}
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include "engine/simd/f32x4_neon.h"

namespace lens {
namespace simd = simd_neon;
}
#else
#include "engine/simd/f32x4_scalar.h"

namespace lens {
namespace simd = simd_scalar;
}
#endif

namespace lens {
using simd::F32x4;
}
