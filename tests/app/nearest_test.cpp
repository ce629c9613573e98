#include "app/nearest.h"

#include "catch2/catch.hpp"
#include "models/catalog.h"

using namespace lens;

namespace {

Graph graph_of(const char* id) {
  const CatalogEntry* entry = find_model(id);
  return entry->build(entry->variants[0], kPaperClasses);
}

std::string nearest(const char* from, const char* node, const char* to) {
  const Graph a = graph_of(from);
  const Graph b = graph_of(to);
  return b.node(nearest_node(a, a.find(node), b)).name;
}

}  // namespace

TEST_CASE("nearest: a model's own layers are nearest to themselves", "[app]") {
  for (const CatalogEntry& entry : catalog()) {
    const Graph graph = entry.build(entry.variants[0], kPaperClasses);
    for (NodeId id = 0; id < graph.size(); ++id) CHECK(nearest_node(graph, id, graph) == id);
  }
}

TEST_CASE("nearest: role and resolution are kept between versions", "[app]") {
  const char* models[] = {"v1", "v2", "v3-small", "v3-large"};
  for (const char* from : models) {
    for (const char* to : models) {
      const Graph b = graph_of(to);
      CHECK(nearest(from, "stem", to) == "stem");
      CHECK(nearest(from, "head.logits", to) == "head.logits");
      CHECK(b.node(b.find(nearest(from, "stem", to))).out.h == 112);
    }
  }
  const Graph v2 = graph_of("v2");
  const Node& depthwise = v2.node(v2.find(nearest("v1", "block9.depthwise", "v2")));
  CHECK(depthwise.role == Role::depthwise);
  CHECK(depthwise.out.h == 14);
}

TEST_CASE("nearest: a gate finds a layer even where no version has gates", "[app]") {
  const std::string name = nearest("v3-small", "bneck5.se.gate", "v1");
  CHECK(graph_of("v1").find(name) != kNoNode);
}
