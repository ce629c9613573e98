// Pixels as they come from a decoder or from the browser: 8 bits per channel, RGB or RGBA, row by
// row from the top left, alpha not premultiplied.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace lens {

// A read-only look at pixels that somebody else owns; keep it no longer than its owner.
struct ImageView {
  int width = 0;
  int height = 0;
  int channels = 4;  // 3 or 4
  std::span<const std::uint8_t> bytes;
};

// Owns RGBA pixels.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;

  ImageView view() const { return {width, height, 4, rgba}; }
};

constexpr std::int64_t kMaxImageSide = 16384;
constexpr std::int64_t kMaxImagePixels = 64'000'000;  // 256 MB as RGBA

// What is wrong with an image of this size, or nothing. To be asked before its pixels are
// allocated.
std::optional<Error> check_image_size(std::int64_t width, std::int64_t height);

}  // namespace lens
