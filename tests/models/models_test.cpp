// The graphs against the papers' tables (facts.md 3.2, 3.3, 3.6 and 3.8).
#include <set>
#include <string>
#include <vector>

#include "catch2/catch.hpp"
#include "models/blocks.h"
#include "models/catalog.h"

using lens::Activation;
using lens::Graph;
using lens::Node;
using lens::NodeId;
using lens::Op;
using lens::Role;
using lens::Shape;

namespace {

Graph build(std::string_view id, const lens::Variant& variant = {}, int classes = 1000) {
  const lens::CatalogEntry* entry = lens::find_model(id);
  REQUIRE(entry != nullptr);
  return entry->build(variant, classes);
}

bool has(const Graph& graph, const std::string& name) {
  return graph.find(name) != lens::kNoNode;
}

const Node& node(const Graph& graph, const std::string& name) {
  INFO("looking for " << name);
  const NodeId id = graph.find(name);
  REQUIRE(id != lens::kNoNode);
  return graph.node(id);
}

// One line of a paper's table of bottlenecks.
struct Row {
  int in_side;
  int in_channels;
  int kernel;
  int expanded;
  int channels;
  bool squeeze_excite;
  Activation activation;
  int stride;
};

constexpr Activation R6 = Activation::relu6;
constexpr Activation RE = Activation::relu;
constexpr Activation HS = Activation::hard_swish;

// Table 2 of MobileNetV2, written out block by block.
const std::vector<Row> kV2 = {
    {112, 32, 3, 32, 16, false, R6, 1},  {112, 16, 3, 96, 24, false, R6, 2},
    {56, 24, 3, 144, 24, false, R6, 1},  {56, 24, 3, 144, 32, false, R6, 2},
    {28, 32, 3, 192, 32, false, R6, 1},  {28, 32, 3, 192, 32, false, R6, 1},
    {28, 32, 3, 192, 64, false, R6, 2},  {14, 64, 3, 384, 64, false, R6, 1},
    {14, 64, 3, 384, 64, false, R6, 1},  {14, 64, 3, 384, 64, false, R6, 1},
    {14, 64, 3, 384, 96, false, R6, 1},  {14, 96, 3, 576, 96, false, R6, 1},
    {14, 96, 3, 576, 96, false, R6, 1},  {14, 96, 3, 576, 160, false, R6, 2},
    {7, 160, 3, 960, 160, false, R6, 1}, {7, 160, 3, 960, 160, false, R6, 1},
    {7, 160, 3, 960, 320, false, R6, 1}};

// Table 1 of the final MobileNetV3 paper.
const std::vector<Row> kLarge = {
    {112, 16, 3, 16, 16, false, RE, 1},  {112, 16, 3, 64, 24, false, RE, 2},
    {56, 24, 3, 72, 24, false, RE, 1},   {56, 24, 5, 72, 40, true, RE, 2},
    {28, 40, 5, 120, 40, true, RE, 1},   {28, 40, 5, 120, 40, true, RE, 1},
    {28, 40, 3, 240, 80, false, HS, 2},  {14, 80, 3, 200, 80, false, HS, 1},
    {14, 80, 3, 184, 80, false, HS, 1},  {14, 80, 3, 184, 80, false, HS, 1},
    {14, 80, 3, 480, 112, true, HS, 1},  {14, 112, 3, 672, 112, true, HS, 1},
    {14, 112, 5, 672, 160, true, HS, 2}, {7, 160, 5, 960, 160, true, HS, 1},
    {7, 160, 5, 960, 160, true, HS, 1}};

// Table 2 of the same.
const std::vector<Row> kSmall = {
    {112, 16, 3, 16, 16, true, RE, 2}, {56, 16, 3, 72, 24, false, RE, 2},
    {28, 24, 3, 88, 24, false, RE, 1}, {28, 24, 5, 96, 40, true, HS, 2},
    {14, 40, 5, 240, 40, true, HS, 1}, {14, 40, 5, 240, 40, true, HS, 1},
    {14, 40, 5, 120, 48, true, HS, 1}, {14, 48, 5, 144, 48, true, HS, 1},
    {14, 48, 5, 288, 96, true, HS, 2}, {7, 96, 5, 576, 96, true, HS, 1},
    {7, 96, 5, 576, 96, true, HS, 1}};

void check_block(const Graph& graph, int block, const Row& row) {
  const std::string name = "bneck" + std::to_string(block);
  INFO(graph.name << " " << name);
  const int out_side = (row.in_side + row.stride - 1) / row.stride;
  CHECK(has(graph, name + ".expand") == (row.expanded != row.in_channels));
  if (has(graph, name + ".expand")) {
    const Node& expand = node(graph, name + ".expand");
    CHECK(expand.out == Shape{row.in_side, row.in_side, row.expanded});
    CHECK(expand.activation == row.activation);
  }
  const NodeId depthwise_id = graph.find(name + ".depthwise");
  const Node& depthwise = node(graph, name + ".depthwise");
  CHECK(graph.input_shape(depthwise_id) == Shape{row.in_side, row.in_side, row.expanded});
  CHECK(depthwise.kernel == row.kernel);
  CHECK(depthwise.stride == row.stride);
  CHECK(depthwise.activation == row.activation);
  CHECK(has(graph, name + ".se.gate") == row.squeeze_excite);
  CHECK(has(graph, name + ".se.scale") == row.squeeze_excite);
  const Node& project = node(graph, name + ".project");
  CHECK(project.out == Shape{out_side, out_side, row.channels});
  CHECK(project.activation == Activation::none);
  CHECK(has(graph, name + ".add") == (row.stride == 1 && row.in_channels == row.channels));
}

void check_blocks(const Graph& graph, const std::vector<Row>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    check_block(graph, static_cast<int>(i) + 1, rows[i]);
  CHECK_FALSE(has(graph, "bneck" + std::to_string(rows.size() + 1) + ".depthwise"));
}

std::vector<int> squeeze_widths(const Graph& graph) {
  std::vector<int> widths;
  for (const Node& each : graph.nodes) {
    if (each.role == Role::reduce) widths.push_back(each.out.c);
  }
  return widths;
}

}  // namespace

TEST_CASE("models: the bottlenecks of V2 and V3 are the rows of the papers' tables", "[models]") {
  SECTION("V2") {
    check_blocks(build("v2"), kV2);
  }
  SECTION("V3-Large") {
    check_blocks(build("v3-large"), kLarge);
  }
  SECTION("V3-Small") {
    check_blocks(build("v3-small"), kSmall);
  }
}

TEST_CASE("models: V1 is table 1 of its paper", "[models]") {
  const Graph graph = build("v1");
  const std::vector<std::pair<int, int>> sides_and_channels = {
      {112, 64}, {56, 128}, {56, 128}, {28, 256}, {28, 256}, {14, 512}, {14, 512},
      {14, 512}, {14, 512}, {14, 512}, {14, 512}, {7, 1024}, {7, 1024}};
  CHECK(node(graph, "stem").out == Shape{112, 112, 32});
  int channels_in = 32;
  for (std::size_t i = 0; i < sides_and_channels.size(); ++i) {
    const auto [side, channels] = sides_and_channels[i];
    const std::string name = "block" + std::to_string(i + 1);
    INFO(name);
    CHECK(node(graph, name + ".depthwise").out == Shape{side, side, channels_in});
    CHECK(node(graph, name + ".pointwise").out == Shape{side, side, channels});
    // V1's pointwise layers are not linear; its checkpoints use ReLU6.
    CHECK(node(graph, name + ".depthwise").activation == R6);
    CHECK(node(graph, name + ".pointwise").activation == R6);
    channels_in = channels;
  }
  CHECK_FALSE(has(graph, "block14.depthwise"));
  CHECK(node(graph, "head.pool").out == Shape{1, 1, 1024});
}

TEST_CASE("models: the first layer and the head of each version", "[models]") {
  struct Case {
    std::string id;
    int stem_channels;
    Activation stem_activation;
    Shape features;
    int hidden;  // 0: none
  };

  const Case expected = GENERATE(
      Case{"v1", 32, R6, {7, 7, 1024}, 0}, Case{"v2", 32, R6, {7, 7, 1280}, 0},
      Case{"v3-large", 16, HS, {7, 7, 960}, 1280}, Case{"v3-small", 16, HS, {7, 7, 576}, 1024});
  const Graph graph = build(expected.id);
  INFO(expected.id);
  CHECK(node(graph, "stem").out == Shape{112, 112, expected.stem_channels});
  CHECK(node(graph, "stem").activation == expected.stem_activation);
  CHECK(graph.input_shape(graph.find("head.pool")) == expected.features);
  CHECK(has(graph, "head.hidden") == (expected.hidden > 0));
  if (expected.hidden > 0) {
    CHECK(node(graph, "head.hidden").out == Shape{1, 1, expected.hidden});
    CHECK(node(graph, "head.hidden").activation == HS);
  }
  CHECK(node(graph, "head.logits").out == Shape{1, 1, 1000});
  CHECK(node(graph, "head.logits").activation == Activation::none);
  CHECK(graph.node(graph.last()).op == Op::softmax);
}

TEST_CASE("models: the names that other parts rely on exist", "[models]") {
  CHECK(has(build("v2"), "bneck3.expand"));
  CHECK_FALSE(has(build("v2"), "bneck1.expand"));
  CHECK_FALSE(has(build("v3-large"), "bneck1.expand"));
  CHECK(has(build("v3-small"), "bneck4.se.gate"));
  CHECK(has(build("v1"), "block1.pointwise"));
}

TEST_CASE("models: names are unique", "[models]") {
  for (const lens::CatalogEntry& entry : lens::catalog()) {
    const Graph graph = build(entry.id);
    std::set<std::string> names;
    for (const Node& each : graph.nodes) names.insert(each.name);
    CHECK(static_cast<int>(names.size()) == graph.size());
  }
}

TEST_CASE("models: squeeze widths are a quarter of the channels, rounded to 8", "[models]") {
  CHECK(squeeze_widths(build("v3-large")) == std::vector<int>{24, 32, 32, 120, 168, 168, 240, 240});
  CHECK(squeeze_widths(build("v3-small")) == std::vector<int>{8, 24, 64, 64, 32, 40, 72, 144, 144});
  CHECK(squeeze_widths(build("v2")).empty());
}

TEST_CASE("models: squeeze-and-excitation comes after the depthwise activation", "[models]") {
  const Graph graph = build("v3-large");
  const NodeId depthwise = graph.find("bneck4.depthwise");
  CHECK(node(graph, "bneck4.se.squeeze").inputs[0] == depthwise);
  CHECK(node(graph, "bneck4.se.reduce").activation == RE);
  CHECK(node(graph, "bneck4.se.gate").activation == Activation::hard_sigmoid);
  CHECK(node(graph, "bneck4.se.gate").out == Shape{1, 1, 72});
  CHECK(node(graph, "bneck4.se.scale").inputs[0] == depthwise);
  CHECK(node(graph, "bneck4.project").inputs[0] == graph.find("bneck4.se.scale"));
}

TEST_CASE("models: a residual adds the block's input to the projection, unactivated", "[models]") {
  const Graph graph = build("v2");
  const Node& add = node(graph, "bneck3.add");
  const std::set<NodeId> inputs(add.inputs.begin(), add.inputs.end());
  CHECK(inputs == std::set<NodeId>{graph.find("bneck3.project"), graph.find("bneck2.project")});
  CHECK(add.activation == Activation::none);
}

TEST_CASE("models: channels round to multiples of 8, never below 90 per cent", "[models]") {
  CHECK(lens::round_channels(32) == 32);
  CHECK(lens::round_channels(18) == 24);  // 16 would be 89 %
  CHECK(lens::round_channels(28) == 32);
  CHECK(lens::round_channels(27.9) == 32);  // 24 would be 86 %
  CHECK(lens::round_channels(4) == 8);
  CHECK(lens::round_channels(1) == 8);
  CHECK(lens::round_channels(144 / 4.0) == 40);
  CHECK(lens::round_channels(240 / 4.0) == 64);
  for (int channels = 8; channels < 2000; ++channels) {
    const int rounded = lens::round_channels(channels);
    CHECK(rounded % 8 == 0);
    CHECK(rounded >= 0.9 * channels);
    CHECK(rounded - channels <= 8);
  }
}

TEST_CASE("models: every variant is a valid graph at every resolution", "[models]") {
  const int resolution = GENERATE(128, 160, 192, 224);
  const int classes = GENERATE(1000, 1001);
  for (const lens::CatalogEntry& entry : lens::catalog()) {
    for (const lens::Variant& variant : entry.variants) {
      const Graph graph = build(entry.id, {variant.width, resolution}, classes);
      INFO(entry.id << " " << variant.width << " at " << resolution);
      CHECK(lens::validate(graph) == std::nullopt);
      CHECK(graph.node(0).out == Shape{resolution, resolution, 3});
      CHECK(graph.input_shape(graph.find("head.pool")).h == resolution / 32);
      CHECK(graph.node(graph.last()).out == Shape{1, 1, classes});
    }
  }
}

TEST_CASE("models: V1's width thins every layer but the classes", "[models]") {
  const double width = GENERATE(0.75, 0.5, 0.25);
  const Graph full = build("v1");
  const Graph thin = build("v1", {width, 224});
  REQUIRE(thin.size() == full.size());
  for (NodeId id = 1; id < full.size(); ++id) {
    const bool classes = full.node(id).out.c == 1000;
    const int expected = classes ? 1000 : static_cast<int>(width * full.node(id).out.c);
    CHECK(thin.node(id).out.c == expected);
  }
}

TEST_CASE("models: the catalog finds its entries by id", "[models]") {
  for (const lens::CatalogEntry& entry : lens::catalog()) {
    CHECK(lens::find_model(entry.id) == &entry);
    CHECK_FALSE(entry.variants.empty());
    CHECK(entry.variants[0] == lens::Variant{1.0, 224});
  }
  CHECK(lens::find_model("v4") == nullptr);
  CHECK(lens::find_model("") == nullptr);
}
