#include "demos/gate_spread.h"

#include <cmath>

#include "catch2/catch.hpp"

using namespace lens::demos;

TEST_CASE("gate spread: a hand-computed tray", "[demos]") {
  const std::vector<std::vector<float>> photos = {{0.0f, 0.5f, 1.0f}, {1.0f, 0.5f, 0.5f}};
  CHECK(gate_spread(photos) == std::vector<double>{0.5, 0, 0.25});
  CHECK(gate_spread({photos.data(), 1}) == std::vector<double>{0, 0, 0});
  CHECK(gate_spread({}).empty());
}

TEST_CASE("gate spread: halves are compared without the middle block", "[demos]") {
  const EarlyLate late = compare_halves(std::vector<double>{0.1, 0.3, 99, 0.4, 0.6});
  CHECK(late.half == 2);
  CHECK(late.early == Approx(0.2));
  CHECK(late.late == Approx(0.5));
  CHECK(late.trend == Trend::late_differ_more);
  CHECK(compare_halves(std::vector<double>{0.4, 0.1}).trend == Trend::early_differ_more);
  CHECK(compare_halves(std::vector<double>{0.2, 0.25}).trend == Trend::alike);
  CHECK(compare_halves(std::vector<double>{0.0, 0.0}).trend == Trend::alike);
  CHECK(compare_halves({}).half == 0);
}

TEST_CASE("gate spread: over the channels of one photo", "[demos]") {
  const std::vector<float> gates = {0, 1, 0.5f, 0.5f};
  const OverChannels of = over_channels(gates);
  CHECK(of.mean == 0.5);
  CHECK(of.deviation == Approx(std::sqrt(0.125)));
  CHECK(over_channels({}).deviation == 0);
}
