#include "views/se_blocks.h"

#include <algorithm>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "support/nets.h"

using namespace lens;

TEST_CASE("se blocks: counts and widths are the papers'", "[views]") {
  // facts.md 3.6: C -> C/4 rounded to 8, by block.
  const auto [model, widths] =
      GENERATE(std::pair("v3-small", std::vector<int>{16, 8, 96, 24, 240, 64, 240, 64, 120, 32, 144,
                                                      40, 288, 72, 576, 144, 576, 144}),
               std::pair("v3-large", std::vector<int>{72, 24, 120, 32, 120, 32, 480, 120, 672, 168,
                                                      672, 168, 960, 240, 960, 240}),
               std::pair("v2", std::vector<int>{}), std::pair("v1", std::vector<int>{}));
  const Graph graph = find_model(model)->build({1.0, 224}, kPaperClasses);
  std::vector<int> found;
  for (const SeBlock& block : se_blocks(graph)) {
    CHECK(graph.node(block.maps).op == Op::depthwise);
    CHECK(graph.node(block.squeeze).role == Role::squeeze);
    CHECK(graph.node(block.reduce).role == Role::reduce);
    CHECK(graph.node(block.gate).role == Role::gate);
    CHECK(graph.node(block.scale).role == Role::scale);
    found.push_back(graph.node(block.gate).out.c);
    found.push_back(graph.node(block.reduce).out.c);
  }
  CHECK(found == widths);
}

TEST_CASE("se blocks: gates given back to themselves change no bit", "[views]") {
  const auto model = test::seeded_model("v3-small", 64);
  const Tensor input = test::seeded_input(*model);
  const auto plain = run(model, input.view());
  std::vector<Intervention> own;
  for (const SeBlock& block : se_blocks(model->graph())) {
    const auto gates = plain->output(block.gate).data;
    own = with_gates(own, block.gate, {gates.begin(), gates.end()});
  }
  REQUIRE(own.size() == 9);
  const auto again = run(model, input.view(), {.interventions = own, .base = plain});
  for (NodeId id = 0; id < model->graph().size(); ++id) {
    const auto a = plain->output(id).data;
    const auto b = again->output(id).data;
    CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end()));
  }
}

TEST_CASE("se blocks: a block's override replaces the one before and leaves the others",
          "[views]") {
  const std::vector<Intervention> start = {SilenceChannel{3, 1}, OverrideGates{5, {0.5f}},
                                           OverrideGates{9, {0.25f}}};
  const std::vector<Intervention> changed = with_gates(start, 5, {1.0f});
  CHECK(changed == std::vector<Intervention>{SilenceChannel{3, 1}, OverrideGates{9, {0.25f}},
                                             OverrideGates{5, {1.0f}}});
  REQUIRE(overridden_gates(changed, 5));
  CHECK(*overridden_gates(changed, 5) == std::vector<float>{1.0f});
  CHECK(overridden_gates(without_gates(changed, 5), 5) == nullptr);
  CHECK(without_gates(changed, 7) == changed);
}

TEST_CASE("se blocks: gates of exactly 0 and 1 are counted", "[views]") {
  const GateCounts counts = count_gates(std::vector<float>{0.0f, 1.0f, 0.5f, 1.0f, 0.999f});
  CHECK(counts.open == 2);
  CHECK(counts.shut == 1);
  CHECK(counts.lowest == 0.0f);
  CHECK(counts.highest == 1.0f);
  CHECK(counts.mean == Approx(3.499 / 5));
}
