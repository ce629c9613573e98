#include "weights/untrained.h"

#include <cmath>
#include <cstring>

#include "catch2/catch.hpp"
#include "models/catalog.h"

namespace lens {

namespace {

// FNV-1a over the bits of every weight.
std::uint64_t fingerprint(const Weights& weights) {
  std::uint64_t hash = 14695981039346656037u;
  const auto add = [&](const std::vector<float>& values) {
    for (const float value : values) {
      std::uint32_t bits;
      std::memcpy(&bits, &value, sizeof bits);
      hash = (hash ^ bits) * 1099511628211u;
    }
  };
  for (const NodeWeights& node : weights.nodes) {
    add(node.filter);
    add(node.bias);
  }
  return hash;
}

Graph catalog_graph(const char* model) {
  const CatalogEntry* entry = find_model(model);
  REQUIRE(entry != nullptr);
  return entry->build(entry->variants[0], kPaperClasses);
}

}  // namespace

TEST_CASE("untrained: every layer gets a filter and a bias that fit", "[weights][untrained]") {
  for (const CatalogEntry& entry : catalog()) {
    const Graph graph = entry.build(entry.variants[0], kPaperClasses);
    const Weights weights = untrained_weights(graph);
    REQUIRE(weights.nodes.size() == graph.nodes.size());
    for (NodeId id = 0; id < graph.size(); ++id) {
      INFO(graph.name << " " << graph.node(id).name);
      const FilterShape shape = filter_shape(graph, id);
      CHECK(weights.of(id).filter.size() == shape.count());
      CHECK(weights.of(id).bias.size() == static_cast<std::size_t>(shape.out));
    }
  }
}

TEST_CASE("untrained: filters have mean 0 and the spread that He's rule gives",
          "[weights][untrained]") {
  const Graph graph = catalog_graph("v1");
  const Weights weights = untrained_weights(graph);
  const NodeId id = graph.find("block8.pointwise");  // 512 -> 512 behind ReLU6
  const std::vector<float>& filter = weights.of(id).filter;
  double sum = 0;
  double squares = 0;
  for (const float weight : filter) {
    sum += weight;
    squares += static_cast<double>(weight) * weight;
  }
  const auto count = static_cast<double>(filter.size());
  CHECK(std::abs(sum / count) < 5e-4);  // four standard errors
  CHECK(squares / count == Approx(2.0 / 512).epsilon(0.01));
}

TEST_CASE("untrained: equal seeds give equal weights, others do not", "[weights][untrained]") {
  const Graph graph = catalog_graph("v3-small");
  CHECK(fingerprint(untrained_weights(graph, 7)) == fingerprint(untrained_weights(graph, 7)));
  CHECK(fingerprint(untrained_weights(graph, 7)) != fingerprint(untrained_weights(graph, 8)));
}

// The same numbers natively and as WebAssembly: what a visitor sees is what the tests saw.
TEST_CASE("untrained: the bits are the same on every platform", "[weights][untrained]") {
  CHECK(fingerprint(untrained_weights(catalog_graph("v3-small"))) == 0x621614d19e8e270au);
  CHECK(fingerprint(untrained_weights(catalog_graph("v3-large"))) == 0x9cee578f3d42e8c5u);
}

}  // namespace lens
