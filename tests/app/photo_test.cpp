#include "app/photo.h"

#include "catch2/catch.hpp"
#include "support/seeded.h"

namespace lens {

namespace {

Image noise(int width, int height) {
  Image image{width, height, {}};
  test::Lcg lcg(7);
  image.rgba.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  for (std::uint8_t& byte : image.rgba) byte = static_cast<std::uint8_t>(lcg.below(256));
  return image;
}

}  // namespace

TEST_CASE("photo: is there for every resolution of the catalog", "[app][photo]") {
  const auto [width, height] = GENERATE(std::pair{300, 260}, std::pair{1100, 1000});
  INFO(width);
  const Image image = noise(width, height);
  const Photo photo = prepare_photo("noise", image.view(), 1).value();
  CHECK(photo.width == width);
  CHECK(photo.height == height);
  const std::uint8_t* first = photo.at(224).rgb.data();
  for (const int resolution : {128, 192, 224}) {
    INFO(resolution);
    REQUIRE(photo.has(resolution));
    const Crop expected = crop_photo(image.view(), resolution).value();
    CHECK(photo.at(resolution).size == resolution);
    CHECK(photo.at(resolution).rgb == expected.rgb);
    CHECK(photo.at(resolution).source.x == expected.source.x);
  }
  CHECK(photo.at(224).rgb.data() == first);  // what shows it may hold on to it
}

TEST_CASE("photo: a large one is let go once it is cropped", "[app][photo]") {
  CHECK_FALSE(prepare_photo("small", noise(300, 260).view(), 1)->original.rgba.empty());
  CHECK(prepare_photo("large", noise(1100, 1000).view(), 1)->original.rgba.empty());
}

TEST_CASE("photo: a live picture is there for the model that it was taken for", "[app][photo]") {
  const Image image = noise(64, 48);
  const Photo photo = prepare_live_photo("camera", image.view(), 1, 160).value();
  CHECK(photo.live);
  CHECK(photo.has(160));
  CHECK_FALSE(photo.has(224));
}

TEST_CASE("photo: one without pixels is refused", "[app][photo]") {
  CHECK_FALSE(prepare_photo("empty", {}, 1).ok());
}

}  // namespace lens
