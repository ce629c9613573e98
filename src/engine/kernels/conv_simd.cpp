#include "engine/kernels/activation_simd.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/tile_simd.h"
#include "engine/kernels/tiling.h"
#include "engine/padding.h"

namespace lens::fast {

namespace {

// One tile of a row for every panel. `across` is the window of the tile's first pixel; if it is
// cut by the border the tile has one pixel.
template <int kPixels, class Act>
void tile_of_row(const ConvArgs& args, int y, int x, Act act) {
  const Window down = same_window(y, args.in.h, args.kernel, args.stride);
  const Window across = same_window(x, args.in.w, args.kernel, args.stride);
  const int row_taps = args.kernel * args.in.c;
  const int depth = (across.end - across.begin) * args.in.c;
  const int panel_size = (1 + args.kernel * row_taps) * kPanelOutputs;
  const float* input = args.input + args.in.index(0, across.origin + across.begin, 0);
  float* output = args.output + args.out.index(y, x, 0);
  const float* biases = args.packed;
  for (int first = 0; first < args.out.c; first += kPanelOutputs, biases += panel_size) {
    Tile<kPixels> tile(biases);
    for (int ky = down.begin; ky < down.end; ++ky) {
      const int tap = ky * row_taps + across.begin * args.in.c;
      tile.accumulate(input + (down.origin + ky) * args.in.w * args.in.c, args.stride * args.in.c,
                      biases + (1 + tap) * kPanelOutputs, depth);
    }
    tile.finish(output + first, args.out.c, args.out.c - first, act);
  }
}

template <class Act>
void row(const ConvArgs& args, Rows interior, int y, Act act) {
  for (int x = 0; x < interior.begin; ++x) tile_of_row<1>(args, y, x, act);
  for_each_tile<kTilePixels>(interior.begin, interior.end,
                             [&]<int kPixels>(int x) { tile_of_row<kPixels>(args, y, x, act); });
  for (int x = interior.end; x < args.out.w; ++x) tile_of_row<1>(args, y, x, act);
}

}  // namespace

void conv(const ConvArgs& args, Rows rows) {
  const Rows interior = interior_columns(args);
  with_activation(args.activation, [&](auto act) {
    for (int y = rows.begin; y < rows.end; ++y) row(args, interior, y, act);
  });
}

}  // namespace lens::fast
