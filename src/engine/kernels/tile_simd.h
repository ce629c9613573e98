// The inner loop of every convolution that mixes channels: a tile of a few pixels by one panel of 8
// outputs, kept in registers from the bias to the activation. It is a matrix product; no patch
// matrix is built (no im2col).
#pragma once

#include "engine/kernels/inline.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/unroll.h"
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
    const float* inputs[kPixels];
    for (int p = 0; p < kPixels; ++p) inputs[p] = input + p * input_stride;
    for (; depth >= kAtOnce; depth -= kAtOnce, weights += kAtOnce * kPanelOutputs) {
      accumulate_few<kAtOnce>(inputs, weights);
    }
    for (; depth > 0; --depth, weights += kPanelOutputs) accumulate_few<1>(inputs, weights);
  }

  // Adds the first `outputs` of the panel (8 or fewer) of another tensor, pixel by pixel.
  LENS_ALWAYS_INLINE void add(const float* other, int stride, int outputs) {
    for (int p = 0; p < kPixels; ++p, other += stride) {
      if (outputs >= kPanelOutputs) {
        low[p] = simd::add(low[p], simd::load(other));
        high[p] = simd::add(high[p], simd::load(other + 4));
      } else {
        low[p] = simd::add(low[p], load_first(other, outputs));
        high[p] = simd::add(high[p], load_first(other + 4, outputs - 4));
      }
    }
  }

  // Writes the first `outputs` of the panel for each pixel.
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
  // Rows of weights in a round of the loop. Addresses, counter and the browser's look for a request
  // to stop take 13 instructions, beside the 20 of a row that load and multiply. Where another
  // program has half of the core they decide (V1 44 ms with one row in a round, 36 with four).
  static constexpr int kAtOnce = 4;

  // Moves `inputs` on. A sum that is put off would keep its weights from others.
  template <int kRows>
  LENS_ALWAYS_INLINE void accumulate_few(const float* (&inputs)[kPixels], const float* weights) {
    unrolled<kRows>([&]<int kRow>() LENS_ALWAYS_INLINE {
      const F32x4 low_weights = simd::load(weights + kRow * kPanelOutputs);
      const F32x4 high_weights = simd::load(weights + kRow * kPanelOutputs + 4);
      unrolled<kPixels>([&]<int kPixel>() LENS_ALWAYS_INLINE {
        const F32x4 value = simd::load_splat(inputs[kPixel] + kRow);
        low[kPixel] = simd::computed_here(simd::madd(value, low_weights, low[kPixel]));
        high[kPixel] = simd::computed_here(simd::madd(value, high_weights, high[kPixel]));
      });
    });
    for (int p = 0; p < kPixels; ++p) inputs[p] += kRows;
  }

  // The others are zero.
  static F32x4 load_first(const float* from, int count) {
    if (count >= 4) return simd::load(from);
    return count > 0 ? simd::load_partial(from, count) : simd::splat(0.0f);
  }

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
