// k x k convolution on bytes for few input channels (the stem): the windows of some pixels are laid
// out as rows of a matrix, which gemm_int8.h multiplies.
#pragma once

#include <cstring>

#include "engine/kernels/gemm_int8.h"
#include "engine/padding.h"

namespace lens {

// Windows are gathered into a block on the stack; larger ones are the reference kernel's.
constexpr int kMaxWindowBytes = 256;
constexpr int kWindowsAtOnce = 32;

// Writes the window of output (y, x): ky, kx, in, with in_zero where it leaves the image. May write
// up to kByteSlack bytes beyond it.
inline void gather_window(const ByteConvArgs& args, int y, int x, std::uint8_t* to) {
  const Window down = same_window(y, args.in.h, args.kernel, args.stride);
  const Window across = same_window(x, args.in.w, args.kernel, args.stride);
  const int row_bytes = args.kernel * args.in.c;
  const int taps = across.end - across.begin;
  if (taps == args.kernel && down.end - down.begin == args.kernel && row_bytes <= 16) {
    const std::uint8_t* from = args.input + args.in.index(down.origin, across.origin, 0);
    for (int ky = 0; ky < args.kernel; ++ky, from += args.in.w * args.in.c, to += row_bytes) {
      simd::store_bytes(to, simd::load_bytes(from));  // the next row overwrites what is too much
    }
    return;
  }
  std::memset(to, args.filter->in_zero, static_cast<std::size_t>(args.kernel * row_bytes));
  for (int ky = down.begin; ky < down.end; ++ky) {
    const std::size_t from = args.in.index(down.origin + ky, across.origin + across.begin, 0);
    std::memcpy(to + ky * row_bytes + across.begin * args.in.c, args.input + from,
                static_cast<std::size_t>(taps * args.in.c));
  }
}

template <class Dot>
void byte_conv(const ByteConvArgs& args, Rows rows) {
  const int depth = args.kernel * args.kernel * args.in.c;
  const int stride = (depth + 3) / 4 * 4;
  std::uint8_t windows[kWindowsAtOnce * kMaxWindowBytes + kByteSlack] = {};
  for (int y = rows.begin; y < rows.end; ++y) {
    for (int x = 0; x < args.out.w; x += kWindowsAtOnce) {
      const int count = std::min(kWindowsAtOnce, args.out.w - x);
      for (int i = 0; i < count; ++i) gather_window(args, y, x + i, windows + i * stride);
      ByteGemm<Dot>(args, {windows, stride, depth, count}, args.output + args.out.index(y, x, 0))
          .run();
    }
  }
}

}  // namespace lens
