#include "views/timing.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("timing: the median is the middle value, or the mean of the two in the middle",
          "[views]") {
  CHECK(median({}) == 0);
  CHECK(median({7}) == 7);
  CHECK(median({9, 1, 5}) == 5);
  CHECK(median({8, 1, 2, 100}) == 5);
}

TEST_CASE("timing: one disturbed run moves neither a layer nor the whole", "[views]") {
  const std::vector<std::vector<double>> runs = {{1, 2}, {1, 3}, {50, 2}};
  const Timing timing = timing_of(runs);
  CHECK(timing.runs == 3);
  CHECK(timing.node_ms == std::vector<double>{1, 2});
  CHECK(timing.total_ms == 4);  // of 3, 4 and 52; the layers' medians add up to 3
}
