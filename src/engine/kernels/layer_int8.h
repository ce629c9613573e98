// The end of a weighted layer's fast kernel: sums of eight outputs to bytes. requantize_simd.h says
// how. Sums go straight from the registers to bytes; for the few tiles with an estimate too close
// to a tie a kernel sums again, into memory: sums kept for that case would cost every tile.
#pragma once

#include <algorithm>

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
        shift_bits_(simd::splat_word(kRoundingShiftBits - args.filter->out_zero)),
        low_(simd::splat_byte(args.filter->range.low)),
        high_(simd::splat_byte(args.filter->range.high)) {}

  const std::int32_t* bias(int output) const { return packed_.bias.data() + output; }

  // What turns sums of outputs [first, first + 8) into bytes, as values: where it is read from
  // memory, every byte written could change it.
  struct Panel {
    F32x4 below[2];
    F32x4 above[2];
    F32x4 shift;
    I32x4 shift_bits;
    I8x16 low;
    I8x16 high;
    bool estimates;  // else all is finish_exactly()'s

    // Writes the outputs of kPixels pixels, the first to `output` and the next ones every `stride`
    // bytes from there, from their sums. False: some are left to finish_exactly().
    template <int kPixels>
    LENS_ALWAYS_INLINE bool finish(const I32x4* low_sums, const I32x4* high_sums,
                                   std::uint8_t* output, int stride) const {
      I32x4 differing = simd::splat_word(0);
      unrolled<(kPixels + 1) / 2>([&]<int kPair>() LENS_ALWAYS_INLINE {
        constexpr int kOne = 2 * kPair;
        constexpr int kTwo = std::min(kOne + 1, kPixels - 1);
        const Bracketed one =
            bracket(low_sums[kOne], high_sums[kOne], below, above, shift, shift_bits);
        const Bracketed two =
            bracket(low_sums[kTwo], high_sums[kTwo], below, above, shift, shift_bits);
        differing = simd::computed_here(
            simd::either(differing, simd::either(one.differing, two.differing)));
        const I8x16 bytes = simd::clamp(simd::narrow(one.numbers, two.numbers), low, high);
        simd::store_bytes8(output + kOne * stride, bytes);
        if constexpr (kTwo > kOne) simd::store_bytes8_high(output + kTwo * stride, bytes);
      });
      return !simd::any_set(differing);
    }
  };

  LENS_ALWAYS_INLINE Panel panel(int first) const {
    const float* factors = packed_.factors.data() + 2 * first;
    return {.below = {simd::load(factors), simd::load(factors + 4)},
            .above = {simd::load(factors + 8), simd::load(factors + 12)},
            .shift = simd::constant(kRoundingShift),
            .shift_bits = shift_bits_,
            .low = low_,
            .high = high_,
            .estimates = !exact_ && outputs_ - first >= 8};
  }

  // Outputs [first, first + 8) of some pixels from sums in memory, eight of each.
  [[gnu::noinline]] void finish_exactly(const std::int32_t* sums, int pixels, int first,
                                        std::uint8_t* output, int stride) const {
    const int end = std::min(first + 8, outputs_);
    for (int p = 0; p < pixels; ++p, sums += 8, output += stride) {
      for (int c = first; c < end; ++c) {
        output[c] = filter_.requantize(sums[c - first], static_cast<std::size_t>(c));
      }
    }
  }

 private:
  const ByteFilter& filter_;
  const PackedBytes& packed_;
  int outputs_;
  bool exact_;  // no estimates
  I32x4 shift_bits_;
  I8x16 low_;
  I8x16 high_;
};

}  // namespace lens
