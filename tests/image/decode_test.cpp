#include "image/decode.h"

#include <string>
#include <vector>

#include "catch2/catch.hpp"
#include "image/exif.h"
#include "support/assets.h"

namespace {

using Bytes = std::vector<std::uint8_t>;

void append(Bytes& bytes, std::uint32_t value, int count, bool little_endian) {
  for (int i = 0; i < count; ++i) {
    const int shift = 8 * (little_endian ? i : count - 1 - i);
    bytes.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

// The beginning of a JPEG whose EXIF block has one other tag and then the orientation.
Bytes jpeg_header(std::uint32_t orientation, bool little_endian) {
  const std::string order = little_endian ? "II" : "MM";
  Bytes tiff(order.begin(), order.end());
  append(tiff, 42, 2, little_endian);
  append(tiff, 8, 4, little_endian);  // where the directory begins
  append(tiff, 2, 2, little_endian);  // its entries
  for (const auto& [tag, value] : {std::pair{0x0103u, 6u}, std::pair{0x0112u, orientation}}) {
    append(tiff, tag, 2, little_endian);
    append(tiff, 3, 2, little_endian);  // a 16-bit number
    append(tiff, 1, 4, little_endian);
    append(tiff, value, 2, little_endian);
    append(tiff, 0, 2, little_endian);
  }
  Bytes jpeg = {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'x', 'x', 0xFF, 0xE1};
  append(jpeg, static_cast<std::uint32_t>(2 + 6 + tiff.size()), 2, false);
  for (const char c : {'E', 'x', 'i', 'f', '\0', '\0'})
    jpeg.push_back(static_cast<std::uint8_t>(c));
  jpeg.insert(jpeg.end(), tiff.begin(), tiff.end());
  return jpeg;
}

std::string message_of(const Bytes& file) {
  const lens::Result<lens::Image> image = lens::decode(file);
  REQUIRE_FALSE(image.ok());
  REQUIRE_FALSE(image.error().hint.empty());
  return image.error().message;
}

Bytes first_part(const std::string& photo, double share) {
  Bytes file = lens::test::read_asset("photos/" + photo);
  file.resize(static_cast<std::size_t>(share * static_cast<double>(file.size())));
  return file;
}

// Signature and IHDR of a PNG, as large as it claims to be.
Bytes png_header(std::uint32_t width, std::uint32_t height) {
  Bytes png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
  append(png, width, 4, false);
  append(png, height, 4, false);
  for (const int byte : {8, 2, 0, 0, 0, 0, 0, 0, 0}) png.push_back(static_cast<std::uint8_t>(byte));
  return png;
}

// Six pixels in two rows of three, their red channel 0 to 5.
lens::Image numbered() {
  lens::Image image{.width = 3, .height = 2, .rgba = {}};
  for (std::uint8_t i = 0; i < 6; ++i) image.rgba.insert(image.rgba.end(), {i, 0, 0, 255});
  return image;
}

std::vector<int> reds(const lens::Image& image) {
  std::vector<int> red;
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) red.push_back(image.rgba[i]);
  return red;
}

}  // namespace

TEST_CASE("decode: the photos open with their sizes, opaque", "[image]") {
  struct Case {
    std::string file;
    int width;
    int height;
  };

  const Case photo = GENERATE(Case{"chelsea.png", 451, 300}, Case{"coffee.png", 600, 400},
                              Case{"rocket.jpg", 640, 427}, Case{"cat.bmp", 512, 341});
  const lens::Result<lens::Image> image =
      lens::decode(lens::test::read_asset("photos/" + photo.file));
  REQUIRE(image.ok());
  REQUIRE(image->width == photo.width);
  REQUIRE(image->height == photo.height);
  REQUIRE(image->rgba.size() == static_cast<std::size_t>(photo.width * photo.height * 4));
  REQUIRE(image->rgba.back() == 255);
}

TEST_CASE("decode: an empty file is called empty", "[image]") {
  REQUIRE(message_of({}) == "The file is empty (0 bytes).");
}

TEST_CASE("decode: a text file is not taken for an image", "[image]") {
  const std::string text = GENERATE("hello, I am a photo\n", "x", "P6 1 1 255\nabc");
  REQUIRE_THAT(message_of(Bytes(text.begin(), text.end())), Catch::Contains("not an image"));
}

TEST_CASE("decode: files that are cut short are refused, whatever their format", "[image]") {
  struct Case {
    std::string file;
    std::string format;
  };

  const Case photo =
      GENERATE(Case{"chelsea.png", "PNG"}, Case{"rocket.jpg", "JPEG"}, Case{"cat.bmp", "BMP"});
  const double share = GENERATE(0.0001, 0.01, 0.5, 0.99);
  INFO(photo.file << " " << share);
  REQUIRE(message_of(first_part(photo.file, share)) ==
          "The " + photo.format + " image is damaged or cut short.");
}

TEST_CASE("decode: a file that claims a huge size is refused by its header alone", "[image]") {
  REQUIRE_THAT(message_of(png_header(20000, 20000)), Catch::Contains("20000 x 20000 pixels"));
  REQUIRE_THAT(message_of(png_header(16000, 16000)), Catch::Contains("64 megapixels"));
}

TEST_CASE("decode: bit-flipped files give an image or a sentence", "[image]") {
  const std::string photo = GENERATE("chelsea.png", "rocket.jpg");
  Bytes file = lens::test::read_asset("photos/" + photo);
  std::uint32_t state = GENERATE(1u, 2u, 3u, 4u, 5u, 6u);
  for (int flip = 0; flip < 20; ++flip) {
    state = state * 1664525u + 1013904223u;
    file[(state >> 8) % file.size()] ^= static_cast<std::uint8_t>(1u << (state >> 29));
  }
  const lens::Result<lens::Image> image = lens::decode(file);
  REQUIRE((image.ok() || !image.error().message.empty()));
}

TEST_CASE("exif: the orientation is read in either byte order", "[image]") {
  const std::uint32_t orientation = GENERATE(range(1u, 9u));
  const bool little_endian = GENERATE(false, true);
  REQUIRE(lens::exif_orientation(jpeg_header(orientation, little_endian)) ==
          static_cast<int>(orientation));
}

TEST_CASE("exif: anything unreadable counts as upright", "[image]") {
  const Bytes header = jpeg_header(6, true);
  REQUIRE(lens::exif_orientation(jpeg_header(9, true)) == 1);
  REQUIRE(lens::exif_orientation(lens::test::read_asset("photos/rocket.jpg")) == 1);
  REQUIRE(lens::exif_orientation(lens::test::read_asset("photos/chelsea.png")) == 1);
  for (std::size_t length = 0; length + 4 < header.size(); ++length) {
    const Bytes cut(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(length));
    REQUIRE(lens::exif_orientation(cut) <= 6);
  }
}

TEST_CASE("exif: turning sets each of the eight orientations upright", "[image]") {
  struct Case {
    int orientation;
    std::vector<int> expected;
  };

  // Stored:  0 1 2
  //          3 4 5
  const Case turn = GENERATE(Case{1, {0, 1, 2, 3, 4, 5}}, Case{2, {2, 1, 0, 5, 4, 3}},
                             Case{3, {5, 4, 3, 2, 1, 0}}, Case{4, {3, 4, 5, 0, 1, 2}},
                             Case{5, {0, 3, 1, 4, 2, 5}}, Case{6, {3, 0, 4, 1, 5, 2}},
                             Case{7, {5, 2, 4, 1, 3, 0}}, Case{8, {2, 5, 1, 4, 0, 3}});
  const lens::Image image = lens::upright(numbered(), turn.orientation);
  REQUIRE(image.width == (turn.orientation >= 5 ? 2 : 3));
  REQUIRE(image.height == (turn.orientation >= 5 ? 3 : 2));
  REQUIRE(reds(image) == turn.expected);
}

TEST_CASE("decode: a JPEG with an orientation comes out upright", "[image]") {
  const Bytes plain = lens::test::read_asset("photos/rocket.jpg");
  Bytes turned = jpeg_header(6, false);
  turned.insert(turned.end(), plain.begin() + 2, plain.end());
  const lens::Result<lens::Image> stored = lens::decode(plain);
  const lens::Result<lens::Image> image = lens::decode(turned);
  REQUIRE(stored.ok());
  REQUIRE(image.ok());
  REQUIRE(image->width == 427);
  REQUIRE(image->height == 640);
  REQUIRE((image->rgba == lens::upright(*stored, 6).rgba));
}
