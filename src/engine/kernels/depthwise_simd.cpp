#include <algorithm>
#include <numeric>

#include "engine/kernels/activation_simd.h"
#include "engine/kernels/inline.h"
#include "engine/kernels/reference.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/tiling.h"
#include "engine/padding.h"

namespace lens::fast {

namespace {

constexpr int kMostPixels = 7;  // the widths at resolution 224 are multiples of 7
constexpr int kFewPixels = 3;

// kPixels neighbouring outputs of one row, 4 channels of them, whose windows lie inside the input
// from left to right. Every output gets its taps in the reference's order.
template <int kKernel, int kStride, int kPixels>
struct DepthwiseTile {
  F32x4 sums[kPixels];

  LENS_ALWAYS_INLINE explicit DepthwiseTile(const float* biases) {
    for (int p = 0; p < kPixels; ++p) sums[p] = simd::load(biases);
  }

  // One kernel row. input: the 4 channels under the first pixel's first tap.
  LENS_ALWAYS_INLINE void accumulate(const float* input, int channels, const float* weights) {
    if constexpr (kKernel == 3 && kStride == 1) {
      by_column(input, channels, weights);
    } else {
      by_tap(input, channels, weights);
    }
  }

  template <class Act>
  LENS_ALWAYS_INLINE void finish(float* output, int channels, Act act) const {
    for (int p = 0; p < kPixels; ++p) simd::store(output + p * channels, act(sums[p]));
  }

 private:
  // Each input vector is loaded once and goes into every output whose window holds it.
  LENS_ALWAYS_INLINE void by_column(const float* input, int channels, const float* weights) {
    F32x4 taps[kKernel];
    for (int kx = 0; kx < kKernel; ++kx) taps[kx] = simd::load(weights + kx * kGroupChannels);
    for (int column = 0; column < (kPixels - 1) * kStride + kKernel; ++column) {
      const F32x4 value = simd::load(input + column * channels);
      for (int p = 0; p < kPixels; ++p) {
        const int kx = column - p * kStride;
        if (kx >= 0 && kx < kKernel) sums[p] = simd::madd(value, taps[kx], sums[p]);
      }
    }
  }

  // Each tap is loaded once, inputs as often as they are needed: with 5 taps, or few shared inputs,
  // the other way round runs out of registers (8 instead of 25 GFLOP/s in Chromium). Unrolled, the
  // compiler would find the shared loads and make it the other way round again.
  LENS_ALWAYS_INLINE void by_tap(const float* input, int channels, const float* weights) {
#if defined(__clang__)
#pragma clang loop unroll(disable)
#endif
    for (int kx = 0; kx < kKernel; ++kx, input += channels, weights += kGroupChannels) {
      const F32x4 tap = simd::load(weights);
      for (int p = 0; p < kPixels; ++p) {
        sums[p] = simd::madd(simd::load(input + p * kStride * channels), tap, sums[p]);
      }
    }
  }
};

// A tile whose first output is (y, x), for every whole group of 4 channels.
template <int kKernel, int kStride, int kPixels, class Act>
void inner_tile(const ConvArgs& args, int y, int x, Act act) {
  const Window down = same_window(y, args.in.h, kKernel, kStride);
  const Window across = same_window(x, args.in.w, kKernel, kStride);
  const int channels = args.in.c;
  const float* input = args.input + args.in.index(down.origin + down.begin, across.origin, 0);
  float* output = args.output + args.out.index(y, x, 0);
  const float* biases = args.packed;
  for (int c = 0; c + kGroupChannels <= channels; c += kGroupChannels) {
    DepthwiseTile<kKernel, kStride, kPixels> tile(biases);
    const float* weights = biases + kGroupChannels;
    const float* row = input + c;
    for (int ky = down.begin; ky < down.end; ++ky, row += args.in.w * channels) {
      tile.accumulate(row, channels, weights + ky * kKernel * kGroupChannels);
    }
    tile.finish(output + c, channels, act);
    biases = weights + kKernel * kKernel * kGroupChannels;
  }
}

// One output whose window is cut by the left or right border.
struct BorderPixel {
  Window down;
  Window across;
  int kernel = 0;
  int channels = 0;
  int row = 0;                   // floats from a row of the input to the next
  const float* input = nullptr;  // under the window's first row, before its first column
  float* output = nullptr;
};

// kGroups groups of 4 channels from c on: one alone would wait for its own sums.
template <int kGroups, class Act>
void border_groups(const BorderPixel& at, const float* packed, int c, Act act) {
  const int apart = (1 + at.kernel * at.kernel) * kGroupChannels;  // of the packed groups
  packed += c / kGroupChannels * apart;
  F32x4 sums[kGroups];
  for (int g = 0; g < kGroups; ++g) sums[g] = simd::load(packed + g * apart);
  const float* row = at.input + c;
  for (int ky = at.down.begin; ky < at.down.end; ++ky, row += at.row) {
    const float* weights = packed + (1 + ky * at.kernel) * kGroupChannels;
    for (int kx = at.across.begin; kx < at.across.end; ++kx) {
      for (int g = 0; g < kGroups; ++g) {
        const F32x4 tap = simd::load(weights + kx * kGroupChannels + g * apart);
        const F32x4 value = simd::load(row + kx * at.channels + g * kGroupChannels);
        sums[g] = simd::madd(value, tap, sums[g]);
      }
    }
  }
  for (int g = 0; g < kGroups; ++g) {
    simd::store(at.output + c + g * kGroupChannels, act(sums[g]));
  }
}

template <int kKernel, int kStride, class Act>
void border_pixel(const ConvArgs& args, int y, int x, Act act) {
  constexpr int kAtOnce = 4;
  const Window down = same_window(y, args.in.h, kKernel, kStride);
  const Window across = same_window(x, args.in.w, kKernel, kStride);
  const BorderPixel at = {
      .down = down,
      .across = across,
      .kernel = kKernel,
      .channels = args.in.c,
      .row = args.in.w * args.in.c,
      .input = args.input + args.in.index(down.origin + down.begin, across.origin, 0),
      .output = args.output + args.out.index(y, x, 0)};
  int c = 0;
  for (; c + kAtOnce * kGroupChannels <= args.in.c; c += kAtOnce * kGroupChannels) {
    border_groups<kAtOnce>(at, args.packed, c, act);
  }
  for (; c + kGroupChannels <= args.in.c; c += kGroupChannels) {
    border_groups<1>(at, args.packed, c, act);
  }
}

// Whether a first-level cache (32 KiB in 8 ways, or more of both) keeps the lines that a tile reads
// while the four groups of channels in a line have their turns. With 512 channels pixels are 2 KiB
// apart, and all their lines fall into two sets.
bool stays_cached(const ConvArgs& args, int pixels) {
  constexpr int kSets = 64;
  constexpr int kWays = 8;
  const int lines_apart = std::max(args.in.c / static_cast<int>(kCacheLineFloats), 1);
  const int lines = ((pixels - 1) * args.stride + args.kernel) * args.kernel;
  return lines <= kWays * (kSets / std::gcd(kSets, lines_apart));
}

template <int kKernel, int kStride, int kMost, class Act>
void row(const ConvArgs& args, Rows interior, int y, Act act) {
  for (int x = 0; x < interior.begin; ++x) border_pixel<kKernel, kStride>(args, y, x, act);
  for_each_tile<kMost>(interior.begin, interior.end, [&]<int kPixels>(int x) {
    inner_tile<kKernel, kStride, kPixels>(args, y, x, act);
  });
  for (int x = interior.end; x < args.out.w; ++x) border_pixel<kKernel, kStride>(args, y, x, act);
}

template <int kKernel, int kStride>
void whole_groups(const ConvArgs& args, Rows rows) {
  const Rows interior = interior_columns(args);
  const bool narrow = !stays_cached(args, kMostPixels) && stays_cached(args, kFewPixels);
  with_activation(args.activation, [&](auto act) {
    for (int y = rows.begin; y < rows.end; ++y) {
      narrow ? row<kKernel, kStride, kFewPixels>(args, interior, y, act)
             : row<kKernel, kStride, kMostPixels>(args, interior, y, act);
    }
  });
}

using Kernel = void (*)(const ConvArgs&, Rows);

// The windows that MobileNets have; nullptr for others.
Kernel kernel_for(int kernel, int stride) {
  if (kernel == 3 && stride == 1) return whole_groups<3, 1>;
  if (kernel == 3 && stride == 2) return whole_groups<3, 2>;
  if (kernel == 5 && stride == 1) return whole_groups<5, 1>;
  if (kernel == 5 && stride == 2) return whole_groups<5, 2>;
  return nullptr;
}

}  // namespace

void depthwise(const ConvArgs& args, Rows rows) {
  const Kernel kernel = kernel_for(args.kernel, args.stride);
  if (kernel == nullptr) return reference::depthwise(args, rows);
  kernel(args, rows);
  const int left_over = args.in.c % kGroupChannels;
  if (left_over > 0) reference::depthwise_channels(args, rows, args.in.c - left_over);
}

}  // namespace lens::fast
