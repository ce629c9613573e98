#include <algorithm>

#include "engine/kernels/reference_int8.h"
#include "engine/kernels/requantize_simd.h"
#include "engine/kernels/simd_int8.h"

namespace lens::fast {

namespace {

// With one rounding more than a layer's estimate has.
constexpr float kMargin = 2 * kTieMargin;

// Distances to zero of 4 of the 8 bytes, as floats: exact.
F32x4 distances(I8x16 bytes, int quarter, I32x4 zero) {
  return simd::to_float(simd::sub(simd::widen(bytes, quarter), zero));
}

// Beyond these ratios the estimate of requantize_simd.h could be off by more than its margin.
bool can_estimate(const AddScales& scales) {
  return std::max(scales.first.scale, scales.second.scale) <= 2 * scales.out.scale;
}

bool can_estimate(const MulScales& scales) {
  return scales.factor.nearest_float() < 8;
}

// The sum of both inputs on the output's scale: each is at most 510 steps, so the four roundings
// of factors, products and sum stay below 2^-12.
class Adder {
 public:
  explicit Adder(const AddScales& scales)
      : scales_(scales),
        first_zero_(simd::splat_word(scales.first.zero)),
        second_zero_(simd::splat_word(scales.second.zero)),
        first_factor_(simd::splat(scales.first.scale / scales.out.scale)),
        second_factor_(simd::splat(scales.second.scale / scales.out.scale)),
        exact_beyond_(simd::splat(exact_beyond(kMargin))),
        low_(simd::splat_byte(scales.range.low)),
        high_(simd::splat_byte(scales.range.high)) {}

  void eight(const std::uint8_t* first, const std::uint8_t* second, std::uint8_t* out) const {
    const I8x16 a = simd::load_bytes8(first);
    const I8x16 b = simd::load_bytes8(second);
    const Estimate estimate = round_all(sum(a, b, 0), sum(a, b, 1), scales_.out.zero);
    if (!estimate.beyond(exact_beyond_)) {
      return simd::store_bytes8(out, simd::clamp(estimate.bytes(), low_, high_));
    }
    for (int i = 0; i < 8; ++i) out[i] = add_bytes(first[i], second[i], scales_);
  }

 private:
  F32x4 sum(I8x16 a, I8x16 b, int quarter) const {
    return simd::add(simd::mul(distances(a, quarter, first_zero_), first_factor_),
                     simd::mul(distances(b, quarter, second_zero_), second_factor_));
  }

  const AddScales& scales_;
  I32x4 first_zero_;
  I32x4 second_zero_;
  F32x4 first_factor_;
  F32x4 second_factor_;
  F32x4 exact_beyond_;
  I8x16 low_;
  I8x16 high_;
};

class Multiplier {
 public:
  explicit Multiplier(const MulScales& scales)
      : scales_(scales),
        first_zero_(simd::splat_word(scales.first.zero)),
        second_zero_(simd::splat_word(scales.second.zero)),
        factor_(simd::splat(scales.factor.nearest_float())),
        exact_beyond_(simd::splat(exact_beyond(kMargin))),
        low_(simd::splat_byte(scales.range.low)),
        high_(simd::splat_byte(scales.range.high)) {}

  void eight(const std::uint8_t* first, const std::uint8_t* second, std::uint8_t* out) const {
    const I8x16 a = simd::load_bytes8(first);
    const I8x16 b = simd::load_bytes8(second);
    const Estimate estimate = round_all(product(a, b, 0), product(a, b, 1), scales_.out.zero);
    if (!estimate.beyond(exact_beyond_)) {
      return simd::store_bytes8(out, simd::clamp(estimate.bytes(), low_, high_));
    }
    for (int i = 0; i < 8; ++i) out[i] = mul_bytes(first[i], second[i], scales_);
  }

 private:
  // The product of two distances is below 2^16: exact as a float.
  F32x4 product(I8x16 a, I8x16 b, int quarter) const {
    return simd::mul(
        simd::mul(distances(a, quarter, first_zero_), distances(b, quarter, second_zero_)),
        factor_);
  }

  const MulScales& scales_;
  I32x4 first_zero_;
  I32x4 second_zero_;
  F32x4 factor_;
  F32x4 exact_beyond_;
  I8x16 low_;
  I8x16 high_;
};

// Sums of 8 channels over all pixels.
void sum_channels(const BytePoolArgs& args, int channel, std::int32_t* sums) {
  I32x4 low = simd::splat_word(0);
  I32x4 high = simd::splat_word(0);
  const std::uint8_t* from = args.input + channel;
  for (int pixel = 0; pixel < args.in.h * args.in.w; ++pixel, from += args.in.c) {
    const I8x16 bytes = simd::load_bytes8(from);
    low = simd::add(low, simd::widen(bytes, 0));
    high = simd::add(high, simd::widen(bytes, 1));
  }
  simd::store_words(sums, low);
  simd::store_words(sums + 4, high);
}

}  // namespace

void add(const ByteAddArgs& args, Rows rows) {
  if (!can_estimate(*args.scales)) return reference::add(args, rows);
  const Adder adder(*args.scales);
  const std::size_t end = args.shape.index(rows.end, 0, 0);
  std::size_t i = args.shape.index(rows.begin, 0, 0);
  for (; i + 8 <= end; i += 8) adder.eight(args.input + i, args.second + i, args.output + i);
  for (; i < end; ++i) args.output[i] = add_bytes(args.input[i], args.second[i], *args.scales);
}

void channel_scale(const ByteScaleArgs& args, Rows rows) {
  if (!can_estimate(*args.scales)) return reference::channel_scale(args, rows);
  const Multiplier multiplier(*args.scales);
  const int channels = args.shape.c;
  for (int pixel = rows.begin * args.shape.w; pixel < rows.end * args.shape.w; ++pixel) {
    const std::uint8_t* input = args.input + pixel * channels;
    std::uint8_t* output = args.output + pixel * channels;
    int c = 0;
    for (; c + 8 <= channels; c += 8) multiplier.eight(input + c, args.second + c, output + c);
    for (; c < channels; ++c) output[c] = mul_bytes(input[c], args.second[c], *args.scales);
  }
}

void global_pool(const BytePoolArgs& args) {
  const int pixels = args.in.h * args.in.w;
  for (int first = 0; first < args.in.c; first += 8) {
    std::int32_t sums[8];
    sum_channels(args, first, sums);
    const int end = std::min(first + 8, args.in.c);
    for (int c = first; c < end; ++c) {
      args.output[c] = mean_byte(sums[c - first], pixels, *args.pool);
    }
  }
}

}  // namespace lens::fast
