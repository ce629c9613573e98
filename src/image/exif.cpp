#include "image/exif.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace lens {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr int kUpright = 1;

// Whole numbers from a byte string of either order; reading beyond its end gives 0.
struct Reader {
  Bytes bytes;
  bool little_endian = false;

  std::uint32_t number(std::size_t offset, std::size_t count) const {
    if (offset > bytes.size() || count > bytes.size() - offset) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      value = value << 8 | bytes[offset + (little_endian ? count - 1 - i : i)];
    }
    return value;
  }
};

// The TIFF structure inside an EXIF segment: header, offset of the first directory, a count, and
// entries of 12 bytes {tag, type, count, value}.
int orientation_of_tiff(Bytes tiff) {
  constexpr std::uint32_t kTag = 0x0112;
  constexpr std::uint32_t kShort = 3;
  constexpr std::size_t kEntryBytes = 12;
  Reader reader{.bytes = tiff, .little_endian = tiff.size() >= 2 && tiff[0] == 'I'};
  const std::size_t directory = reader.number(4, 4);
  const std::uint32_t count = reader.number(directory, 2);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + kEntryBytes * i;
    if (reader.number(entry, 2) != kTag || reader.number(entry + 2, 2) != kShort) continue;
    const std::uint32_t value = reader.number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : kUpright;
  }
  return kUpright;
}

}  // namespace

int exif_orientation(Bytes file) {
  constexpr std::uint32_t kStart = 0xFFD8;
  constexpr std::uint32_t kApp1 = 0xFFE1;
  constexpr std::uint32_t kScan = 0xFFDA;  // the pixels begin: no more headers
  constexpr std::uint8_t kSignature[] = {'E', 'x', 'i', 'f', 0, 0};
  const Reader reader{.bytes = file};
  if (reader.number(0, 2) != kStart) return kUpright;
  // A segment is a marker, a length that counts itself, and its content.
  std::size_t segment = 2;
  while (segment + 4 <= file.size()) {
    const std::uint32_t marker = reader.number(segment, 2);
    const std::size_t length = reader.number(segment + 2, 2);
    if (marker < 0xFF00 || marker == kScan || length < 2) return kUpright;
    const std::size_t end = std::min(segment + 2 + length, file.size());
    const Bytes content = file.subspan(segment + 4, end - std::min(segment + 4, end));
    const bool exif = marker == kApp1 && content.size() > sizeof kSignature &&
                      std::equal(std::begin(kSignature), std::end(kSignature), content.begin());
    if (exif) return orientation_of_tiff(content.subspan(sizeof kSignature));
    segment += 2 + length;
  }
  return kUpright;
}

Image upright(Image image, int orientation) {
  assert(orientation >= 1 && orientation <= 8);
  if (orientation == kUpright) return image;
  // The upright pixel (y, x) was stored at (y, x), or at (x, y) for the quarter turns, counted
  // from the far end of the stored rows or columns where those are mirrored.
  const bool swapped = orientation >= 5;
  const bool rows_mirrored =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const bool columns_mirrored =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  Image turned{.width = image.width, .height = image.height, .rgba = {}};
  if (swapped) std::swap(turned.width, turned.height);
  turned.rgba.reserve(image.rgba.size());
  for (int y = 0; y < turned.height; ++y) {
    for (int x = 0; x < turned.width; ++x) {
      const int row = swapped ? x : y;
      const int column = swapped ? y : x;
      const int stored_row = rows_mirrored ? image.height - 1 - row : row;
      const int stored_column = columns_mirrored ? image.width - 1 - column : column;
      const std::uint8_t* pixel =
          image.rgba.data() + (std::ptrdiff_t{stored_row} * image.width + stored_column) * 4;
      turned.rgba.insert(turned.rgba.end(), pixel, pixel + 4);
    }
  }
  return turned;
}

}  // namespace lens
