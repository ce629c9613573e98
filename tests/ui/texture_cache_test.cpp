#include "ui/texture_cache.h"

#include "catch2/catch.hpp"

using namespace lens;

namespace {

ui::Picture picture_of(int pixels) {
  return {pixels, 1, std::vector<std::uint32_t>(static_cast<std::size_t>(pixels))};
}

}  // namespace

TEST_CASE("texture cache: a picture is painted once", "[ui]") {
  ui::TextureCache cache;
  int painted = 0;
  const auto paint = [&] {
    ++painted;
    return picture_of(4);
  };
  CHECK(cache.get("a", paint).width == 4);
  CHECK(cache.get("a", paint).width == 4);
  CHECK(painted == 1);
}

TEST_CASE("texture cache: the one not used for longest makes room", "[ui]") {
  ui::TextureCache cache(3 * 4 * sizeof(std::uint32_t));
  int painted = 0;
  const auto paint = [&] {
    ++painted;
    return picture_of(4);
  };
  for (const char* key : {"a", "b", "c", "a", "d"}) cache.get(key, paint);
  CHECK(painted == 4);
  cache.get("a", paint);  // used lately: still there
  CHECK(painted == 4);
  cache.get("b", paint);  // gone
  CHECK(painted == 5);
}

TEST_CASE("texture cache: after a lost context everything is painted anew", "[ui]") {
  ui::TextureCache cache;
  int painted = 0;
  const auto paint = [&] {
    ++painted;
    return picture_of(4);
  };
  cache.get("a", paint);
  cache.forget();
  cache.get("a", paint);
  CHECK(painted == 2);
}
