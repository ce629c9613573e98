// Whole models that compute in bytes, with seeded weights: no file is needed for them.
#pragma once

#include "support/nets.h"

namespace lens::test {

inline QuantizedWeights seeded_quantized_weights(const Graph& graph, std::uint64_t seed) {
  constexpr Affine kBytes = {0.05f, 128};
  Lcg lcg(seed);
  QuantizedWeights weights;
  for (NodeId id = 0; id < graph.size(); ++id) {
    QuantizedNode node;
    node.out = graph.node(id).op == Op::softmax ? Affine{1.0f / 256, 0} : kBytes;
    node.plain_average = graph.node(id).op == Op::global_pool;
    if (has_weights(graph.node(id).op)) {
      const FilterShape shape = filter_shape(graph, id);
      for (std::size_t i = 0; i < shape.count(); ++i) {
        node.filter.push_back(static_cast<std::int8_t>(lcg.next() * 127));
      }
      node.filter_scales = {0.004f};
      node.bias.assign(static_cast<std::size_t>(shape.out), 100);
      node.written = node.out;
      node.range = {0, 255};
    }
    weights.nodes.push_back(std::move(node));
  }
  return weights;
}

// In both precisions; the float weights have nothing to do with the bytes.
inline std::shared_ptr<const Model> seeded_quantized_model(std::string_view id, int resolution,
                                                           std::uint64_t seed = 1) {
  Graph graph = find_model(id)->build({1.0, resolution}, 10);
  auto quantized = QuantizedModel::create(graph, seeded_quantized_weights(graph, seed)).value();
  Weights weights = seeded_weights(graph, seed);
  return Model::create(std::move(graph), std::move(weights), {}, std::move(quantized)).value();
}

}  // namespace lens::test
