// The matrix product under every fast convolution on bytes: pixels x depth times depth x outputs,
// in tiles of a few pixels by 8 outputs that stay in registers. Four inputs of a pixel are one
// vector word, four weights of four outputs one vector.
#pragma once

#include <algorithm>

#include "engine/kernels/dot_int8.h"
#include "engine/kernels/layer_int8.h"

namespace lens {

// `depth` consecutive inputs of each of `pixels` pixels, `stride` bytes apart.
struct ByteMatrix {
  const std::uint8_t* input = nullptr;
  int stride = 0;
  int depth = 0;
  int pixels = 0;

  int words() const { return (depth + 3) / 4; }
};

// Pixels whose input sums are kept at once.
constexpr int kGemmPixels = 256;

template <class Dot, int kPixels>
struct ByteTile {
  typename Dot::Sums low[kPixels];   // outputs 0..3 of the panel
  typename Dot::Sums high[kPixels];  // outputs 4..7

  explicit ByteTile(const std::int32_t* bias) {
    for (int p = 0; p < kPixels; ++p) {
      low[p] = Dot::start(bias);
      high[p] = Dot::start(bias + 4);
    }
  }

  void accumulate(const std::uint8_t* input, int stride, const std::uint8_t* weights, int words) {
    for (int word = 0; word < words; ++word) {
      const auto low_weights = Dot::weights(weights + 32 * word);
      const auto high_weights = Dot::weights(weights + 32 * word + 16);
      for (int p = 0; p < kPixels; ++p) {
        const auto inputs = Dot::splat_inputs(input + p * stride + 4 * word);
        Dot::add(low[p], low_weights, inputs);
        Dot::add(high[p], high_weights, inputs);
      }
    }
  }
};

// Pixels of `matrix` times the layer's filter; output channels of pixel p begin at p * args.out.c.
template <class Dot>
class ByteGemm {
 public:
  ByteGemm(const ByteConvArgs& args, const ByteMatrix& matrix, std::uint8_t* output)
      : args_(args), layer_(args), matrix_(matrix), output_(output) {}

  // Panel by panel, so that its weights stay in the first cache for all pixels of a round.
  void run() {
    for (begin_ = 0; begin_ < matrix_.pixels; begin_ += kGemmPixels) {
      const int end = std::min(begin_ + kGemmPixels, matrix_.pixels);
      if (args_.filter->zero != 0) sum_inputs(end);
      for (int first = 0; first < args_.out.c; first += 8) panel(first, end);
    }
  }

 private:
  // The sum of each pixel's inputs, less Dot::kOffset each: what the filter's zero point
  // multiplies.
  void sum_inputs(int end) {
    const std::int32_t no_bias[4] = {};
    const std::uint8_t ones[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const int whole = matrix_.depth / 16 * 16;
    for (int pixel = begin_; pixel < end; ++pixel) {
      const std::uint8_t* input = matrix_.input + pixel * matrix_.stride;
      typename Dot::Sums sums = Dot::start(no_bias);
      for (int i = 0; i < whole; i += 16) {
        Dot::add(sums, Dot::weights(ones), Dot::inputs(simd::load_bytes(input + i)));
      }
      std::int32_t lanes[4];
      simd::store_words(lanes, Dot::total(sums, no_bias));
      std::int32_t sum = lanes[0] + lanes[1] + lanes[2] + lanes[3];
      for (int i = whole; i < matrix_.depth; ++i) sum += input[i] - Dot::kOffset;
      input_sums_[pixel - begin_] = sum;
    }
  }

  void panel(int first, int end) {
    constexpr int kTile = Dot::kTilePixels;
    int pixel = begin_;
    for (; pixel + kTile <= end; pixel += kTile) tile<kTile>(pixel, first);
    if (kTile > 4 && pixel + 4 <= end) {
      tile<4>(pixel, first);
      pixel += 4;
    }
    if (kTile > 2 && pixel + 2 <= end) {
      tile<2>(pixel, first);
      pixel += 2;
    }
    if (pixel < end) tile<1>(pixel, first);
  }

  template <int kPixels>
  void tile(int pixel, int first) {
    const std::int32_t* bias = layer_.bias(first);
    ByteTile<Dot, kPixels> sums(bias);
    sums.accumulate(matrix_.input + pixel * matrix_.stride, matrix_.stride,
                    args_.packed->weights.data() + first * 4 * matrix_.words(), matrix_.words());
    for (int p = 0; p < kPixels; ++p) {
      I32x4 low = Dot::total(sums.low[p], bias);
      I32x4 high = Dot::total(sums.high[p], bias + 4);
      if (args_.filter->zero != 0) {
        const I32x4 shift = simd::splat_word(args_.filter->zero * input_sums_[pixel + p - begin_]);
        low = simd::sub(low, shift);
        high = simd::sub(high, shift);
      }
      layer_.finish(low, high, first, output_ + (pixel + p) * args_.out.c);
    }
  }

  const ByteConvArgs& args_;
  LayerEnd layer_;
  ByteMatrix matrix_;
  std::uint8_t* output_;
  int begin_ = 0;
  std::int32_t input_sums_[kGemmPixels];  // of the pixels from begin_ on
};

}  // namespace lens
