// In which portions a node's rows are computed: for the interface, for threads, and for the caches.
#pragma once

#include <cstdint>

#include "engine/graph.h"
#include "engine/kernels/kernels.h"

namespace lens {

// What an output row costs, in multiply-adds of a pointwise layer that take as long.
std::int64_t row_work(const Graph& graph, NodeId id);

// Rows of about a millisecond or less on so many threads.
int slice_rows(const Graph& graph, NodeId id, int threads);

// Work of `units` pieces for several threads: into how many parts it is worth cutting.
int count_parts(std::int64_t work, int units, int threads);

// Part number `part` of `parts` nearly equal ones, cut at multiples of `unit` from the first.
Rows part_of(Rows rows, int part, int parts, int unit);

// A depthwise layer right behind a large one reads each value a few times and hardly computes: its
// rows are worth computing while their inputs are still in the cache. The rows of `id` after which
// the next node has its turn; 0 where it waits until all are done.
int rows_per_turn(const Graph& graph, NodeId id, int value_bytes);

// Output rows of a depthwise node whose windows lie in the first `rows` rows of its input.
int rows_within(const Graph& graph, NodeId id, int rows);

}  // namespace lens
