// The end of a weighted layer's fast kernel: sums of eight outputs to bytes. requantize_simd.h says
// how.
#pragma once

#include <algorithm>

#include "engine/kernels/kernels_int8.h"
#include "engine/kernels/requantize_simd.h"

namespace lens {

class LayerEnd {
 public:
  explicit LayerEnd(const ByteConvArgs& args)
      : filter_(*args.filter),
        packed_(*args.packed),
        outputs_(args.out.c),
        exact_beyond_(simd::splat(exact_beyond(args.filter->rounding))),
        low_(simd::splat_byte(args.filter->range.low)),
        high_(simd::splat_byte(args.filter->range.high)) {}

  const std::int32_t* bias(int output) const { return packed_.bias.data() + output; }

  // The sums of outputs [first, first + 8) of one pixel, whose output channels begin at `pixel`.
  void finish(I32x4 low, I32x4 high, int first, std::uint8_t* pixel) const {
    const float* factors = packed_.factors.data() + first;
    const Estimate estimate =
        round_to_bytes(simd::mul(simd::to_float(low), simd::load(factors)),
                       simd::mul(simd::to_float(high), simd::load(factors + 4)), filter_.out_zero);
    if (estimate.beyond(exact_beyond_)) return finish_exactly(low, high, first, pixel);
    store_first_bytes(pixel + first, simd::clamp(estimate.bytes, low_, high_), outputs_ - first);
  }

 private:
  void finish_exactly(I32x4 low, I32x4 high, int first, std::uint8_t* pixel) const {
    std::int32_t sums[8];
    simd::store_words(sums, low);
    simd::store_words(sums + 4, high);
    const int end = std::min(first + 8, outputs_);
    for (int c = first; c < end; ++c) {
      pixel[c] = filter_.requantize(sums[c - first], static_cast<std::size_t>(c));
    }
  }

  const ByteFilter& filter_;
  const PackedBytes& packed_;
  int outputs_;
  F32x4 exact_beyond_;
  I8x16 low_;
  I8x16 high_;
};

}  // namespace lens
