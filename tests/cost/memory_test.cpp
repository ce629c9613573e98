#include "cost/memory.h"

#include <algorithm>

#include "catch2/catch.hpp"
#include "cost/cost.h"
#include "models/catalog.h"

using namespace lens;

namespace {

Graph build(const char* id) {
  return find_model(id)->build({}, kPaperClasses);
}

constexpr std::int64_t bytes(int h, int w, int c) {
  return std::int64_t{4} * h * w * c;
}

}  // namespace

TEST_CASE("memory: a residual keeps the block's input alive until the sum", "[cost]") {
  const Graph v2 = build("v2");
  const std::vector<std::int64_t> live = live_bytes(v2);
  const auto at = [&](const char* name) { return live[static_cast<std::size_t>(v2.find(name))]; };
  // Block 3 keeps its 56x56x24 input while 144 channels are made of it.
  CHECK(at("bneck3.depthwise") == bytes(56, 56, 24 + 144 + 144));
  CHECK(at("bneck3.add") == bytes(56, 56, 24 + 24 + 24));
  // Block 2 has no residual: its input is free once it has been expanded.
  CHECK(at("bneck2.expand") == bytes(112, 112, 16 + 96));
  CHECK(at("bneck2.depthwise") == bytes(112, 112, 96) + bytes(56, 56, 96));
}

TEST_CASE("memory: live bytes equal a simulation that frees after the last reader", "[cost]") {
  for (const CatalogEntry& entry : catalog()) {
    const Graph graph = entry.build(entry.variants[0], kPaperClasses);
    const std::vector<std::int64_t> live = live_bytes(graph);
    std::int64_t held = 0;
    for (NodeId now = 0; now < graph.size(); ++now) {
      held += static_cast<std::int64_t>(graph.node(now).out.count() * sizeof(float));
      INFO(entry.id << " " << graph.node(now).name);
      CHECK(live[static_cast<std::size_t>(now)] == held);
      for (NodeId old = 0; old <= now; ++old) {
        NodeId last = old;
        for (NodeId reader = old; reader < graph.size(); ++reader) {
          const Node& node = graph.node(reader);
          if (node.inputs[0] == old || node.inputs[1] == old) last = reader;
        }
        if (last == now) {
          held -= static_cast<std::int64_t>(graph.node(old).out.count() * sizeof(float));
        }
      }
    }
    CHECK(held == 0);
  }
}

TEST_CASE("memory: what is never freed adds up to all outputs", "[cost]") {
  const Graph graph = build("v3-large");
  const std::int64_t input = bytes(224, 224, 3);
  CHECK(kept_bytes(graph).front() == input);
  CHECK(kept_bytes(graph).back() == total_cost(graph).activation_bytes + input);
}

TEST_CASE("memory: V2's largest tensor is 1.5 times V1's, its largest stored one is half of it",
          "[cost]") {
  const auto largest = [](const Graph& graph, bool stored_only) {
    std::size_t most = 0;
    for (NodeId id = 1; id < graph.size(); ++id) {
      const std::size_t count = graph.node(id).out.count();
      if (!stored_only || stored_whole(graph, id)) most = std::max(most, count);
    }
    return most;
  };
  const Graph v1 = build("v1");
  const Graph v2 = build("v2");
  CHECK(largest(v1, false) == 802'816);
  CHECK(largest(v1, true) == 802'816);
  CHECK(largest(v2, false) == 1'204'224);
  CHECK(largest(v2, true) == 401'408);  // the stem's 112x112x32
}

// MobileNetV2, table 3: all of V1's channels are printed so; of V2's, those that a resolution's
// bottlenecks carry, where the paper names those that the last block at it hands on.
TEST_CASE("memory: channels by resolution are those of V2's table 3 for V1", "[cost]") {
  const std::vector<StoredAt> v1 = stored_by_resolution(build("v1"));
  const std::vector<std::pair<int, int>> printed = {{112, 64}, {56, 128}, {28, 256},
                                                    {14, 512}, {7, 1024}, {1, 1024}};
  REQUIRE(v1.size() == printed.size());
  for (std::size_t i = 0; i < v1.size(); ++i) {
    CHECK(v1[i].extent == printed[i].first);
    CHECK(v1[i].channels == printed[i].second);
  }
  CHECK(v1[0].bytes_16_bit == 1'605'632);  // printed: 1600 K
  const std::vector<StoredAt> v2 = stored_by_resolution(build("v2"));
  REQUIRE(v2.size() == 6);
  CHECK(v2[1].channels == 24);  // printed: 32, what leaves 56x56
  CHECK(v2[3].channels == 96);  // printed: 160
  CHECK(v2[5].channels == 1280);
}
