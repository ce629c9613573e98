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

TEST_CASE("statistics: values that are exactly 6 are those that a ReLU6 clips", "[views]") {
  Tensor tensor({2, 2, 1});
  tensor.data = {6, 5.9f, 6, 0};
  CHECK(node_stats(tensor.view()).sixes == Approx(0.5));
}

TEST_CASE("histogram: zeros are counted apart, the ends take what lies beyond", "[views]") {
  Tensor tensor({4, 1, 2});
  tensor.data = {0, -9, 1, 0.5f, 3, 1.5f, 99, 2};  // channel 0: 0 1 3 99
  const Histogram first = histogram(tensor.view(), 0, 0, 4, 4);
  CHECK(first.zeros == 1);
  CHECK(first.counts == std::vector<int>{0, 1, 0, 2});
  const Histogram all = histogram(tensor.view(), -1, 0, 4, 4);
  CHECK(all.counts == std::vector<int>{2, 2, 1, 2});
  CHECK(all.zeros == 1);
}

TEST_CASE("statistics: the magnitude of a part of the values", "[views]") {
  Tensor a({100, 1, 1});
  for (int i = 0; i < 100; ++i) a.data[static_cast<std::size_t>(i)] = i % 2 ? 1.0f : -1.0f;
  Tensor b = a;
  b.data[0] = 1000;
  const TensorView both[] = {a.view(), b.view()};
  CHECK(magnitude_of_part({both, 1}, 0.99) == Approx(1.0));
  CHECK(magnitude_of_part(both, 0.99) < 1.5f);
  CHECK(magnitude_of_part(both, 1.0) == Approx(1000.0));
}
