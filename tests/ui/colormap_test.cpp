#include "ui/colormap.h"

#include <array>

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

TEST_CASE("colormap: each value takes its colour, those beyond the scale its end", "[ui]") {
  const ui::Mapping mapping = {ui::ColorScale::sequential, 0, 2};
  const std::array<float, 4> values = {-1, 0, 2, 9};
  std::array<std::uint32_t, 4> pixels = {};
  ui::map_colors(mapping, values, pixels.data());
  CHECK(pixels[0] == ui::rgb(0x440154));
  CHECK(pixels[1] == pixels[0]);
  CHECK(pixels[2] == ui::rgb(0xFDE725));
  CHECK(pixels[3] == pixels[2]);
}
