#include "cost/cost.h"

#include "catch2/catch.hpp"
#include "models/blocks.h"
#include "models/catalog.h"

using lens::Cost;
using lens::Graph;
using lens::GraphBuilder;
using lens::NodeId;
using lens::Role;

namespace {

// A 14x14x512 layer to 512 channels, the example of MobileNets, table 3.
Graph table_3(bool separable, int resolution, int channels) {
  GraphBuilder builder("table 3", resolution, channels);
  if (separable) {
    lens::separable(builder, builder.input(), 1, channels, 1);
  } else {
    builder.conv(builder.input(),
                 {.name = "conv", .role = Role::stem, .kernel = 3, .channels = channels});
  }
  return builder.finish();
}

double millions(std::int64_t count) {
  return static_cast<double>(count) / 1e6;
}

}  // namespace

TEST_CASE("cost: MobileNets table 3 is reproduced", "[cost]") {
  struct Case {
    bool separable;
    int resolution;
    int channels;
    double million_macs;
    double million_weights;
  };

  const Case row = GENERATE(Case{false, 14, 512, 462.4, 2.36}, Case{true, 14, 512, 52.3, 0.27},
                            Case{true, 14, 384, 29.6, 0.15}, Case{true, 10, 384, 15.1, 0.15});
  const Cost total = lens::total_cost(table_3(row.separable, row.resolution, row.channels));
  CHECK(millions(total.macs) == Approx(row.million_macs).margin(0.05).epsilon(0));
  CHECK(millions(total.weights) == Approx(row.million_weights).margin(0.005).epsilon(0));
}

TEST_CASE("cost: the bottleneck formula of MobileNetV2 holds", "[cost]") {
  // h * w * d' * t * (d' + k * k + d''): facts.md 3.3.
  GraphBuilder builder("bottleneck", 14, 64);
  lens::inverted_residual(builder, builder.input(), 1, {.expanded = 6 * 64, .channels = 64});
  REQUIRE(lens::total_cost(builder.finish()).macs == 10'311'168);
}

TEST_CASE("cost: V1 with standard convolutions is Conv-MobileNet", "[cost]") {
  const Graph v1 = lens::mobilenet_v1({}, lens::kPaperClasses);
  GraphBuilder builder("Conv-MobileNet", 224);
  NodeId node =
      builder.conv(builder.input(),
                   {.name = "stem", .role = Role::stem, .kernel = 3, .stride = 2, .channels = 32});
  for (NodeId id = 0; id < v1.size(); ++id) {
    if (v1.node(id).role != Role::pointwise) continue;
    const int stride = v1.node(v1.node(id).inputs[0]).stride;
    node = builder.conv(node, {.name = v1.node(id).name,
                               .role = Role::stem,
                               .kernel = 3,
                               .stride = stride,
                               .channels = v1.node(id).out.c});
  }
  node = builder.global_pool(node, "head.pool", Role::head);
  builder.dense(node, "head.logits", Role::head, lens::kPaperClasses, lens::Activation::none);
  const Cost total = lens::total_cost(builder.finish());
  CHECK(millions(total.macs) == Approx(4867.3).margin(0.05).epsilon(0));
  CHECK(millions(total.weights) == Approx(29.28).margin(0.005).epsilon(0));
}

TEST_CASE("cost: only the layers that the papers count have MACs and parameters", "[cost]") {
  const Graph graph = lens::mobilenet_v3_large({}, lens::kPaperClasses);
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Cost cost = lens::node_cost(graph, id);
    INFO(graph.node(id).name);
    CHECK((cost.macs > 0) == lens::has_weights(graph.node(id).op));
    CHECK((cost.parameters() > 0) == lens::has_weights(graph.node(id).op));
    CHECK((cost.biases == 0 || cost.batch_norm == 0));
  }
}

TEST_CASE("cost: bytes are those of float32 as executed", "[cost]") {
  const Graph graph = lens::mobilenet_v2({}, lens::kPaperClasses);
  const Cost add = lens::node_cost(graph, graph.find("bneck3.add"));
  CHECK(add.activation_bytes == 56 * 56 * 24 * 4);
  CHECK(add.input_bytes == 2 * 56 * 56 * 24 * 4);
  const Cost stem = lens::node_cost(graph, graph.find("stem"));
  CHECK(stem.input_bytes == 224 * 224 * 3 * 4);
  CHECK(stem.activation_bytes == 112 * 112 * 32 * 4);
  CHECK(lens::node_cost(graph, 0) == Cost{});
}

TEST_CASE("cost: types, roles and blocks each share out the whole", "[cost]") {
  for (const lens::CatalogEntry& entry : lens::catalog()) {
    const Graph graph = entry.build(entry.variants[0], 1001);
    const Cost total = lens::total_cost(graph);
    Cost nodes;
    for (const Cost& cost : lens::cost_of(graph)) nodes += cost;
    Cost blocks;
    for (int block = 0; block <= graph.nodes.back().block; ++block) {
      blocks += lens::cost_of_block(graph, block);
    }
    Cost roles;
    for (int role = 0; role <= static_cast<int>(Role::head); ++role) {
      roles += lens::cost_of_role(graph, static_cast<Role>(role));
    }
    std::int64_t macs_of_types = 0;
    for (int type = 0; type <= static_cast<int>(lens::LayerType::fully_connected); ++type) {
      macs_of_types += lens::cost_of_type(graph, static_cast<lens::LayerType>(type)).macs;
    }
    INFO(entry.id);
    CHECK(nodes == total);
    CHECK(blocks == total);
    CHECK(roles == total);
    CHECK(macs_of_types == total.macs);
  }
}
