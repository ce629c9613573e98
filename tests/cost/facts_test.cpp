// Every computed number that facts.md gives, against the graphs.
#include "cost/facts.h"

#include <cmath>
#include <string>
#include <vector>

#include "catch2/catch.hpp"
#include "cost/cost.h"
#include "models/catalog.h"

using lens::Cost;
using lens::Graph;
using lens::LayerType;
using lens::Node;
using lens::NodeId;
using lens::Role;

namespace {

struct Network {
  std::string id;
  std::string heading;
  std::size_t layers;
};

Network any_network() {
  return GENERATE(Network{"v1", "V1 1.0-224", 28}, Network{"v2", "V2 1.0-224", 53},
                  Network{"v3-large", "V3-Large 1.0-224", 64},
                  Network{"v3-small", "V3-Small 1.0-224", 54});
}

Graph build(const std::string& id, const lens::Variant& variant = {}) {
  const lens::CatalogEntry* entry = lens::find_model(id);
  REQUIRE(entry != nullptr);
  return entry->build(variant, lens::kPaperClasses);
}

std::vector<NodeId> weighted_nodes(const Graph& graph) {
  std::vector<NodeId> ids;
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (lens::has_weights(graph.node(id).op)) ids.push_back(id);
  }
  return ids;
}

bool block_has_role(const Graph& graph, int block, Role role) {
  for (const Node& node : graph.nodes) {
    if (node.block == block && node.role == role) return true;
  }
  return false;
}

int blocks_with_role(const Graph& graph, Role role) {
  int count = 0;
  for (int block = 1; block < graph.nodes.back().block; ++block) {
    if (block_has_role(graph, block, role)) ++count;
  }
  return count;
}

// What the table calls a layer.
std::string facts_op(const Node& node) {
  const std::string size = std::to_string(node.kernel) + "x" + std::to_string(node.kernel);
  switch (node.role) {
    case Role::stem:
      return "conv" + size;
    case Role::depthwise:
      return "dw" + size;
    case Role::pointwise:
      return "pw" + size;
    case Role::expand:
      return "expand" + size;
    case Role::project:
      return "project" + size;
    case Role::reduce:
      return "se_fc1";
    case Role::gate:
      return "se_fc2";
    case Role::head:
      break;
    case Role::input:
    case Role::residual:
    case Role::squeeze:
    case Role::scale:
      return "no layer";
  }
  if (node.name == "head.conv") return "last1x1";
  if (node.name == "head.hidden") return "head1x1";
  return "fc";
}

// What the table's note says of a layer, worked out from the graph.
std::string facts_note(const Graph& graph, NodeId id, bool v3) {
  const Node& node = graph.node(id);
  if (node.role == Role::project && block_has_role(graph, node.block, Role::residual)) return "res";
  if (node.role == Role::reduce) {
    return std::to_string(graph.input_shape(id).c) + "->" + std::to_string(node.out.c);
  }
  const bool in_block = node.role == Role::expand || node.role == Role::depthwise;
  if (!v3 || !in_block) return "";
  return node.activation == lens::Activation::relu ? "RE" : "HS";
}

double percent(std::int64_t part, std::int64_t whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// To the two decimals that are printed; the table rounds, so half a unit of the last place.
Catch::Detail::Approx printed(double value, double unit) {
  return Approx(value).margin(unit / 2 + 1e-9).epsilon(0);
}

}  // namespace

TEST_CASE("facts: every layer of the appendix is a layer of the graph, in order", "[cost]") {
  const Network network = any_network();
  const lens::test::FactsTable table = lens::test::read_facts_table(network.heading);
  const Graph graph = build(network.id);
  const std::vector<NodeId> ids = weighted_nodes(graph);
  REQUIRE(table.rows.size() == network.layers);
  REQUIRE(ids.size() == network.layers);
  const std::int64_t total = lens::total_cost(graph).macs;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const lens::test::FactsRow& row = table.rows[i];
    const Node& node = graph.node(ids[i]);
    const Cost cost = lens::node_cost(graph, ids[i]);
    INFO(network.id << " row " << i + 1 << ", " << node.name);
    CHECK(facts_op(node) == row.op);
    CHECK(graph.input_shape(ids[i]) == row.in);
    CHECK(node.out == row.out);
    CHECK(node.kernel == row.kernel);
    CHECK(node.stride == row.stride);
    CHECK(cost.macs == row.macs);
    CHECK(cost.weights == row.weights);
    CHECK(percent(cost.macs, total) == printed(row.percent, 0.01));
    // V2's table says of its stride-2 projections why they have no residual.
    const std::string note = row.note == "s2:no-res" ? "" : row.note;
    CHECK(facts_note(graph, ids[i], network.id.rfind("v3", 0) == 0) == note);
  }
}

TEST_CASE("facts: the totals of the appendix are those of the graph", "[cost]") {
  const Network network = any_network();
  const lens::test::FactsTable table = lens::test::read_facts_table(network.heading);
  const Cost total = lens::total_cost(build(network.id));
  INFO(network.id);
  REQUIRE(table.macs > 0);
  REQUIRE(total.macs == table.macs);
  REQUIRE(total.weights == table.weights);
  REQUIRE(total.weights + total.biases == table.weights_and_biases);
  REQUIRE(total.parameters() == table.parameters);
}

TEST_CASE("facts: the four totals that the project promises", "[cost]") {
  struct Case {
    std::string id;
    std::int64_t macs;
    std::int64_t parameters;
  };

  const Case promised =
      GENERATE(Case{"v1", 568'740'352, 4'231'976}, Case{"v2", 300'774'272, 3'504'872},
               Case{"v3-large", 216'589'760, 5'483'032}, Case{"v3-small", 56'510'400, 2'542'856});
  const Cost total = lens::total_cost(build(promised.id));
  REQUIRE(total.macs == promised.macs);
  REQUIRE(total.parameters() == promised.parameters);
}

// Section 3.2: [computed], and tables 6 to 8 of MobileNets, arXiv 1704.04861, whose last row cuts
// 76.5 down to 76.
TEST_CASE("facts: V1's widths and resolutions cost what the paper prints", "[cost]") {
  struct Case {
    lens::Variant variant;
    double million_macs;
    double macs_unit;  // of the last digit printed
    double million_weights;
    double weights_unit;
  };

  const Case printed_case =
      GENERATE(Case{{1.0, 224}, 568.7, 0.1, 4.2, 0.1}, Case{{0.75, 224}, 325.4, 0.1, 2.6, 0.1},
               Case{{0.5, 224}, 149.5, 0.1, 1.3, 0.1}, Case{{0.25, 224}, 41.0, 0.1, 0.5, 0.1},
               Case{{1.0, 192}, 418, 1, 4.2, 0.1}, Case{{1.0, 128}, 186, 1, 4.2, 0.1},
               Case{{0.5, 160}, 76, 2, 1.32, 0.02});
  const Cost total = lens::total_cost(build("v1", printed_case.variant));
  INFO(printed_case.variant.width << " at " << printed_case.variant.resolution);
  CHECK(static_cast<double>(total.macs) / 1e6 ==
        printed(printed_case.million_macs, printed_case.macs_unit));
  CHECK(static_cast<double>(total.weights) / 1e6 ==
        printed(printed_case.million_weights, printed_case.weights_unit));
}

// V1: table 2 of the paper, 1.91 for its 1.19. V2: section 3.3, [computed].
TEST_CASE("facts: the shares of V1's and V2's layer types are the printed ones", "[cost]") {
  struct Case {
    std::string id;
    LayerType type;
    double macs_percent;
    double weights_percent;
    double weights_unit;
  };

  const Case share = GENERATE(Case{"v1", LayerType::pointwise, 94.86, 74.59, 0.01},
                              Case{"v1", LayerType::depthwise, 3.06, 1.06, 0.01},
                              Case{"v1", LayerType::standard, 1.91, 0.02, 0.01},
                              Case{"v1", LayerType::fully_connected, 0.18, 24.33, 0.01},
                              Case{"v2", LayerType::pointwise, 89.08, 61.2, 0.1},
                              Case{"v2", LayerType::depthwise, 6.89, 1.85, 0.01},
                              Case{"v2", LayerType::standard, 3.60, 0.02, 0.01},
                              Case{"v2", LayerType::fully_connected, 0.43, 36.9, 0.1});
  const Graph graph = build(share.id);
  const Cost total = lens::total_cost(graph);
  const Cost cost = lens::cost_of_type(graph, share.type);
  INFO(share.id << " " << lens::to_string(share.type));
  CHECK(percent(cost.macs, total.macs) == printed(share.macs_percent, 0.01));
  CHECK(percent(cost.weights, total.weights) == printed(share.weights_percent, share.weights_unit));
}

// Section 3.6, [computed]. It rounds V3-Large's 27.649 twice, to 27.65 and then to 27.7: hence
// 0.11.
TEST_CASE("facts: the shares of V3's layer types are the printed ones", "[cost]") {
  struct Case {
    std::string id;
    LayerType type;
    double macs_percent;
    double macs_unit;
    double weights_percent;
  };

  const Case share = GENERATE(Case{"v3-large", LayerType::pointwise, 87.15, 0.01, 24.6},
                              Case{"v3-large", LayerType::depthwise, 8.49, 0.01, 1.7},
                              Case{"v3-large", LayerType::standard, 2.50, 0.01, 0.0},
                              Case{"v3-large", LayerType::squeeze_excite, 0.70, 0.01, 27.7},
                              Case{"v3-large", LayerType::fully_connected, 1.16, 0.01, 46.0},
                              Case{"v3-small", LayerType::pointwise, 73.5, 0.1, 15.6},
                              Case{"v3-small", LayerType::depthwise, 13.2, 0.1, 2.3},
                              Case{"v3-small", LayerType::standard, 9.6, 0.1, 0.0},
                              Case{"v3-small", LayerType::squeeze_excite, 0.81, 0.01, 18.2},
                              Case{"v3-small", LayerType::fully_connected, 2.86, 0.01, 63.9});
  const Graph graph = build(share.id);
  const Cost total = lens::total_cost(graph);
  const Cost cost = lens::cost_of_type(graph, share.type);
  INFO(share.id << " " << lens::to_string(share.type));
  CHECK(percent(cost.macs, total.macs) == printed(share.macs_percent, share.macs_unit));
  CHECK(percent(cost.weights, total.weights) == printed(share.weights_percent, 0.11));
}

TEST_CASE("facts: the largest tensor of each network", "[cost]") {
  struct Case {
    std::string id;
    std::size_t values;
  };

  const Case largest = GENERATE(Case{"v1", 802'816}, Case{"v2", 1'204'224},
                                Case{"v3-large", 802'816}, Case{"v3-small", 225'792});
  const Graph graph = build(largest.id);
  REQUIRE(graph.node(lens::largest_activation(graph)).out.count() == largest.values);
}

TEST_CASE("facts: how many blocks have a residual and squeeze-and-excitation", "[cost]") {
  struct Case {
    std::string id;
    int blocks;
    int residuals;
    int squeezes;
  };

  const Case counts = GENERATE(Case{"v1", 13, 0, 0}, Case{"v2", 17, 10, 0},
                               Case{"v3-large", 15, 10, 8}, Case{"v3-small", 11, 6, 9});
  const Graph graph = build(counts.id);
  INFO(counts.id);
  REQUIRE(graph.nodes.back().block - 1 == counts.blocks);
  REQUIRE(blocks_with_role(graph, Role::residual) == counts.residuals);
  REQUIRE(blocks_with_role(graph, Role::squeeze) == counts.squeezes);
}
