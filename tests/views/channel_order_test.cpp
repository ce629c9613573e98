#include "views/channel_order.h"

#include "catch2/catch.hpp"
#include "models/catalog.h"

using namespace lens;

namespace {

// Four channels over two pixels: dead, weak, strong and negative, strong.
NodeStats four_channels() {
  Tensor tensor({2, 1, 4});
  tensor.data = {0, 1, -8, 5, 0, 0, 2, 7};
  return node_stats(tensor.view());
}

}  // namespace

TEST_CASE("channels: each sort puts the largest first, index keeps the order", "[views]") {
  const NodeStats layer = four_channels();
  const std::vector<float> gates = {0.5f, 0.25f, 1, 0.75f};
  const auto sorted = [&](ChannelSort sort) {
    return channel_order(sort, ChannelFilter::all, layer, gates);
  };
  CHECK(sorted(ChannelSort::index) == std::vector<int>{0, 1, 2, 3});
  CHECK(sorted(ChannelSort::mean) == std::vector<int>{3, 1, 0, 2});
  CHECK(sorted(ChannelSort::highest) == std::vector<int>{3, 2, 1, 0});
  CHECK(sorted(ChannelSort::zeros) == std::vector<int>{0, 1, 2, 3});
  CHECK(sorted(ChannelSort::gate) == std::vector<int>{2, 3, 0, 1});
}

TEST_CASE("channels: dead ones are zero everywhere, strong ones reach half of the peak",
          "[views]") {
  const NodeStats layer = four_channels();
  const auto filtered = [&](ChannelFilter filter) {
    return channel_order(ChannelSort::index, filter, layer, {});
  };
  CHECK(filtered(ChannelFilter::dead) == std::vector<int>{0});
  CHECK(filtered(ChannelFilter::alive) == std::vector<int>{1, 2, 3});
  CHECK(filtered(ChannelFilter::strong) == std::vector<int>{2, 3});
}

TEST_CASE("channels: a gate belongs to the channels that pass through it", "[views]") {
  const Graph v3 = find_model("v3-small")->build({1, 224}, 10);
  const NodeId gate = v3.find("bneck4.se.gate");
  CHECK(gate_of(v3, v3.find("bneck4.depthwise")) == gate);
  CHECK(gate_of(v3, v3.find("bneck4.expand")) == gate);
  CHECK(gate_of(v3, v3.find("bneck4.se.scale")) == gate);
  CHECK(gate_of(v3, v3.find("bneck4.project")) == kNoNode);
  CHECK(gate_of(v3, v3.find("bneck2.depthwise")) == kNoNode);  // no block of its own
  const Graph v2 = find_model("v2")->build({1, 224}, 10);
  for (NodeId id = 0; id < v2.size(); ++id) CHECK(gate_of(v2, id) == kNoNode);
}
