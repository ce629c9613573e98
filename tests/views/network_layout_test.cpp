#include "views/network_layout.h"

#include <algorithm>

#include "catch2/catch.hpp"
#include "models/catalog.h"

using namespace lens;

namespace {

int count(const network::Layout& layout, network::MarkKind kind) {
  return static_cast<int>(std::count_if(layout.marks.begin(), layout.marks.end(),
                                        [&](const auto& mark) { return mark.kind == kind; }));
}

network::Layout layout_of(const char* id) {
  const CatalogEntry* entry = find_model(id);
  return network::layout(entry->build(entry->variants[0], kPaperClasses));
}

}  // namespace

TEST_CASE("network: every layer has exactly one mark", "[views]") {
  for (const CatalogEntry& entry : catalog()) {
    const Graph graph = entry.build(entry.variants[0], kPaperClasses);
    const network::Layout layout = network::layout(graph);
    REQUIRE(static_cast<int>(layout.marks.size()) == graph.size());
    for (NodeId id = 0; id < graph.size(); ++id) {
      CHECK(layout.marks[static_cast<std::size_t>(id)].node == id);
    }
  }
}

TEST_CASE("network: arcs and dots are the papers' residuals and SE blocks", "[views]") {
  // facts.md 3.8: residuals 0 of 13, 10 of 17, 6 of 11, 10 of 15; SE 0, 0, 9, 8.
  CHECK(layout_of("v1").arcs.empty());
  CHECK(layout_of("v2").arcs.size() == 10);
  CHECK(layout_of("v3-small").arcs.size() == 6);
  CHECK(layout_of("v3-large").arcs.size() == 10);
  CHECK(count(layout_of("v2"), network::MarkKind::dot) == 0);
  CHECK(count(layout_of("v3-small"), network::MarkKind::dot) == 4 * 9);
  CHECK(count(layout_of("v3-large"), network::MarkKind::dot) == 4 * 8);
}

TEST_CASE("network: bars go down the page without overlapping", "[views]") {
  for (const CatalogEntry& entry : catalog()) {
    const Graph graph = entry.build(entry.variants[0], kPaperClasses);
    float bottom = -1;
    for (const network::Mark& mark : network::layout(graph).marks) {
      if (mark.kind != network::MarkKind::bar) continue;
      CHECK(mark.y > bottom);
      CHECK(mark.width > 0);
      CHECK(mark.width <= 1);
      bottom = mark.y + 1;
    }
  }
}

TEST_CASE("network: each resolution is labelled where it begins", "[views]") {
  std::vector<int> resolutions;
  for (const network::Level& level : layout_of("v2").levels)
    resolutions.push_back(level.resolution);
  CHECK(resolutions == std::vector<int>{224, 112, 56, 28, 14, 7, 1});
}
