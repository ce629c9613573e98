#include "ui/colormap.h"

#include <array>
#include <cstdlib>

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("colormap: zero is white as soon as something lies below it", "[ui]") {
  const ui::Mapping mapping = ui::mapping_for(-2.0f, 5.0f);
  CHECK(mapping.scale == ui::ColorScale::diverging);
  CHECK(mapping.low == -5.0f);
  CHECK(mapping.high == 5.0f);
  CHECK(ui::color_at(mapping.scale, 0.5f) == ui::rgb(0xFFFFFF));
}

TEST_CASE("colormap: values that are never negative start at zero", "[ui]") {
  const ui::Mapping mapping = ui::mapping_for(0.5f, 6.0f);
  CHECK(mapping.scale == ui::ColorScale::sequential);
  CHECK(mapping.low == 0.0f);
  CHECK(mapping.high == 6.0f);
}

TEST_CASE("colormap: a silent layer still has a scale", "[ui]") {
  const ui::Mapping mapping = ui::mapping_for(0.0f, 0.0f);
  CHECK(mapping.high > mapping.low);
}

TEST_CASE("colormap: each value takes its colour, those beyond the scale a mark", "[ui]") {
  const ui::Mapping mapping = {ui::ColorScale::sequential, 0, 2};
  const std::array<float, 4> values = {-1, 0, 2, 9};
  std::array<std::uint32_t, 4> pixels = {};
  ui::map_colors(mapping, values, pixels.data());
  CHECK(pixels[0] == ui::below_color(mapping.scale));
  CHECK(pixels[1] == ui::rgb(0x440154));
  CHECK(pixels[2] == ui::rgb(0xFDE725));
  CHECK(pixels[3] == ui::above_color(mapping.scale));
}

TEST_CASE("colormap: the marks of values beyond a scale are not among its colours", "[ui]") {
  for (const ui::ColorScale scale : {ui::ColorScale::sequential, ui::ColorScale::diverging}) {
    for (int i = 0; i <= 255; ++i) {
      const ImU32 color = ui::color_at(scale, static_cast<float>(i) / 255);
      for (const ImU32 mark : {ui::above_color(scale), ui::below_color(scale)}) {
        int distance = 0;
        for (unsigned shift = 0; shift < 24; shift += 8) {
          distance += std::abs(static_cast<int>((color >> shift) & 0xFF) -
                               static_cast<int>((mark >> shift) & 0xFF));
        }
        CHECK(distance > 90);
      }
    }
  }
}

TEST_CASE("colormap: mappings take turns over the channels", "[ui]") {
  const std::array<ui::Mapping, 2> mappings = {ui::mapping_for(0, 1), ui::mapping_for(0, 10)};
  const std::array<float, 4> values = {1, 10, 0.5f, 5};
  std::array<std::uint32_t, 4> pixels = {};
  ui::map_colors(mappings, values, pixels.data());
  CHECK(pixels[0] == pixels[1]);
  CHECK(pixels[2] == pixels[3]);
  CHECK(pixels[0] != pixels[2]);
}

TEST_CASE("colormap: a scale can be forced on any values", "[ui]") {
  const ui::Mapping diverging = ui::mapping_for(0, 3, ui::ScaleChoice::diverging);
  CHECK(diverging == ui::Mapping{ui::ColorScale::diverging, -3, 3});
  const ui::Mapping sequential = ui::mapping_for(-1, 3, ui::ScaleChoice::sequential);
  CHECK(sequential == ui::Mapping{ui::ColorScale::sequential, -1, 3});
  CHECK(ui::mapping_for(0, 0, ui::ScaleChoice::diverging).high > 0);
}
