#include "cost/stages.h"

#include <algorithm>

#include "catch2/catch.hpp"
#include "models/catalog.h"

using namespace lens;

TEST_CASE("stages: every version has 112, 56, 28, 14, 7 and 1, and they add up", "[cost]") {
  for (const CatalogEntry& entry : catalog()) {
    const Graph graph = entry.build({}, kPaperClasses);
    Cost sum;
    std::vector<int> extents;
    std::size_t layers = 0;
    for (const Stage& stage : stages_of(graph)) {
      extents.push_back(stage.extent);
      sum += stage.cost;
      layers += stage.layers.size();
    }
    INFO(entry.id);
    CHECK(extents == std::vector<int>{112, 56, 28, 14, 7, 1});
    CHECK(sum == total_cost(graph));
    std::size_t weighted = 0;
    for (const Node& node : graph.nodes) weighted += has_weights(node.op) ? 1 : 0;
    CHECK(layers == weighted);
  }
}

TEST_CASE("stages: squeeze-and-excitation stays with its block, V3's hidden layer does not",
          "[cost]") {
  const Graph graph = find_model("v3-small")->build({}, kPaperClasses);
  const std::vector<Stage> stages = stages_of(graph);
  const auto holds = [&](const Stage& stage, const char* name) {
    const NodeId id = graph.find(name);
    return std::find(stage.layers.begin(), stage.layers.end(), id) != stage.layers.end();
  };
  CHECK(holds(stages[1], "bneck1.se.gate"));  // 56 x 56
  CHECK(holds(stages[5], "head.hidden"));
  CHECK(stages[5].layers.size() == 2);
}
