// The end of a weighted layer's fast kernel: sums of eight outputs to bytes. requantize_simd.h says
// how.
#pragma once

#include <algorithm>
#include <cstring>

#include "engine/kernels/kernels_int8.h"
#include "engine/kernels/requantize_simd.h"
#include "engine/kernels/unroll.h"

namespace lens {

class LayerEnd {
 public:
  explicit LayerEnd(const ByteConvArgs& args)
      : filter_(*args.filter),
        packed_(*args.packed),
        outputs_(args.out.c),
        exact_(args.filter->rounding != Rounding::fixed_point),
        low_(simd::splat_byte(args.filter->range.low)),
        high_(simd::splat_byte(args.filter->range.high)) {}

  const std::int32_t* bias(int output) const { return packed_.bias.data() + output; }

  // The sums of outputs [first, first + 8) of kPixels pixels, whose output channels begin at
  // `pixel` and every `stride` bytes from there. One look for all of them tells whether an estimate
  // is too close to a tie.
  template <int kPixels>
  [[gnu::always_inline]] void finish(const I32x4* low, const I32x4* high, int first,
                                     std::uint8_t* pixel, int stride) const {
    const float* factors = packed_.factors.data() + 2 * first;
    const F32x4 below[] = {simd::load(factors), simd::load(factors + 4)};
    const F32x4 above[] = {simd::load(factors + 8), simd::load(factors + 12)};
    I16x8 numbers[kPixels + 1];
    I32x4 differing = simd::splat_word(0);
    unrolled<kPixels>([&]<int kPixel>() __attribute__((always_inline)) {
      const Bracketed one = bracket(low[kPixel], high[kPixel], below, above, filter_.out_zero);
      numbers[kPixel] = one.numbers;
      differing = simd::either(differing, one.differing);
    });
    if (exact_ || simd::any_set(differing)) {
      std::int32_t sums[kPixels * 8];
      unrolled<kPixels>([&]<int kPixel>() __attribute__((always_inline)) {
        simd::store_words(sums + 8 * kPixel, low[kPixel]);
        simd::store_words(sums + 8 * kPixel + 4, high[kPixel]);
      });
      return finish_exactly(sums, kPixels, first, pixel, stride);
    }
    numbers[kPixels] = numbers[kPixels - 1];
    unrolled<(kPixels + 1) / 2>([&]<int kPair>() __attribute__((always_inline)) {
      constexpr int kPixel = 2 * kPair;
      const I8x16 bytes =
          simd::clamp(simd::narrow(numbers[kPixel], numbers[kPixel + 1]), low_, high_);
      store(bytes, kPixel + 1 < kPixels, first, pixel + kPixel * stride, stride);
    });
  }

 private:
  // The lower eight bytes are a pixel's, the higher ones the next one's.
  [[gnu::always_inline]] void store(I8x16 bytes, bool both, int first, std::uint8_t* pixel,
                                    int stride) const {
    const int count = outputs_ - first;
    if (count < 8) {
      std::uint8_t all[16];
      simd::store_bytes(all, bytes);
      std::memcpy(pixel + first, all, static_cast<std::size_t>(count));
      if (both) std::memcpy(pixel + stride + first, all + 8, static_cast<std::size_t>(count));
      return;
    }
    simd::store_bytes8(pixel + first, bytes);
    if (both) simd::store_bytes8_high(pixel + stride + first, bytes);
  }

  [[gnu::noinline]] void finish_exactly(const std::int32_t* sums, int pixels, int first,
                                        std::uint8_t* pixel, int stride) const {
    const int end = std::min(first + 8, outputs_);
    for (int p = 0; p < pixels; ++p, sums += 8, pixel += stride) {
      for (int c = first; c < end; ++c) {
        pixel[c] = filter_.requantize(sums[c - first], static_cast<std::size_t>(c));
      }
    }
  }

  const ByteFilter& filter_;
  const PackedBytes& packed_;
  int outputs_;
  bool exact_;  // no estimates
  I8x16 low_;
  I8x16 high_;
};

}  // namespace lens
