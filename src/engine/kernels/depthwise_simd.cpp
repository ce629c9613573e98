#include <algorithm>
#include <numeric>

#include "engine/kernels/activation_simd.h"
#include "engine/kernels/inline.h"
#include "engine/kernels/reference.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/tiling.h"
#include "engine/kernels/unroll.h"
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

  static constexpr int kColumns = (kPixels - 1) * kStride + kKernel;

  // One kernel row. input: the 4 channels under the first pixel's first tap; of the columns from
  // there on `inside` lie in the image. Each is loaded once and goes into every output whose window
  // holds it.
  LENS_ALWAYS_INLINE void accumulate(const float* input, int channels, Rows inside,
                                     const float* weights) {
    F32x4 taps[kKernel];
    for (int kx = 0; kx < kKernel; ++kx) taps[kx] = simd::load(weights + kx * kGroupChannels);
    unrolled<kColumns>([&]<int kColumn>() LENS_ALWAYS_INLINE {
      // At the most half a window reaches over a border.
      if (kColumn < kKernel / 2 && kColumn < inside.begin) return;
      if (kColumn >= kColumns - kKernel / 2 && kColumn >= inside.end) return;
      const F32x4 value = simd::load(input + kColumn * channels);
      unrolled<kPixels>([&]<int kPixel>() LENS_ALWAYS_INLINE {
        constexpr int kTap = kColumn - kPixel * kStride;
        if constexpr (kTap >= 0 && kTap < kKernel) {
          sums[kPixel] = simd::computed_here(simd::madd(value, taps[kTap], sums[kPixel]));
        }
      });
    });
  }

  template <class Act>
  LENS_ALWAYS_INLINE void finish(float* output, int channels, Act act) const {
    for (int p = 0; p < kPixels; ++p) simd::store(output + p * channels, act(sums[p]));
  }
};

// A tile whose first output is (y, x), for every whole group of 4 channels.
template <int kKernel, int kStride, int kPixels, class Act>
void tile_of_row(const ConvArgs& args, int y, int x, Act act) {
  using Tile = DepthwiseTile<kKernel, kStride, kPixels>;
  const Window down = same_window(y, args.in.h, kKernel, kStride);
  const int left = same_window(x, args.in.w, kKernel, kStride).origin;
  const Rows inside = {std::max(-left, 0), std::min(args.in.w - left, Tile::kColumns)};
  const int channels = args.in.c;
  const int row_floats = args.in.w * channels;
  const float* input = args.input + args.in.index(down.origin + down.begin, left, 0);
  float* output = args.output + args.out.index(y, x, 0);
  const float* biases = args.packed;
  for (int c = 0; c + kGroupChannels <= channels; c += kGroupChannels) {
    Tile tile(biases);
    const float* weights = biases + kGroupChannels;
    const float* row = input + c;
    for (int ky = down.begin; ky < down.end; ++ky, row += row_floats) {
      tile.accumulate(row, channels, inside, weights + ky * kKernel * kGroupChannels);
    }
    tile.finish(output + c, channels, act);
    biases = weights + kKernel * kKernel * kGroupChannels;
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
void row(const ConvArgs& args, int y, Act act) {
  for_each_tile<kMost>(0, args.out.w, [&]<int kPixels>(int x) {
    tile_of_row<kKernel, kStride, kPixels>(args, y, x, act);
  });
}

template <int kKernel, int kStride>
void whole_groups(const ConvArgs& args, Rows rows) {
  const bool narrow = !stays_cached(args, kMostPixels) && stays_cached(args, kFewPixels);
  with_activation(args.activation, [&](auto act) {
    for (int y = rows.begin; y < rows.end; ++y) {
      narrow ? row<kKernel, kStride, kFewPixels>(args, y, act)
             : row<kKernel, kStride, kMostPixels>(args, y, act);
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
