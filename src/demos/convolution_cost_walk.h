// Which numbers one output value of a convolution reads, value by value: what the calculator's
// picture lights. The products of all values together are convolution_cost.h's MACs.
#pragma once

#include "demos/convolution_cost.h"

namespace lens::demos {

enum class ConvolutionKind { standard, depthwise, pointwise };

// One output value and what it reads: a square of `kernel` pixels around (y, x), which may reach
// over the edge into padding, in `channels` input channels from first_channel on.
struct Touch {
  int y = 0;
  int x = 0;
  int channel = 0;  // of the output
  int kernel = 1;
  int first_channel = 0;
  int channels = 0;

  constexpr std::int64_t products() const { return std::int64_t{1} * kernel * kernel * channels; }
};

constexpr int output_channels(ConvolutionKind kind, const ConvolutionLayer& layer) {
  return kind == ConvolutionKind::depthwise ? layer.in_channels : layer.out_channels;
}

constexpr int output_count(ConvolutionKind kind, const ConvolutionLayer& layer) {
  return layer.extent * layer.extent * output_channels(kind, layer);
}

// The output values in the order of the walk: depthwise map by map, since none knows of another;
// the others pixel by pixel, since all of a pixel's values read the same numbers.
constexpr Touch touch(ConvolutionKind kind, const ConvolutionLayer& layer, int output) {
  if (kind == ConvolutionKind::depthwise) {
    const int pixel = output % (layer.extent * layer.extent);
    const int channel = output / (layer.extent * layer.extent);
    return {pixel / layer.extent, pixel % layer.extent, channel, layer.kernel, channel, 1};
  }
  const int pixel = output / layer.out_channels;
  const int kernel = kind == ConvolutionKind::pointwise ? 1 : layer.kernel;
  return {pixel / layer.extent, pixel % layer.extent, output % layer.out_channels, kernel, 0,
          layer.in_channels};
}

}  // namespace lens::demos
