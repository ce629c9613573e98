#include "models/variation.h"

#include "catch2/catch.hpp"
#include "models/catalog.h"

using namespace lens;

namespace {

Graph base(std::string_view id) {
  return find_model(id)->build({}, kPaperClasses);
}

bool same(const Graph& a, const Graph& b) {
  if (a.size() != b.size()) return false;
  for (NodeId id = 0; id < a.size(); ++id) {
    const Node& left = a.node(id);
    const Node& right = b.node(id);
    const bool equal = left.name == right.name && left.op == right.op && left.role == right.role &&
                       left.block == right.block && left.inputs == right.inputs &&
                       left.kernel == right.kernel && left.stride == right.stride &&
                       left.activation == right.activation && left.out == right.out;
    if (!equal) {
      UNSCOPED_INFO("differs at " << left.name << " / " << right.name);
      return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("variation: without a change the graph is the catalog's, node by node", "[models]") {
  for (const CatalogEntry& entry : catalog()) {
    INFO(entry.id);
    CHECK(same(varied(base(entry.id), {}), base(entry.id)));
  }
}

TEST_CASE("variation: V1's widths and resolutions are the catalog's", "[models]") {
  for (const double width : {0.25, 0.5, 0.75, 1.0}) {
    for (const int resolution : {128, 160, 192, 224}) {
      const Graph catalog_graph = mobilenet_v1({width, resolution}, kPaperClasses);
      CHECK(same(varied(base("v1"), {.width = width, .resolution = resolution}), catalog_graph));
    }
  }
}

TEST_CASE("variation: its own expansion, stem and last stage change nothing", "[models]") {
  CHECK(same(varied(base("v2"), {.expansion = 6}), base("v2")));
  CHECK(same(varied(base("v2"), {.stem = 32, .last_stage = LastStage::late}), base("v2")));
  CHECK(same(varied(base("v3-large"), {.stem = 16, .last_stage = LastStage::early}),
             base("v3-large")));
}

TEST_CASE("variation: every graph is valid, whatever is combined", "[models]") {
  const double width = GENERATE(0.25, 0.35, 1.0, 1.4);
  const int t = GENERATE(0, 1, 6, 10);
  const bool full = GENERATE(false, true);
  const LastStage stage = GENERATE(LastStage::own, LastStage::early, LastStage::late);
  for (const CatalogEntry& entry : catalog()) {
    Variation variation = {.width = width,
                           .resolution = 160,
                           .full_convolutions = full,
                           .squeeze_excite = false,
                           .stem = 16,
                           .last_stage = stage};
    if (t > 0) variation.expansion = t;
    const Graph graph = varied(base(entry.id), variation);
    INFO(entry.id << " width " << width << " t " << t);
    CHECK_FALSE(validate(graph).has_value());
    CHECK(graph.nodes.back().out.c == kPaperClasses);
    for (const Node& node : graph.nodes) {
      CHECK(node.role != Role::gate);
      if (full) CHECK(node.role != Role::depthwise);
    }
  }
}

TEST_CASE("variation: t = 1 needs no expansion, other blocks keep theirs", "[models]") {
  const Graph narrow = varied(base("v2"), {.expansion = 1});
  for (const Node& node : narrow.nodes) CHECK(node.role != Role::expand);
  const Graph wide = varied(base("v2"), {.expansion = 10});
  CHECK(wide.find("bneck1.expand") == kNoNode);  // V2's first block has none
  CHECK(wide.node(wide.find("bneck2.expand")).out.c == 160);
}
