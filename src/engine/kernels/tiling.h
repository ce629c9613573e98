// How the SIMD kernels cut a row of outputs into tiles.
#pragma once

#include "engine/kernels/inline.h"
#include "engine/kernels/kernels.h"
#include "engine/padding.h"

namespace lens {

// Output columns whose windows lie inside the input from left to right.
inline Rows interior_columns(const ConvArgs& args) {
  Rows columns = {0, args.out.w};
  const auto is_border = [&](int x) {
    const Window across = same_window(x, args.in.w, args.kernel, args.stride);
    return across.begin > 0 || across.end < args.kernel;
  };
  while (columns.begin < columns.end && is_border(columns.begin)) ++columns.begin;
  while (columns.end > columns.begin && is_border(columns.end - 1)) --columns.end;
  return columns;
}

// f.template operator()<kPixels>(at) for the next kPixels = count, 1 to kMost.
template <int kMost, class F>
LENS_ALWAYS_INLINE inline void one_tile(int count, int at, F f) {
  if constexpr (kMost > 1) {
    if (count < kMost) return one_tile<kMost - 1>(count, at, f);
  }
  f.template operator()<kMost>(at);
}

// Cuts [begin, end) into tiles of kMost. The last two share evenly what is left: a tile of one or
// two takes almost as long as one of four.
template <int kMost, class F>
void for_each_tile(int begin, int end, F f) {
  int at = begin;
  for (; end - at >= 2 * kMost; at += kMost) f.template operator()<kMost>(at);
  if (end - at > kMost) {
    const int half = (end - at + 1) / 2;
    one_tile<kMost>(half, at, f);
    at += half;
  }
  if (at < end) one_tile<kMost>(end - at, at, f);
}

}  // namespace lens
