#include "image/image.h"

#include <string>

namespace lens {

std::optional<Error> check_image_size(std::int64_t width, std::int64_t height) {
  const bool empty = width <= 0 || height <= 0;
  // The sides are checked before they are multiplied: the product cannot overflow.
  const bool too_large =
      width > kMaxImageSide || height > kMaxImageSide || width * height > kMaxImagePixels;
  if (!empty && !too_large) return std::nullopt;

  const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (empty) return Error{"The image has no pixels: " + size + ".", "Use another image."};
  return Error{"The image is too large: " + size + ", at most " + std::to_string(kMaxImageSide) +
                   " a side and " + std::to_string(kMaxImagePixels / 1'000'000) + " megapixels.",
               "Scale the image down first."};
}

}  // namespace lens
