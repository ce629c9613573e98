#include "engine/kernels/kernels_int8.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/reference_int8.h"
#include "engine/kernels/simd_int8.h"

namespace lens {

namespace {

constexpr ByteKernelSet kReference = {.conv = reference::conv,
                                      .pointwise = reference::pointwise,
                                      .depthwise = reference::depthwise,
                                      .add = reference::add,
                                      .channel_scale = reference::channel_scale,
                                      .global_pool = reference::global_pool};

constexpr ByteKernelSet kSimd = {.conv = fast::conv,
                                 .pointwise = fast::pointwise,
                                 .depthwise = fast::depthwise,
                                 .add = fast::add,
                                 .channel_scale = fast::channel_scale,
                                 .global_pool = fast::global_pool};

}  // namespace

std::uint8_t ByteFilter::requantize(std::int32_t sum, std::size_t channel) const {
  if (rounding == Rounding::fixed_point) {
    return range.clamp(multiply(sum, factors[channel]) + out_zero);
  }
  const float scaled = static_cast<float>(sum) * float_factors[channel];
  // nearbyint() rounds halves to even.
  return range.clamp(std::lrint(std::nearbyint(std::clamp(scaled, -512.0f, 512.0f))) + out_zero);
}

std::uint8_t mean_byte(std::int64_t sum, int pixels, const BytePool& pool) {
  if (!pool.factor) return static_cast<std::uint8_t>((sum + pixels / 2) / pixels);
  const std::int64_t distances = sum - std::int64_t{pixels} * pool.in_zero;
  return ByteRange{}.clamp(multiply(distances, *pool.factor) + pool.out_zero);
}

const ByteKernelSet& reference_byte_kernels() {
  return kReference;
}

const ByteKernelSet& simd_byte_kernels() {
  return kSimd;
}

}  // namespace lens
