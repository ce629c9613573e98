#include "image/preprocess.h"

#include <algorithm>
#include <cassert>

namespace lens {

namespace {

constexpr int kRgb = 3;

// How one output pixel of an axis is mixed from consecutive input pixels: weights[k] of input
// pixel first + k, out of a total that all output pixels of the axis share.
struct Mix {
  int first = 0;
  std::vector<std::uint32_t> weights;
};

struct Resampling {
  std::vector<Mix> outputs;
  std::uint32_t total = 1;
};

// In units of 1/out of an input pixel, output pixel i covers [i * in, (i + 1) * in) and input
// pixel p covers [p * out, (p + 1) * out): a weight is the length of their overlap.
Resampling average_areas(int in, int out) {
  Resampling resampling;
  resampling.total = static_cast<std::uint32_t>(in);
  for (int i = 0; i < out; ++i) {
    const int begin = i * in;
    const int end = begin + in;
    Mix mix{.first = begin / out, .weights = {}};
    for (int p = mix.first; p * out < end; ++p) {
      const int overlap = std::min(end, (p + 1) * out) - std::max(begin, p * out);
      mix.weights.push_back(static_cast<std::uint32_t>(overlap));
    }
    resampling.outputs.push_back(mix);
  }
  return resampling;
}

// Output centre (i + 1/2) * in / out lies between the input centres p + 1/2 and p + 3/2. In units
// of 1/(2 * out) of an input pixel everything is whole.
Resampling interpolate(int in, int out) {
  Resampling resampling;
  const int unit = 2 * out;
  resampling.total = static_cast<std::uint32_t>(unit);
  for (int i = 0; i < out; ++i) {
    // Clamped to the first and last centres: the border pixels repeat beyond them.
    const int position = std::clamp((2 * i + 1) * in - out, 0, (in - 1) * unit);
    const auto fraction = static_cast<std::uint32_t>(position % unit);
    Mix mix{.first = position / unit, .weights = {resampling.total - fraction}};
    if (fraction > 0) mix.weights.push_back(fraction);
    resampling.outputs.push_back(mix);
  }
  return resampling;
}

// One row of the photo's square as RGB over white, each channel rounded to 8 bits.
void read_row(const ImageView& photo, const Square& square, int y, std::vector<std::uint8_t>& rgb) {
  const std::size_t begin =
      (static_cast<std::size_t>(square.y + y) * static_cast<std::size_t>(photo.width) +
       static_cast<std::size_t>(square.x)) *
      static_cast<std::size_t>(photo.channels);
  const std::uint8_t* pixel = photo.bytes.data() + begin;
  std::uint8_t* out = rgb.data();
  for (int x = 0; x < square.size; ++x, pixel += photo.channels, out += kRgb) {
    const int alpha = photo.channels == 4 ? pixel[3] : 255;
    if (alpha == 255) {  // nearly always
      std::copy_n(pixel, kRgb, out);
      continue;
    }
    for (int c = 0; c < kRgb; ++c) {
      const int over_white = (pixel[c] * alpha + 255 * (255 - alpha) + 127) / 255;
      out[c] = static_cast<std::uint8_t>(over_white);
    }
  }
}

// Mixes along x. column_sums hold rows already mixed along y, in units of 1/total.
void mix_columns(const std::vector<std::uint32_t>& column_sums, const Resampling& resampling,
                 std::uint8_t* out) {
  const std::uint64_t total = std::uint64_t{resampling.total} * resampling.total;
  for (const Mix& mix : resampling.outputs) {
    for (int c = 0; c < kRgb; ++c) {
      std::uint64_t sum = 0;
      std::size_t column = static_cast<std::size_t>(mix.first * kRgb + c);
      for (const std::uint32_t weight : mix.weights) {
        sum += std::uint64_t{weight} * column_sums[column];
        column += kRgb;
      }
      *out++ = static_cast<std::uint8_t>((sum + total / 2) / total);
    }
  }
}

std::vector<std::uint8_t> resize(const ImageView& photo, const Square& square, int resolution) {
  const Resampling resampling = square.size >= resolution ? average_areas(square.size, resolution)
                                                          : interpolate(square.size, resolution);
  const std::size_t row_bytes = static_cast<std::size_t>(square.size) * kRgb;
  const std::size_t out_row_bytes = static_cast<std::size_t>(resolution) * kRgb;
  std::vector<std::uint8_t> row(row_bytes);
  std::vector<std::uint32_t> column_sums(row_bytes);
  std::vector<std::uint8_t> out(out_row_bytes * static_cast<std::size_t>(resolution));
  std::uint8_t* out_row = out.data();
  for (const Mix& mix : resampling.outputs) {
    std::fill(column_sums.begin(), column_sums.end(), 0u);
    int y = mix.first;
    for (const std::uint32_t weight : mix.weights) {
      read_row(photo, square, y++, row);
      for (std::size_t i = 0; i < row_bytes; ++i) column_sums[i] += weight * row[i];
    }
    mix_columns(column_sums, resampling, out_row);
    out_row += out_row_bytes;
  }
  return out;
}

}  // namespace

Square centre_square(int width, int height) {
  const int size = std::max((7 * std::min(width, height) + 4) / 8, 1);
  return {.x = (width - size) / 2, .y = (height - size) / 2, .size = size};
}

Result<Crop> crop_photo(const ImageView& photo, int resolution) {
  if (const auto error = check_image_size(photo.width, photo.height)) return *error;
  assert(photo.channels == 3 || photo.channels == 4);
  assert(photo.bytes.size() == static_cast<std::size_t>(photo.width) *
                                   static_cast<std::size_t>(photo.height) *
                                   static_cast<std::size_t>(photo.channels));
  assert(resolution >= 1);
  const Square square = centre_square(photo.width, photo.height);
  return Crop{.size = resolution, .rgb = resize(photo, square, resolution), .source = square};
}

Tensor scale_pixels(const Crop& crop, const InputScaling& scaling) {
  Tensor tensor({crop.size, crop.size, kRgb});
  std::transform(crop.rgb.begin(), crop.rgb.end(), tensor.data.begin(), [&](std::uint8_t byte) {
    return scaling.scale * (static_cast<float>(byte) - scaling.zero_point);
  });
  return tensor;
}

}  // namespace lens
