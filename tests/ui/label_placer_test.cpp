#include "ui/label_placer.h"

#include "catch2/catch.hpp"

using lens::ui::LabelPlacer;

TEST_CASE("labels: stand to the right of their mark while there is room", "[ui]") {
  LabelPlacer placer({0, 0}, {200, 100});
  placer.keep_free({50, 50}, 4);
  const auto at = placer.place({50, 50}, 4, {40, 10});
  REQUIRE(at.has_value());
  CHECK(at->x == 56);
  CHECK(at->y == 45);
}

TEST_CASE("labels: none overlaps another, a mark or the edge", "[ui]") {
  LabelPlacer placer({0, 0}, {120, 60});

  struct Box {
    float x0, y0, x1, y1;
  };

  std::vector<Box> boxes;
  for (int i = 0; i < 6; ++i) placer.keep_free({20.0f + 14 * static_cast<float>(i), 30}, 4);
  for (int i = 0; i < 6; ++i) {
    const auto at = placer.place({20.0f + 14 * static_cast<float>(i), 30}, 4, {30, 10});
    if (at) boxes.push_back({at->x, at->y, at->x + 30, at->y + 10});
  }
  REQUIRE(boxes.size() >= 4);
  for (const Box& box : boxes) {
    CHECK((box.x0 >= 0 && box.y0 >= 0 && box.x1 <= 120 && box.y1 <= 60));
    for (int i = 0; i < 6; ++i) {
      const float x = 20.0f + 14 * static_cast<float>(i);
      CHECK_FALSE((box.x0 < x + 4 && x - 4 < box.x1 && box.y0 < 34 && 26 < box.y1));
    }
    for (const Box& other : boxes) {
      if (&other == &box) continue;
      CHECK_FALSE(
          (box.x0 < other.x1 && other.x0 < box.x1 && box.y0 < other.y1 && other.y0 < box.y1));
    }
  }
}

TEST_CASE("labels: a label without room is left out", "[ui]") {
  LabelPlacer placer({0, 0}, {30, 12});
  CHECK_FALSE(placer.place({15, 6}, 4, {40, 10}).has_value());
}
