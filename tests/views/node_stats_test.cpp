#include "views/node_stats.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("statistics: a hand-computed layer", "[views]") {
  Tensor tensor({2, 1, 3});
  tensor.data = {0, -1, 4, 0, 3, 2};  // channel 0: 0 0, channel 1: -1 3, channel 2: 4 2
  const NodeStats stats = node_stats(tensor.view());
  CHECK(stats.lowest == -1);
  CHECK(stats.highest == 4);
  CHECK(stats.mean == Approx(8.0 / 6));
  CHECK(stats.zeros == Approx(2.0 / 6));
  CHECK(stats.negatives == Approx(1.0 / 6));
  CHECK(stats.silent_channels == 1);
  CHECK(stats.strongest_channel == 2);
  CHECK(stats.channels[1].lowest == -1);
  CHECK(stats.channels[1].highest == 3);
  CHECK(stats.channels[1].mean == 1);
  CHECK(stats.channels[0].zeros == 1);
}
