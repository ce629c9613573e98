#include "engine/kernels/activation_simd.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/tile_simd.h"
#include "engine/kernels/tiling.h"

namespace lens::fast {

namespace {

template <class Act>
void panel(const ConvArgs& args, Rows pixels, int first_output, Act act) {
  const int depth = args.in.c;
  const int outputs = args.out.c - first_output;
  const float* biases = args.packed + first_output * (1 + depth);
  for_each_tile<kTilePixels>(pixels.begin, pixels.end, [&]<int kPixels>(int pixel) {
    Tile<kPixels> tile(biases);
    tile.accumulate(args.input + pixel * depth, depth, biases + kPanelOutputs, depth);
    tile.finish(args.output + pixel * args.out.c + first_output, args.out.c, outputs, act);
  });
}

}  // namespace

void pointwise(const ConvArgs& args, Rows rows) {
  const Rows pixels = {rows.begin * args.out.w, rows.end * args.out.w};
  with_activation(args.activation, [&](auto act) {
    for (int first = 0; first < args.out.c; first += kPanelOutputs) {
      panel(args, pixels, first, act);
    }
  });
}

}  // namespace lens::fast
