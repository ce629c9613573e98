#include "engine/model.h"

#include <limits>
#include <string>
#include <utility>

#include "catch2/catch.hpp"
#include "support/nets.h"
#include "support/seeded.h"

namespace {

using namespace lens;

// The error of V3-Small with its weights changed by `change`.
template <class Change>
std::string error_after(std::string_view node, Change change) {
  Graph graph = mobilenet_v3_small({1.0, 32}, 10);
  Weights weights = test::seeded_weights(graph, 3);
  change(weights.nodes[static_cast<std::size_t>(graph.find(node))]);
  const auto model = Model::create(std::move(graph), std::move(weights), {});
  return model.ok() ? "" : model.error().message;
}

}  // namespace

TEST_CASE("model: weights that do not fit are told by layer, expected and found",
          "[engine][model]") {
  CHECK(error_after("stem", [](NodeWeights&) {}) == "");
  CHECK(error_after("bneck2.expand", [](NodeWeights& of) { of.filter.pop_back(); }) ==
        "bneck2.expand: filter (1x1x16x72) has 1151 values, expected 1152");
  CHECK(error_after("bneck4.depthwise", [](NodeWeights& of) { of.filter.clear(); }) ==
        "bneck4.depthwise: filter (5x5x1x96) has 0 values, expected 2400");
  CHECK(error_after("head.logits", [](NodeWeights& of) { of.bias.push_back(0); }) ==
        "head.logits: bias has 11 values, expected 10");
  CHECK(error_after("head.pool", [](NodeWeights& of) { of.filter.push_back(0); }) ==
        "head.pool: filter has 1 values, expected 0");
}

TEST_CASE("model: a weight that is not finite is refused", "[engine][model]") {
  const float bad =
      GENERATE(std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity());
  CHECK(error_after("bneck1.se.gate", [&](NodeWeights& of) { of.filter[5] = bad; }) ==
        "bneck1.se.gate: filter (1x1x8x16) has a value that is not a finite number at index 5");
  CHECK(error_after("stem", [&](NodeWeights& of) { of.bias[2] = bad; }) ==
        "stem: bias has a value that is not a finite number at index 2");
}

TEST_CASE("model: weights for another number of layers are refused", "[engine][model]") {
  Graph graph = mobilenet_v1({1.0, 32}, 10);
  Weights weights = test::seeded_weights(graph, 3);
  weights.nodes.pop_back();
  const auto model = Model::create(std::move(graph), std::move(weights), {});
  REQUIRE(!model.ok());
  CHECK(model.error().message == "MobileNet V1: weights for 30 layers, expected 31");
}

TEST_CASE("model: the arena holds every output on its own cache lines", "[engine][model]") {
  const auto model = test::seeded_model("v3-large", 48);
  const Graph& graph = model->graph();
  std::size_t end = 0;
  for (NodeId id = 0; id < graph.size(); ++id) {
    CHECK(model->offset(id) % kCacheLineFloats == 0);
    CHECK(model->offset(id) >= end);
    end = model->offset(id) + graph.node(id).out.count();
  }
  CHECK(model->arena_size() >= end);
}

TEST_CASE("arena pool: the block of a dead arena is used again", "[engine][model]") {
  const auto pool = std::make_shared<ArenaPool>(100);
  Arena first = pool->take();
  const float* block = first->data();
  CHECK(first->size() == 100);
  Arena second = pool->take();
  CHECK(second->data() != block);
  first.reset();
  CHECK(pool->free_blocks() == 1);
  CHECK(pool->take()->data() == block);
}

TEST_CASE("arena pool: an arena outlives the pool's last other owner", "[engine][model]") {
  auto pool = std::make_shared<ArenaPool>(8);
  Arena arena = pool->take();
  pool.reset();
  (*arena)[7] = 1.0f;  // the sanitizer watches
  CHECK((*arena)[7] == 1.0f);
}
