// From a photo to what a network reads. The one definition for web and native: the centre square
// of the photo, resized to the model's resolution, rounded to 8 bits so that every precision sees
// the same pixels, then scaled. Integer arithmetic throughout: the same bytes on every machine.
// Does not decode files and does not know models.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "engine/model.h"
#include "engine/tensor.h"
#include "image/image.h"

namespace lens {

// A square of a photo, in the photo's pixels.
struct Square {
  int x = 0;  // left
  int y = 0;  // top
  int size = 0;
  bool operator==(const Square&) const = default;
};

// What the network sees, before scaling.
struct Crop {
  int size = 0;                   // width and height in pixels: the model's resolution
  std::vector<std::uint8_t> rgb;  // size * size * 3 bytes, row by row
  Square source;                  // where in the photo it was taken from
};

// The middle of an image: side round(7/8 of the shorter side), an exact half rounded up; offset
// floor((side - square) / 2) on both axes. width, height >= 1.
Square centre_square(int width, int height);

// The centre square of a photo at resolution x resolution (>= 1) pixels.
// Shrinking averages areas: each output pixel is the mean of what it covers, with fractional
// weights at its edges. Growing is bilinear between pixel centres, the border repeated. Both round
// to nearest, an exact half up. Transparent pixels are laid over white first.
// Fails when the photo has no pixels or more than check_image_size() allows; a span that does not
// fit the size is asserted.
Result<Crop> crop_photo(const ImageView& photo, int resolution);

// scale * (byte - zero_point) for each byte: (size, size, 3).
Tensor scale_pixels(const Crop& crop, const InputScaling& scaling);

}  // namespace lens
