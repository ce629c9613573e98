// Bytes of activations while a network runs: as an engine that frees a tensor after its last reader
// would hold them, and as this one keeps them for the reader. float32, batch 1, outputs alone: no
// weights, no scratch memory.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/graph.h"

namespace lens {

// By NodeId: what is alive while the node runs, its own output and all that it or a later node
// still reads.
std::vector<std::int64_t> live_bytes(const Graph& graph);

// By NodeId: what is held once the node has run if nothing is ever freed, the input included.
std::vector<std::int64_t> kept_bytes(const Graph& graph);

// False for the tensors inside a bottleneck, which an engine that computes a block in slices of
// channels never has to store whole; MobileNetV2, arXiv 1801.04381, section 5.1. V1 has no
// bottlenecks: all of its tensors are stored.
bool stored_whole(const Graph& graph, NodeId id);

// The most channels of a stored tensor at one resolution, as V2's table 3 counts.
struct StoredAt {
  int extent = 0;    // pixels; 1 after the pool
  int channels = 0;  // of the largest tensor
  std::int64_t bytes_16_bit = 0;
};

// Every resolution of the network from the stem's on, largest first.
std::vector<StoredAt> stored_by_resolution(const Graph& graph);

}  // namespace lens
