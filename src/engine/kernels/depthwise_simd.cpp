#include "engine/kernels/activation_simd.h"
#include "engine/kernels/reference.h"
#include "engine/kernels/simd.h"
#include "engine/padding.h"

namespace lens::fast {

namespace {

// kPixels neighbouring outputs of one row, 4 channels of them. Each input vector is loaded once per
// kernel row and goes into every output whose window holds it; an output still gets its taps in
// order. kBorder: some columns lie outside the input and are skipped.
template <int kKernel, int kStride, int kPixels, bool kBorder>
struct DepthwiseTile {
  F32x4 sums[kPixels];

  explicit DepthwiseTile(const float* biases) {
    for (int p = 0; p < kPixels; ++p) sums[p] = simd::load(biases);
  }

  // row: the 4 channels at column 0 of an input row; left: the input column of the first tap.
  void accumulate(const float* row, const Shape& in, int left, const float* weights) {
    F32x4 taps[kKernel];
    for (int kx = 0; kx < kKernel; ++kx) taps[kx] = simd::load(weights + kx * kGroupChannels);
    for (int column = 0; column < (kPixels - 1) * kStride + kKernel; ++column) {
      if (kBorder && (left + column < 0 || left + column >= in.w)) continue;
      const F32x4 value = simd::load(row + (left + column) * in.c);
      for (int p = 0; p < kPixels; ++p) {
        const int kx = column - p * kStride;
        if (kx >= 0 && kx < kKernel) sums[p] = simd::madd(value, taps[kx], sums[p]);
      }
    }
  }

  template <class Act>
  void finish(float* output, int output_stride, Act act) const {
    for (int p = 0; p < kPixels; ++p) simd::store(output + p * output_stride, act(sums[p]));
  }
};

// A tile whose first output is (y, x), for every whole group of 4 channels.
template <int kKernel, int kStride, int kPixels, bool kBorder, class Act>
void all_groups(const ConvArgs& args, int y, int x, Act act) {
  const Window down = same_window(y, args.in.h, kKernel, kStride);
  const int left = same_window(x, args.in.w, kKernel, kStride).origin;
  const int row_size = args.in.w * args.in.c;
  float* output = args.output + args.out.index(y, x, 0);
  const float* biases = args.packed;
  for (int c = 0; c + kGroupChannels <= args.in.c; c += kGroupChannels) {
    DepthwiseTile<kKernel, kStride, kPixels, kBorder> tile(biases);
    const float* weights = biases + kGroupChannels;
    for (int ky = down.begin; ky < down.end; ++ky) {
      tile.accumulate(args.input + (down.origin + ky) * row_size + c, args.in, left,
                      weights + ky * kKernel * kGroupChannels);
    }
    tile.finish(output + c, args.out.c, act);
    biases = weights + kKernel * kKernel * kGroupChannels;
  }
}

template <int kKernel, int kStride, int kPixels, class Act>
void tile_of_row(const ConvArgs& args, int y, int x, Act act) {
  const int left = same_window(x, args.in.w, kKernel, kStride).origin;
  const int right = left + (kPixels - 1) * kStride + kKernel;
  if (left >= 0 && right <= args.in.w) {
    return all_groups<kKernel, kStride, kPixels, false>(args, y, x, act);
  }
  all_groups<kKernel, kStride, kPixels, true>(args, y, x, act);
}

// Tiles of 7, since the widths at resolution 224 are multiples of 7; then of 4, then single.
template <int kKernel, int kStride>
void whole_groups(const ConvArgs& args, Rows rows) {
  with_activation(args.activation, [&](auto act) {
    for (int y = rows.begin; y < rows.end; ++y) {
      int x = 0;
      for (; x + 7 <= args.out.w; x += 7) tile_of_row<kKernel, kStride, 7>(args, y, x, act);
      for (; x + 4 <= args.out.w; x += 4) tile_of_row<kKernel, kStride, 4>(args, y, x, act);
      for (; x < args.out.w; ++x) tile_of_row<kKernel, kStride, 1>(args, y, x, act);
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
