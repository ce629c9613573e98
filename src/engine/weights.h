// Float weights of a graph in one canonical layout, whatever file they came from:
//   conv, dense  filter [kh][kw][in][out]     depthwise  filter [kh][kw][c]     bias [out]
// Batch-norm is folded. Does not know files; packing for the kernels is model.h's.
#pragma once

#include <vector>

#include "engine/graph.h"

namespace lens {

struct NodeWeights {
  std::vector<float> filter;
  std::vector<float> bias;
};

struct Weights {
  std::vector<NodeWeights> nodes;  // by NodeId; empty where the node has none

  const NodeWeights& of(NodeId id) const { return nodes[static_cast<std::size_t>(id)]; }
};

struct FilterShape {
  int kernel = 0;  // kh = kw
  int in = 0;      // 1 for depthwise
  int out = 0;

  std::size_t count() const {
    return static_cast<std::size_t>(kernel) * static_cast<std::size_t>(kernel) *
           static_cast<std::size_t>(in) * static_cast<std::size_t>(out);
  }

  bool operator==(const FilterShape&) const = default;
};

// The filter that a weighted node needs; all zero for the others.
FilterShape filter_shape(const Graph& graph, NodeId id);

}  // namespace lens
