#include "image/decode.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "image/exif.h"

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_FAILURE_STRINGS
// The formats that announce themselves: a text file is never taken for a picture.
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
#include "stb_image.h"

namespace lens {

namespace {

using Bytes = std::span<const std::uint8_t>;

// A file in memory as stb_image reads it, and whether it was asked for more than there is: for
// most formats stb_image would fill a file that is cut short with black and say nothing.
struct Source {
  Bytes rest;
  bool exhausted = false;
};

int read(void* user, char* data, int size) {
  auto& source = *static_cast<Source*>(user);
  if (source.rest.empty()) source.exhausted = true;
  const std::size_t count = std::min(static_cast<std::size_t>(size), source.rest.size());
  if (count > 0) std::memcpy(data, source.rest.data(), count);
  source.rest = source.rest.subspan(count);
  return static_cast<int>(count);
}

// A negative count would step back; only formats left out above ask for it.
void skip(void* user, int count) {
  auto& source = *static_cast<Source*>(user);
  const std::size_t forward = static_cast<std::size_t>(std::max(count, 0));
  source.rest = source.rest.subspan(std::min(forward, source.rest.size()));
}

int at_end(void* user) {
  return static_cast<Source*>(user)->rest.empty() ? 1 : 0;
}

constexpr stbi_io_callbacks kCallbacks = {.read = read, .skip = skip, .eof = at_end};

// The format that the first bytes announce; empty when there is none of ours.
std::string announced_format(Bytes file) {
  const auto begins = [&](const char* signature) {
    const std::size_t length = std::strlen(signature);
    return file.size() >= length && std::memcmp(file.data(), signature, length) == 0;
  };
  if (begins("\x89PNG")) return "PNG";
  if (begins("\xFF\xD8")) return "JPEG";
  if (begins("GIF8")) return "GIF";
  if (begins("BM")) return "BMP";
  return {};
}

// Why stb_image does not want it.
Error rejected(Bytes file) {
  if (file.empty()) return {"The file is empty (0 bytes).", "Choose another file."};
  const std::string format = announced_format(file);
  if (format.empty()) {
    return {"The file is not an image that can be read (PNG, JPEG, BMP or GIF).",
            "Convert the image to PNG first."};
  }
  return {"The " + format + " image is damaged or cut short.",
          "Get the file again, or save it anew."};
}

std::int64_t big_endian_32(Bytes file, std::size_t offset) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value * 256 + file[offset + i];
  return value;
}

// stb_image calls a PNG of a gigabyte and more damaged; its header says what is really the matter.
std::optional<Error> check_png_size(Bytes file) {
  constexpr std::size_t kWidth = 16;  // after the signature and the head of the IHDR chunk
  constexpr std::size_t kHeight = 20;
  if (announced_format(file) != "PNG" || file.size() < kHeight + 4) return std::nullopt;
  return check_image_size(big_endian_32(file, kWidth), big_endian_32(file, kHeight));
}

}  // namespace

Result<Image> decode(Bytes file) {
  if (const auto error = check_png_size(file)) return *error;
  Source header{.rest = file};
  Image image;
  int channels = 0;
  if (!stbi_info_from_callbacks(&kCallbacks, &header, &image.width, &image.height, &channels)) {
    return rejected(file);
  }
  // A BMP whose rows run from top to bottom announces a negative height.
  const std::int64_t height = std::abs(std::int64_t{image.height});
  if (const auto error = check_image_size(image.width, height)) return *error;

  Source source{.rest = file};
  const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> pixels(
      stbi_load_from_callbacks(&kCallbacks, &source, &image.width, &image.height, &channels, 4),
      &stbi_image_free);
  if (!pixels || source.exhausted) return rejected(file);
  const std::size_t pixel_count =
      static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
  image.rgba.assign(pixels.get(), pixels.get() + pixel_count * 4);
  return upright(std::move(image), exif_orientation(file));
}

}  // namespace lens
