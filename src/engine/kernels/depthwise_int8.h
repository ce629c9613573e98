// Depthwise convolution on bytes. The rows of one input column are turned so that up to four of
// them lie beside each other for each channel, which is what a dot product reads; each turned
// column then goes into every output whose window holds it.
#pragma once

#include "engine/kernels/dot_int8.h"
#include "engine/kernels/layer_int8.h"
#include "engine/padding.h"

namespace lens {

// The 8 channels from c on of kPixels neighbouring outputs of one row. kBorder: some taps lie
// outside the image and read in_zero.
template <class Dot, int kKernel, int kStride, int kPixels, bool kBorder>
class ByteDepthwiseTile {
 public:
  ByteDepthwiseTile(const ByteConvArgs& args, int y, int x)
      : args_(args),
        layer_(args),
        down_(same_window(y, args.in.h, kKernel, kStride)),
        left_(same_window(x, args.in.w, kKernel, kStride).origin),
        output_(args.output + args.out.index(y, x, 0)) {}

  void run() {
    for (int c = 0; c < args_.out.c; c += 8) channels(c);
  }

 private:
  static constexpr int kQuads = (kKernel + 3) / 4;  // of rows
  static constexpr int kTapBytes = 32;              // 8 channels of 4 rows

  I8x16 load(int ky, int column, int c) const {
    const int y = down_.origin + ky;
    const int x = left_ + column;
    if (kBorder && (ky < down_.begin || ky >= down_.end || x < 0 || x >= args_.in.w)) {
      return simd::splat_byte(args_.filter->in_zero);
    }
    return simd::load_bytes8(args_.input + (y * args_.in.w + x) * args_.in.c + c);
  }

  // Rows 4 * quad and following of one column. Where there are fewer than four, the last is
  // repeated: its weight there is 0.
  void turn(int quad, int column, int c, typename Dot::Inputs turned[2]) const {
    const int last = kKernel - 1;
    const int row = 4 * quad;
    const I8x16 first = load(row, column, c);
    const I8x16 second = row + 1 <= last ? load(row + 1, column, c) : first;
    const I8x16 third = row + 2 <= last ? load(row + 2, column, c) : first;
    const I8x16 fourth = row + 3 <= last ? load(row + 3, column, c) : third;
    const I8x16 upper = simd::interleave_low(first, second);
    const I8x16 lower = simd::interleave_low(third, fourth);
    turned[0] = Dot::inputs(simd::interleave_pairs_low(upper, lower));
    turned[1] = Dot::inputs(simd::interleave_pairs_high(upper, lower));
  }

  void channels(int c) {
    const std::int32_t* bias = layer_.bias(c);
    typename Dot::Sums low[kPixels];
    typename Dot::Sums high[kPixels];
    for (int p = 0; p < kPixels; ++p) {
      low[p] = Dot::start(bias);
      high[p] = Dot::start(bias + 4);
    }
    const int group = c * (kKernel * kQuads * kTapBytes / 8);
    accumulate(args_.packed->weights.data() + group, c, low, high);
    if (!args_.packed->rest.empty()) accumulate(args_.packed->rest.data() + group, c, low, high);
    for (int p = 0; p < kPixels; ++p) {
      layer_.finish(Dot::total(low[p], bias), Dot::total(high[p], bias + 4), c,
                    output_ + p * args_.out.c);
    }
  }

  void accumulate(const std::uint8_t* weights, int c, typename Dot::Sums* low,
                  typename Dot::Sums* high) const {
    for (int column = 0; column < (kPixels - 1) * kStride + kKernel; ++column) {
      for (int quad = 0; quad < kQuads; ++quad) {
        typename Dot::Inputs turned[2];
        turn(quad, column, c, turned);
        for (int p = 0; p < kPixels; ++p) {
          const int kx = column - p * kStride;
          if (kx < 0 || kx >= kKernel) continue;
          const std::uint8_t* tap = weights + (kx * kQuads + quad) * kTapBytes;
          Dot::add(low[p], Dot::weights(tap), turned[0]);
          Dot::add(high[p], Dot::weights(tap + 16), turned[1]);
        }
      }
    }
  }

  const ByteConvArgs& args_;
  LayerEnd layer_;
  Window down_;
  int left_;
  std::uint8_t* output_;
};

template <class Dot, int kKernel, int kStride, int kPixels>
void byte_depthwise_tile(const ByteConvArgs& args, int y, int x) {
  const Window down = same_window(y, args.in.h, kKernel, kStride);
  const int left = same_window(x, args.in.w, kKernel, kStride).origin;
  const int right = left + (kPixels - 1) * kStride + kKernel;
  const bool inside = left >= 0 && right <= args.in.w && down.end - down.begin == kKernel;
  if (inside) return ByteDepthwiseTile<Dot, kKernel, kStride, kPixels, false>(args, y, x).run();
  ByteDepthwiseTile<Dot, kKernel, kStride, kPixels, true>(args, y, x).run();
}

template <class Dot, int kKernel, int kStride>
void byte_depthwise(const ByteConvArgs& args, Rows rows) {
  constexpr int kTile = 4;
  for (int y = rows.begin; y < rows.end; ++y) {
    int x = 0;
    for (; x + kTile <= args.out.w; x += kTile) {
      byte_depthwise_tile<Dot, kKernel, kStride, kTile>(args, y, x);
    }
    for (; x < args.out.w; ++x) byte_depthwise_tile<Dot, kKernel, kStride, 1>(args, y, x);
  }
}

// The windows that MobileNets have; false for others.
template <class Dot>
bool byte_depthwise_of(const ByteConvArgs& args, Rows rows) {
  const int window = 10 * args.kernel + args.stride;
  if (window == 31) byte_depthwise<Dot, 3, 1>(args, rows);
  if (window == 32) byte_depthwise<Dot, 3, 2>(args, rows);
  if (window == 51) byte_depthwise<Dot, 5, 1>(args, rows);
  if (window == 52) byte_depthwise<Dot, 5, 2>(args, rows);
  return window == 31 || window == 32 || window == 51 || window == 52;
}

}  // namespace lens
