#include "image/preprocess.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "catch2/catch.hpp"
#include "image/decode.h"
#include "support/assets.h"

using lens::Crop;
using lens::ImageView;
using lens::Square;

namespace {

using Bytes = std::vector<std::uint8_t>;

// Colours of a seeded linear congruential generator.
Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  std::uint32_t state = 1;
  for (std::uint8_t& byte : bytes) {
    state = state * 1664525u + 1013904223u;
    byte = static_cast<std::uint8_t>(state >> 24);
  }
  return bytes;
}

Bytes filled(int width, int height, const Bytes& pixel) {
  Bytes bytes;
  for (int i = 0; i < width * height; ++i) bytes.insert(bytes.end(), pixel.begin(), pixel.end());
  return bytes;
}

Crop crop_of(int width, int height, int channels, const Bytes& bytes, int resolution) {
  const ImageView view{.width = width, .height = height, .channels = channels, .bytes = bytes};
  lens::Result<Crop> crop = lens::crop_photo(view, resolution);
  REQUIRE(crop.ok());
  return std::move(crop).value();
}

Crop crop_of_photo(const std::string& file, int resolution) {
  const lens::Result<lens::Image> photo = lens::decode(lens::test::read_asset("photos/" + file));
  REQUIRE(photo.ok());
  lens::Result<Crop> crop = lens::crop_photo(photo->view(), resolution);
  REQUIRE(crop.ok());
  return std::move(crop).value();
}

Bytes golden(const std::string& file, int resolution) {
  const std::string name = file.substr(0, file.find('.'));
  return lens::test::read_asset("golden/" + name + "." + std::to_string(resolution) + ".rgb");
}

}  // namespace

TEST_CASE("preprocess: lossless photos give the golden bytes exactly", "[image]") {
  const std::string file = GENERATE("chelsea.png", "coffee.png", "cat.bmp", "bird.bmp");
  const int resolution = GENERATE(128, 192, 224);
  INFO(file << " at " << resolution);
  const Bytes expected = golden(file, resolution);
  REQUIRE(expected.size() == static_cast<std::size_t>(resolution * resolution * 3));
  REQUIRE((crop_of_photo(file, resolution).rgb == expected));
}

// JPEG decoders may differ in the last bits of the inverse transform and in how they enlarge the
// colour planes.
TEST_CASE("preprocess: the JPEG photo is within a few steps of the golden bytes", "[image]") {
  const int resolution = GENERATE(128, 192, 224);
  const Bytes expected = golden("rocket.jpg", resolution);
  const Crop crop = crop_of_photo("rocket.jpg", resolution);
  REQUIRE(crop.rgb.size() == expected.size());
  int largest = 0;
  double sum = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const int difference = std::abs(int{crop.rgb[i]} - int{expected[i]});
    largest = std::max(largest, difference);
    sum += difference;
  }
  REQUIRE(largest <= 2);
  REQUIRE(sum / static_cast<double>(expected.size()) < 0.05);
}

TEST_CASE("preprocess: the square is 7/8 of the shorter side, in the middle", "[image]") {
  REQUIRE(lens::centre_square(451, 300) == Square{94, 18, 263});  // 262.5 rounds up
  REQUIRE(lens::centre_square(512, 343) == Square{106, 21, 300});
  REQUIRE(lens::centre_square(343, 512) == Square{21, 106, 300});
  REQUIRE(lens::centre_square(1, 1) == Square{0, 0, 1});
  REQUIRE(lens::centre_square(2, 1000) == Square{0, 499, 2});
  REQUIRE(lens::centre_square(16384, 16384) == Square{1024, 1024, 14336});
}

TEST_CASE("preprocess: shrinking weighs the pixels at the edges by what is covered", "[image]") {
  // The middle 3x3 of a 4x4 image starts at (0, 0): offset floor(1 / 2).
  Bytes bytes;
  for (const int grey : {10, 20, 60, 0, 30, 40, 80, 0, 50, 90, 100, 0, 0, 0, 0, 0}) {
    bytes.insert(bytes.end(), 3, static_cast<std::uint8_t>(grey));
  }
  REQUIRE(lens::centre_square(4, 4) == Square{0, 0, 4});
  // round(3.5) = 4, so all of it: 4 -> 3 pixels, windows of 4/3.
  const Crop crop = crop_of(4, 4, 3, bytes, 3);
  // Top left: (10 + 20/3 + 30/3 + 40/9) / (16/9) = 17.5, rounded up.
  REQUIRE(int{crop.rgb[0]} == 18);
  // Middle: rows 1, 2 by 2/3 each, columns likewise: the mean of 40, 80, 90, 100.
  REQUIRE(int{crop.rgb[4 * 3]} == 78);
}

TEST_CASE("preprocess: a square of the model's size passes unchanged", "[image]") {
  const Bytes bytes = random_bytes(256 * 256 * 3);
  const Crop crop = crop_of(256, 256, 3, bytes, 224);
  REQUIRE(crop.source == Square{16, 16, 224});
  int mismatches = 0;
  for (std::size_t i = 0; i < crop.rgb.size(); ++i) {
    const std::size_t y = i / (224 * 3);
    const std::size_t column = i % (224 * 3);
    if (crop.rgb[i] != bytes[(y + 16) * 256 * 3 + 16 * 3 + column]) ++mismatches;
  }
  REQUIRE(mismatches == 0);
}

TEST_CASE("preprocess: growing interpolates between centres and repeats the border", "[image]") {
  const Bytes bytes = {0, 0, 0, 100, 100, 100, 200, 200, 200, 40, 40, 40};  // 2x2
  const Crop crop = crop_of(2, 2, 3, bytes, 4);
  const auto grey = [&](int y, int x) {
    return int{crop.rgb[static_cast<std::size_t>((y * 4 + x) * 3)]};
  };
  REQUIRE(grey(0, 0) == 0);
  REQUIRE(grey(0, 1) == 25);  // centre 0.75: a quarter of the way from 0 to 100
  REQUIRE(grey(0, 2) == 75);
  REQUIRE(grey(0, 3) == 100);
  REQUIRE(grey(1, 0) == 50);
  REQUIRE(grey(3, 3) == 40);
  REQUIRE(grey(1, 1) == 59);  // (9 * 0 + 3 * 100 + 3 * 200 + 1 * 40) / 16 = 58.75, rounded
}

TEST_CASE("preprocess: an image of one colour stays that colour at any size", "[image]") {
  const int width = GENERATE(1, 3, 17, 300);
  const int height = GENERATE(1, 2, 64, 301);
  const int resolution = GENERATE(1, 7, 128);
  const Crop crop = crop_of(width, height, 3, filled(width, height, {255, 1, 128}), resolution);
  REQUIRE((crop.rgb == filled(resolution, resolution, {255, 1, 128})));
}

TEST_CASE("preprocess: values stay within those of the photo", "[image]") {
  const int side = GENERATE(2, 5, 90, 401);
  Bytes bytes = random_bytes(static_cast<std::size_t>(side * side * 3));
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(100 + byte % 50);
  const Crop crop = crop_of(side, side, 3, bytes, 96);
  const auto [least, most] = std::minmax_element(crop.rgb.begin(), crop.rgb.end());
  REQUIRE(int{*least} >= 100);
  REQUIRE(int{*most} <= 149);
}

TEST_CASE("preprocess: transparency is laid over white", "[image]") {
  const auto first_pixel = [](const Bytes& rgba) {
    const Crop crop = crop_of(8, 8, 4, filled(8, 8, rgba), 4);
    return Bytes(crop.rgb.begin(), crop.rgb.begin() + 3);
  };
  REQUIRE((first_pixel({10, 20, 30, 255}) == Bytes{10, 20, 30}));
  REQUIRE((first_pixel({10, 20, 30, 0}) == Bytes{255, 255, 255}));
  REQUIRE((first_pixel({0, 100, 200, 51}) == Bytes{204, 224, 244}));
}

TEST_CASE("preprocess: an opaque RGBA photo gives what its RGB gives", "[image]") {
  const Bytes rgb = random_bytes(50 * 40 * 3);
  Bytes rgba;
  for (std::size_t i = 0; i < rgb.size(); i += 3) {
    rgba.insert(rgba.end(), {rgb[i], rgb[i + 1], rgb[i + 2], 255});
  }
  REQUIRE((crop_of(50, 40, 3, rgb, 24).rgb == crop_of(50, 40, 4, rgba, 24).rgb));
}

TEST_CASE("preprocess: images without pixels or beyond the limits are refused", "[image]") {
  struct Case {
    int width;
    int height;
    std::string part;
  };

  const Case bad =
      GENERATE(Case{0, 10, "no pixels"}, Case{10, 0, "no pixels"}, Case{-3, 5, "no pixels"},
               Case{20000, 10, "20000 x 10"}, Case{16384, 16384, "64 megapixels"});
  const lens::Result<Crop> crop =
      lens::crop_photo({.width = bad.width, .height = bad.height, .channels = 4, .bytes = {}}, 224);
  REQUIRE_FALSE(crop.ok());
  REQUIRE_THAT(crop.error().message, Catch::Contains(bad.part));
  REQUIRE_FALSE(crop.error().hint.empty());
}

TEST_CASE("preprocess: scaling maps bytes by the file's scale and zero point", "[image]") {
  const Crop crop = crop_of(1, 1, 3, {0, 128, 255}, 1);
  const lens::Tensor slim = lens::scale_pixels(crop, {});
  REQUIRE(slim.shape == lens::Shape{1, 1, 3});
  REQUIRE(slim.data == std::vector<float>{-1.0f, 0.5f / 127.5f, 1.0f});
  const lens::Tensor bytes = lens::scale_pixels(crop, {.scale = 1.0f, .zero_point = 0.0f});
  REQUIRE(bytes.data == std::vector<float>{0.0f, 128.0f, 255.0f});
}
