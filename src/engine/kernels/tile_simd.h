// The inner loop of every convolution that mixes channels: a tile of a few pixels by one panel of 8
// outputs, kept in registers from the bias to the activation. It is a matrix product; no patch
// matrix is built (no im2col).
#pragma once

#include "engine/kernels/inline.h"
#include "engine/kernels/kernels.h"
#include "engine/simd/f32x4.h"

namespace lens {

// Everything in it must be inlined into the loop that owns it: a tile whose address is taken lives
// in memory, and every multiply-add then ends in a store (25 instead of 49 GFLOP/s in Chromium).
template <int kPixels>
struct Tile {
  F32x4 low[kPixels];   // outputs 0..3 of the panel
  F32x4 high[kPixels];  // outputs 4..7

  Tile() = default;

  LENS_ALWAYS_INLINE explicit Tile(const float* biases) {
    for (int p = 0; p < kPixels; ++p) {
      low[p] = simd::load(biases);
      high[p] = simd::load(biases + 4);
    }
  }

  // Adds `depth` consecutive inputs of each pixel times as many rows of 8 weights.
  LENS_ALWAYS_INLINE void accumulate(const float* input, int input_stride, const float* weights,
                                     int depth) {
    for (int i = 0; i < depth; ++i) {
      const F32x4 low_weights = simd::load(weights + i * kPanelOutputs);
      const F32x4 high_weights = simd::load(weights + i * kPanelOutputs + 4);
      for (int p = 0; p < kPixels; ++p) {
        const F32x4 value = simd::load_splat(input + p * input_stride + i);
        low[p] = simd::madd(value, low_weights, low[p]);
        high[p] = simd::madd(value, high_weights, high[p]);
      }
    }
  }

  // Writes the first `outputs` of the panel (8 or fewer) for each pixel.
  template <class Act>
  LENS_ALWAYS_INLINE void finish(float* output, int output_stride, int outputs, Act act) const {
    for (int p = 0; p < kPixels; ++p, output += output_stride) {
      if (outputs >= kPanelOutputs) {
        simd::store(output, act(low[p]));
        simd::store(output + 4, act(high[p]));
      } else {
        store_first(output, act(low[p]), outputs);
        store_first(output + 4, act(high[p]), outputs - 4);
      }
    }
  }

 private:
  static void store_first(float* output, F32x4 values, int count) {
    if (count >= 4) {
      simd::store(output, values);
    } else if (count > 0) {
      simd::store_partial(output, values, count);
    }
  }
};

// Pixels per tile. x86 has 16 vector registers: two of weights, one of input, one of product (none
// when multiply-add is one instruction), and two accumulators per pixel. One more pixel spills.
// Measured in Chromium: 4x8 54 GFLOP/s, 6x8 25 with mul + add; 6x8 58 with relaxed madd.
constexpr int kTilePixels = simd::kFusedMadd ? 6 : 4;

}  // namespace lens
