// Which way up a JPEG photo was taken, from its EXIF block, and the turn that sets it right: what
// browsers do by themselves. Reads no other tag.
#pragma once

#include <cstdint>
#include <span>

#include "image/image.h"

namespace lens {

// The orientation tag, 1 to 8; 1 (upright) when the file is no JPEG or has no readable tag.
// EXIF 2.3, section 4.6.4, tag 0x0112.
int exif_orientation(std::span<const std::uint8_t> file);

// The image as it is meant to be seen. orientation 1..8; 5..8 swap width and height.
Image upright(Image image, int orientation);

}  // namespace lens
