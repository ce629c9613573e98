#include "ui/plot.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("plot: ticks are round numbers within the axis", "[ui]") {
  CHECK(ui::ticks({.low = 0, .high = 100}, 5) == std::vector<double>{0, 20, 40, 60, 80, 100});
  CHECK(ui::ticks({.low = 3, .high = 11}, 4) == std::vector<double>{4, 6, 8, 10});
  CHECK(ui::ticks({.low = -1, .high = 1}, 4) == std::vector<double>{-1, -0.5, 0, 0.5, 1});
}

TEST_CASE("plot: a narrow axis has more than one number", "[ui]") {
  CHECK(ui::ticks({.low = 1, .high = 32}, 2) == std::vector<double>{10, 20, 30});
  CHECK(ui::ticks({.low = 1, .high = 256}, 1).size() >= 2);
}

TEST_CASE("plot: a logarithmic axis fills up where there is room for numbers", "[ui]") {
  const ui::Axis axis = {.low = 1e6, .high = 1e9, .logarithmic = true};
  CHECK(ui::ticks(axis, 4).size() == 4);
  CHECK(ui::ticks(axis, 9).size() == 10);
}

TEST_CASE("plot: a logarithmic axis has powers of ten, and between them where few", "[ui]") {
  const std::vector<double> wide = ui::ticks({.low = 1, .high = 1e6, .logarithmic = true}, 5);
  REQUIRE(wide.size() == 7);
  CHECK(wide[3] == Approx(1000));
  const std::vector<double> narrow = ui::ticks({.low = 30, .high = 300, .logarithmic = true}, 5);
  REQUIRE(narrow.size() == 3);
  CHECK(narrow[0] == Approx(50));
  CHECK(narrow[2] == Approx(200));
}

TEST_CASE("plot: ticks are labelled without exponents", "[ui]") {
  CHECK(ui::tick_text(0) == "0");
  CHECK(ui::tick_text(0.25) == "0.25");
  CHECK(ui::tick_text(1500) == "1.5 k");
  CHECK(ui::tick_text(40e6) == "40 M");
  CHECK(ui::tick_text(-2e9) == "-2 G");
}

TEST_CASE("plot: an axis over values ends on ticks and holds zero if asked to", "[ui]") {
  const ui::Axis axis = ui::axis_over("ms", 3.2, 17.9);
  CHECK(axis.low == 0);
  CHECK(axis.high == Approx(20));
  const ui::Axis tight = ui::axis_over("%", 63.7, 75.2, false);
  CHECK(tight.low == Approx(60));
  CHECK(tight.high == Approx(80));
  const ui::Axis flat = ui::axis_over("", 5, 5, false);
  CHECK(flat.high > flat.low);
}
