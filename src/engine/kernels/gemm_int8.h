// The matrix product under every fast convolution on bytes: pixels x depth times depth x outputs,
// in tiles of a few pixels by 8 outputs that stay in registers. dot_int8.h says what is multiplied
// at once.
#pragma once

#include <algorithm>
#include <type_traits>

#include "engine/kernels/dot_int8.h"
#include "engine/kernels/layer_int8.h"
#include "engine/kernels/tiling.h"
#include "engine/kernels/unroll.h"

namespace lens {

// `depth` consecutive inputs of each of `pixels` pixels, `stride` bytes apart.
struct ByteMatrix {
  const std::uint8_t* input = nullptr;
  int stride = 0;
  int depth = 0;
  int pixels = 0;
};

// Pixels that go through all panels of outputs before the next ones do.
constexpr int kGemmPixels = 256;
// 16-bit products read their inputs from here, widened once for all panels: as much as stays in the
// second-level cache beside the weights.
constexpr int kScratchShorts = 32 * 1024;
constexpr int kMostGemmDepth = kScratchShorts / WideDot::kTilePixels;

// As in tile_simd.h, all of it must be inlined into the loop that owns it.
template <class Dot, int kPixels>
struct ByteTile {
  I32x4 low[kPixels];   // outputs 0..3 of the panel
  I32x4 high[kPixels];  // outputs 4..7

  LENS_ALWAYS_INLINE explicit ByteTile(const std::int32_t* bias) {
    for (int p = 0; p < kPixels; ++p) {
      low[p] = simd::load_words(bias);
      high[p] = simd::load_words(bias + 4);
    }
  }

  LENS_ALWAYS_INLINE void store(std::int32_t* sums) const {
    for (int p = 0; p < kPixels; ++p, sums += 8) {
      simd::store_words(sums, low[p]);
      simd::store_words(sums + 4, high[p]);
    }
  }

  // apart: how far the inputs of two pixels are; advance: those of two steps of a pixel.
  LENS_ALWAYS_INLINE void accumulate(const typename Dot::Input* input, int apart, int advance,
                                     const typename Dot::Weight* weights, int steps) {
    const typename Dot::Input* inputs[kPixels];
    for (int p = 0; p < kPixels; ++p) inputs[p] = input + p * apart;
    for (; steps >= kAtOnce; steps -= kAtOnce, weights += kAtOnce * 2 * kHalf) {
      accumulate_few<kAtOnce>(inputs, advance, weights);
    }
    for (; steps > 0; --steps, weights += 2 * kHalf) accumulate_few<1>(inputs, advance, weights);
  }

 private:
  static constexpr int kHalf = 4 * Dot::kNeighbours;
  static constexpr int kAtOnce = 4;  // as in tile_simd.h

  // Moves `inputs` on.
  template <int kSteps>
  LENS_ALWAYS_INLINE void accumulate_few(const typename Dot::Input* (&inputs)[kPixels], int advance,
                                         const typename Dot::Weight* weights) {
    unrolled<kSteps>([&]<int kStep>() LENS_ALWAYS_INLINE {
      const auto low_weights = Dot::weights(weights + kStep * 2 * kHalf);
      const auto high_weights = Dot::weights(weights + kStep * 2 * kHalf + kHalf);
      unrolled<kPixels>([&]<int kPixel>() LENS_ALWAYS_INLINE {
        const auto splat = Dot::splat_inputs(inputs[kPixel] + kStep * advance);
        Dot::add(low[kPixel], low_weights, splat);
        Dot::add(high[kPixel], high_weights, splat);
        low[kPixel] = simd::computed_here(low[kPixel]);
        high[kPixel] = simd::computed_here(high[kPixel]);
      });
    });
    for (int p = 0; p < kPixels; ++p) inputs[p] += kSteps * advance;
  }
};

// Pixels of `matrix` times the layer's filter; output channels of pixel p begin at p * args.out.c.
// Depth: kMostGemmDepth at most.
template <class Dot>
class ByteGemm {
 public:
  ByteGemm(const ByteConvArgs& args, const ByteMatrix& matrix, std::uint8_t* output)
      : args_(args),
        layer_(args),
        matrix_(matrix),
        output_(output),
        steps_((matrix.depth + Dot::kNeighbours - 1) / Dot::kNeighbours) {}

  // Panel by panel, so that its weights stay in the first cache for all pixels of a round.
  void run() {
    for (int begin = 0, end = 0; begin < matrix_.pixels; begin = end) {
      end = std::min(begin + pixels_at_once(), matrix_.pixels);
      take_inputs(begin, end);
      for (int first = 0; first < args_.out.c; first += 8) panel(begin, end, first);
    }
  }

 private:
  static constexpr bool kReadsBytes = std::is_same_v<typename Dot::Input, std::uint8_t>;
  static constexpr int kTile = Dot::kTilePixels;

  // Of 16-bit inputs, eight of each pixel are widened at once.
  int tile_shorts() const { return (matrix_.depth + 7) / 8 * 8 * kTile; }

  int pixels_at_once() const {
    if constexpr (kReadsBytes) return kGemmPixels;
    return std::min(kScratchShorts / tile_shorts() * kTile, kGemmPixels);
  }

  void take_inputs(int begin, int end) {
    inputs_ = matrix_.input + begin * matrix_.stride;
    if constexpr (!kReadsBytes) {
      widen(end - begin);
    } else if (args_.packed->zero != 0) {
      sum_inputs(end - begin);
    }
  }

  void widen(int pixels) {
    std::int16_t* to = scratch();
    for_each_tile<kTile>(0, pixels, [&]<int kPixels>(int pixel) {
      widen_tile<kPixels>(inputs_ + pixel * matrix_.stride, to);
      to += tile_shorts();
    });
  }

  // A step of one pixel, of the next ... of kTile pixels, the next step: a loop over the steps then
  // reads everything at constant distances. Of fewer pixels the last is repeated.
  template <int kPixels>
  void widen_tile(const std::uint8_t* from, std::int16_t* to) const {
    static_assert(kTile == 4 || kReadsBytes);
    const auto load = [&](int pixel, int i) {
      return simd::load_bytes8(from + std::min(pixel, kPixels - 1) * matrix_.stride + i);
    };
    for (int i = 0; i < matrix_.depth; i += 8, to += 32) {
      const I8x16 upper = simd::interleave_pairs_low(load(0, i), load(1, i));
      const I8x16 lower = simd::interleave_pairs_low(load(2, i), load(3, i));
      const I8x16 first = simd::interleave_words_low(upper, lower);
      const I8x16 second = simd::interleave_words_high(upper, lower);
      simd::store_shorts(to, simd::extend_low(first));
      simd::store_shorts(to + 8, simd::extend_high(first));
      simd::store_shorts(to + 16, simd::extend_low(second));
      simd::store_shorts(to + 24, simd::extend_high(second));
    }
  }

  static std::int16_t* scratch() {
    alignas(kCacheLineBytes) static thread_local std::int16_t shorts[kScratchShorts];
    return shorts;
  }

  // The sum of each pixel's inputs, less Dot::kOffset each: what the filter's zero point
  // multiplies.
  void sum_inputs(int pixels) {
    const std::uint8_t ones[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const int whole = matrix_.depth / 16 * 16;
    for (int pixel = 0; pixel < pixels; ++pixel) {
      const std::uint8_t* input = inputs_ + pixel * matrix_.stride;
      I32x4 sums = simd::splat_word(0);
      for (int i = 0; i < whole; i += 16) {
        Dot::add(sums, Dot::weights(ones), Dot::inputs(simd::load_bytes(input + i)));
      }
      std::int32_t lanes[4];
      simd::store_words(lanes, sums);
      std::int32_t sum = lanes[0] + lanes[1] + lanes[2] + lanes[3];
      for (int i = whole; i < matrix_.depth; ++i) sum += input[i] - Dot::kOffset;
      input_sums_[pixel] = sum;
    }
  }

  // All tiles inline, the last ones too: as an argument of a function the layer's values would have
  // an address, and every tile would read them from there (V1 10.4 instead of 7.3 ms).
  void panel(int begin, int end, int first) {
    const auto* weights = Dot::packed(*args_.packed) + first * Dot::kNeighbours * steps_;
    const LayerEnd::Panel layer = layer_.panel(first);
    const int stride = args_.out.c;
    std::uint8_t* output = output_ + begin * stride;
    const typename Dot::Input* from = inputs();
    for_each_tile<kTile>(0, end - begin, [&]<int kPixels>(int pixel) LENS_ALWAYS_INLINE {
      std::uint8_t* to = output + pixel * stride;
      bool written = false;
      if (layer.estimates) {
        const auto tile = sums<kPixels>(from, weights, first, pixel);
        written = layer.finish<kPixels>(tile.low, tile.high, to + first, stride);
      }
      if (!written) finish_exactly<kPixels>(from, weights, first, pixel, to);
      from += kReadsBytes ? kPixels * matrix_.stride : tile_shorts();
    });
  }

  // Of the first pixel at work.
  const typename Dot::Input* inputs() const {
    if constexpr (kReadsBytes) {
      return inputs_;
    } else {
      return scratch();
    }
  }

  // from: the inputs of the tile that begins with `pixel`.
  template <int kPixels>
  LENS_ALWAYS_INLINE ByteTile<Dot, kPixels> sums(const typename Dot::Input* from,
                                                 const typename Dot::Weight* weights, int first,
                                                 int pixel) const {
    ByteTile<Dot, kPixels> tile(layer_.bias(first));
    if constexpr (kReadsBytes) {
      tile.accumulate(from, matrix_.stride, Dot::kNeighbours, weights, steps_);
      subtract_zero(tile, pixel);
    } else {
      tile.accumulate(from, Dot::kNeighbours, Dot::kNeighbours * kTile, weights, steps_);
    }
    return tile;
  }

  template <int kPixels>
  [[gnu::noinline]] void finish_exactly(const typename Dot::Input* from,
                                        const typename Dot::Weight* weights, int first, int pixel,
                                        std::uint8_t* to) const {
    std::int32_t in_memory[8 * kPixels];
    sums<kPixels>(from, weights, first, pixel).store(in_memory);
    layer_.finish_exactly(in_memory, kPixels, first, to, args_.out.c);
  }

  template <int kPixels>
  LENS_ALWAYS_INLINE void subtract_zero(ByteTile<Dot, kPixels>& tile, int pixel) const {
    const int zero = args_.packed->zero;
    if (zero == 0) return;
    for (int p = 0; p < kPixels; ++p) {
      const I32x4 shift = simd::splat_word(zero * input_sums_[pixel + p]);
      tile.low[p] = simd::sub(tile.low[p], shift);
      tile.high[p] = simd::sub(tile.high[p], shift);
    }
  }

  const ByteConvArgs& args_;
  LayerEnd layer_;
  ByteMatrix matrix_;
  std::uint8_t* output_;
  int steps_;
  // Of the pixels that are at work:
  const std::uint8_t* inputs_ = nullptr;
  std::int32_t input_sums_[kReadsBytes ? kGemmPixels : 1];
};

}  // namespace lens
