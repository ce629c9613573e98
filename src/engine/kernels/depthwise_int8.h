// Depthwise convolution on bytes. Neighbouring rows of one input column are turned so that they lie
// beside each other for each channel, which is what a dot product reads; each turned column then
// goes into every output whose window holds it.
#pragma once

#include <cstring>

#include "engine/kernels/dot_int8.h"
#include "engine/kernels/layer_int8.h"
#include "engine/kernels/tiling.h"
#include "engine/kernels/unroll.h"
#include "engine/padding.h"

namespace lens {

// More are the reference kernel's.
constexpr int kMostDepthwiseChannels = 2048;

// kPixels neighbouring outputs of one row. `outside`: as many bytes of in_zero as there are
// channels, read where a tap lies outside the image.
template <class Dot, int kKernel, int kStride, int kPixels>
class ByteDepthwiseTile {
 public:
  ByteDepthwiseTile(const ByteConvArgs& args, const std::uint8_t* outside, int y, int x)
      : args_(args), layer_(args), output_(args.output + args.out.index(y, x, 0)) {
    const int top = same_window(y, args.in.h, kKernel, kStride).origin;
    const int left = same_window(x, args.in.w, kKernel, kStride).origin;
    for (int column = 0; column < kColumns; ++column) {
      for (int row = 0; row < kKernel; ++row) {
        const int from_y = top + row;
        const int from_x = left + column;
        const bool inside = from_y >= 0 && from_y < args.in.h && from_x >= 0 && from_x < args.in.w;
        inputs_[column][row] = inside ? args.input + args.in.index(from_y, from_x, 0) : outside;
      }
    }
  }

  void run() const {
    for (int c = 0; c < args_.out.c; c += 8) channels(c);
  }

 private:
  static constexpr int kNeighbours = Dot::kNeighbours;
  static constexpr int kGroups = (kKernel + kNeighbours - 1) / kNeighbours;  // of rows
  static constexpr int kColumns = (kPixels - 1) * kStride + kKernel;
  static constexpr int kTap = 8 * kNeighbours;  // weights of 8 channels in a group of rows

  LENS_ALWAYS_INLINE void channels(int c) const {
    const LayerEnd::Panel layer = layer_.panel(c);
    bool written = false;
    if (layer.estimates) {
      I32x4 low[kPixels];
      I32x4 high[kPixels];
      sum(c, low, high);
      written = layer.finish<kPixels>(low, high, output_ + c, args_.out.c);
    }
    if (!written) finish_exactly(c);
  }

  [[gnu::noinline]] void finish_exactly(int c) const {
    I32x4 low[kPixels];
    I32x4 high[kPixels];
    sum(c, low, high);
    std::int32_t sums[8 * kPixels];
    unrolled<kPixels>([&]<int kPixel>() LENS_ALWAYS_INLINE {
      simd::store_words(sums + 8 * kPixel, low[kPixel]);
      simd::store_words(sums + 8 * kPixel + 4, high[kPixel]);
    });
    layer_.finish_exactly(sums, kPixels, c, output_, args_.out.c);
  }

  LENS_ALWAYS_INLINE void sum(int c, I32x4* low, I32x4* high) const {
    const std::int32_t* bias = layer_.bias(c);
    for (int p = 0; p < kPixels; ++p) {
      low[p] = simd::load_words(bias);
      high[p] = simd::load_words(bias + 4);
    }
    const int group = c / 8 * (kKernel * kGroups * kTap);
    accumulate(Dot::packed(*args_.packed) + group, c, low, high);
    if constexpr (kNeighbours == 4) {
      const AlignedBytes& rest = args_.packed->rest;
      if (!rest.empty()) accumulate(rest.data() + group, c, low, high);
    }
  }

  LENS_ALWAYS_INLINE void accumulate(const typename Dot::Weight* weights, int c, I32x4* low,
                                     I32x4* high) const {
    unrolled<kColumns>([&]<int kColumn>() LENS_ALWAYS_INLINE {
      unrolled<kGroups>([&]<int kGroup>() LENS_ALWAYS_INLINE {
        // The last row is repeated: its weight there is 0.
        const std::uint8_t* rows[kNeighbours];
        unrolled<kNeighbours>([&]<int kRow>() LENS_ALWAYS_INLINE {
          rows[kRow] = inputs_[kColumn][std::min(kGroup * kNeighbours + kRow, kKernel - 1)] + c;
        });
        typename Dot::Vector low_inputs;
        typename Dot::Vector high_inputs;
        Dot::columns(rows, low_inputs, high_inputs);
        unrolled<kPixels>([&]<int kPixel>() LENS_ALWAYS_INLINE {
          constexpr int kAcross = kColumn - kPixel * kStride;
          if constexpr (kAcross >= 0 && kAcross < kKernel) {
            const auto* tap = weights + (kAcross * kGroups + kGroup) * kTap;
            Dot::add(low[kPixel], Dot::weights(tap), low_inputs);
            Dot::add(high[kPixel], Dot::weights(tap + kTap / 2), high_inputs);
            low[kPixel] = simd::computed_here(low[kPixel]);
            high[kPixel] = simd::computed_here(high[kPixel]);
          }
        });
      });
    });
  }

  const ByteConvArgs& args_;
  LayerEnd layer_;
  std::uint8_t* output_;
  const std::uint8_t* inputs_[kColumns][kKernel];
};

template <class Dot, int kKernel, int kStride>
void byte_depthwise(const ByteConvArgs& args, Rows rows) {
  // With more pixels neither the sums nor, of 16-bit products, the weights stay in registers.
  constexpr int kTile = Dot::kNeighbours == 4 ? 4 : 2;
  std::uint8_t outside[kMostDepthwiseChannels + kByteSlack];
  std::memset(outside, args.filter->in_zero, static_cast<std::size_t>(args.in.c) + kByteSlack);
  for (int y = rows.begin; y < rows.end; ++y) {
    for_each_tile<kTile>(0, args.out.w, [&]<int kPixels>(int x) {
      ByteDepthwiseTile<Dot, kKernel, kStride, kPixels>(args, outside, y, x).run();
    });
  }
}

// The windows that MobileNets have; false for others.
template <class Dot>
bool byte_depthwise_of(const ByteConvArgs& args, Rows rows) {
  if (args.in.c > kMostDepthwiseChannels) return false;
  const int window = 10 * args.kernel + args.stride;
  if (window == 31) byte_depthwise<Dot, 3, 1>(args, rows);
  if (window == 32) byte_depthwise<Dot, 3, 2>(args, rows);
  if (window == 51) byte_depthwise<Dot, 5, 1>(args, rows);
  if (window == 52) byte_depthwise<Dot, 5, 2>(args, rows);
  return window == 31 || window == 32 || window == 51 || window == 52;
}

}  // namespace lens
