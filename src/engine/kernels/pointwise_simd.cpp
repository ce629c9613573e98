#include <algorithm>
#include <cassert>
#include <type_traits>

#include "engine/kernels/activation_simd.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/tile_simd.h"
#include "engine/kernels/tiling.h"

namespace lens::fast {

namespace {

// Reads one float of every cache line and does nothing with it. Weights come from afar, and a tile
// would wait for one line after the other; asked for in a row they come together.
void fetch(const float* from, int count) {
  const volatile float* lines = from;
  for (int i = 0; i < count; i += static_cast<int>(kCacheLineFloats)) {
    static_cast<void>(lines[i]);
  }
}

// Fetches a panel bit by bit, while the tiles of the one before it are computed.
class Ahead {
 public:
  Ahead(const float* panel, int count, int tiles)
      : at_(panel), left_(count), step_(whole_lines((count + tiles - 1) / tiles)) {}

  void step() {
    const int count = std::min(step_, left_);
    fetch(at_, count);
    at_ += count;
    left_ -= count;
  }

 private:
  static int whole_lines(int floats) {
    constexpr int kLine = static_cast<int>(kCacheLineFloats);
    return (floats + kLine - 1) / kLine * kLine;
  }

  const float* at_;
  int left_;
  int step_;
};

// Inputs of which two panels stay in the first-level cache.
constexpr int kMostDepthAhead = 512;

// Writes a panel of a tile's outputs, and where there is a residual, their sums with it.
template <int kPixels, class Act>
LENS_ALWAYS_INLINE inline void write(Tile<kPixels>& tile, const ConvArgs& args, int pixel,
                                     int first_output, Act act) {
  const int outputs = args.out.c - first_output;
  const int at = pixel * args.out.c + first_output;
  tile.finish(args.output + at, args.out.c, outputs, act);
  if constexpr (std::is_same_v<Act, Linear>) {
    if (args.residual == nullptr) return;
    tile.add(args.residual + at, args.out.c, outputs);
    tile.finish(args.sum + at, args.out.c, outputs, act);
  }
}

template <class Act>
void panel(const ConvArgs& args, Rows pixels, int first_output, Act act) {
  const int depth = args.in.c;
  const int outputs = args.out.c - first_output;
  const float* biases = args.packed + first_output * (1 + depth);
  const int size = (1 + depth) * kPanelOutputs;
  const bool is_ahead = depth <= kMostDepthAhead;
  if (!is_ahead || first_output == 0) fetch(biases, size);
  const int next_size = is_ahead && outputs > kPanelOutputs ? size : 0;
  const int tiles = (pixels.end - pixels.begin + kTilePixels - 1) / kTilePixels;
  Ahead next(biases + size, next_size, tiles);
  for_each_tile<kTilePixels>(pixels.begin, pixels.end, [&]<int kPixels>(int pixel) {
    next.step();
    Tile<kPixels> tile(biases);
    tile.accumulate(args.input + pixel * depth, depth, biases + kPanelOutputs, depth);
    write(tile, args, pixel, first_output, act);
  });
}

// kPanels panels of a single pixel, as a dense layer is. A multiply-add waits about four cycles for
// the one before it in the same sum, and two can start in each: eight sums keep the machine busy.
template <int kPanels, class Act>
void panels_of_pixel(const ConvArgs& args, int pixel, int first_output, Act act) {
  const int depth = args.in.c;
  const int panel_size = (1 + depth) * kPanelOutputs;
  const float* input = args.input + pixel * depth;
  const float* weights = args.packed + first_output * (1 + depth);
  Tile<1> tiles[kPanels];
  for (int i = 0; i < kPanels; ++i) tiles[i] = Tile<1>(weights + i * panel_size);
  for (int i = 0; i < depth; ++i) {
    weights += kPanelOutputs;
    for (int p = 0; p < kPanels; ++p)
      tiles[p].accumulate(input + i, 0, weights + p * panel_size, 1);
  }
  for (int i = 0; i < kPanels; ++i) {
    write(tiles[i], args, pixel, first_output + i * kPanelOutputs, act);
  }
}

template <class Act>
void single_pixel(const ConvArgs& args, int pixel, Rows outputs, Act act) {
  constexpr int kAtOnce = 4;
  int first = outputs.begin;
  for (; first + (kAtOnce - 1) * kPanelOutputs < outputs.end; first += kAtOnce * kPanelOutputs) {
    panels_of_pixel<kAtOnce>(args, pixel, first, act);
  }
  for (; first < outputs.end; first += kPanelOutputs) panels_of_pixel<1>(args, pixel, first, act);
}

// Pixels that go through all panels before the next ones do: their inputs and outputs stay in the
// second-level cache, as do the weights. Weights too large for that are read once instead; those
// that stay in the first-level cache leave it to a few pixels, whose outputs are then written line
// by line.
int pixels_at_once(const ConvArgs& args) {
  constexpr int kBlockFloats = 64 * 1024;
  constexpr int kMostWeights = 128 * 1024;
  constexpr int kFewWeights = 8 * 1024;
  constexpr int kLeastTiles = 4;
  const int weights = args.in.c * args.out.c;
  if (weights > kMostWeights) return args.out.h * args.out.w;
  if (weights <= kFewWeights) return kLeastTiles * kTilePixels;
  const int tiles = kBlockFloats / (args.in.c + args.out.c) / kTilePixels;
  return std::max(tiles, kLeastTiles) * kTilePixels;
}

template <class Act>
void all_panels(const ConvArgs& args, Rows pixels, Act act) {
  if (pixels.end - pixels.begin == 1) {
    return single_pixel(args, pixels.begin, {0, args.out.c}, act);
  }
  const int step = pixels_at_once(args);
  for (int pixel = pixels.begin; pixel < pixels.end; pixel += step) {
    const Rows block = {pixel, std::min(pixel + step, pixels.end)};
    for (int first = 0; first < args.out.c; first += kPanelOutputs) panel(args, block, first, act);
  }
}

}  // namespace

void pointwise(const ConvArgs& args, Rows rows) {
  const Rows pixels = {rows.begin * args.out.w, rows.end * args.out.w};
  if (args.activation == Activation::none) return all_panels(args, pixels, Linear{});
  assert(args.residual == nullptr);
  with_activation(args.activation, [&](auto act) { all_panels(args, pixels, act); });
}

void dense(const ConvArgs& args, Rows outputs) {
  with_activation(args.activation, [&](auto act) { single_pixel(args, 0, outputs, act); });
}

}  // namespace lens::fast
