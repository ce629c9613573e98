// Image files to pixels for the command line and the tests: PNG, JPEG, BMP and GIF (its first
// picture) through stb_image. On the web the browser decodes, and nothing refers to this file.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "image/image.h"

namespace lens {

// The picture of a whole file, upright (EXIF orientation is applied). The size is checked before
// any pixel is allocated. Fails with a sentence when the file is empty, no image, damaged, cut
// short or too large.
Result<Image> decode(std::span<const std::uint8_t> file);

}  // namespace lens
