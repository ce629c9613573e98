#include "cost/memory.h"

#include <algorithm>
#include <cstddef>

namespace lens {

namespace {

std::int64_t output_bytes(const Graph& graph, NodeId id) {
  return static_cast<std::int64_t>(graph.node(id).out.count() * sizeof(float));
}

// The last node that reads each node's output; the node itself where none does.
std::vector<NodeId> last_readers(const Graph& graph) {
  std::vector<NodeId> last(graph.nodes.size());
  for (NodeId id = 0; id < graph.size(); ++id) {
    last[static_cast<std::size_t>(id)] = id;
    for (const NodeId input : graph.node(id).inputs) {
      if (input != kNoNode) last[static_cast<std::size_t>(input)] = id;
    }
  }
  return last;
}

bool is_bottleneck(const Graph& graph, int block) {
  return std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const Node& node) {
    return node.block == block && node.role == Role::project;
  });
}

}  // namespace

std::vector<std::int64_t> live_bytes(const Graph& graph) {
  const std::vector<NodeId> last = last_readers(graph);
  std::vector<std::int64_t> live(graph.nodes.size(), 0);
  for (NodeId id = 0; id < graph.size(); ++id) {
    const NodeId end = last[static_cast<std::size_t>(id)];
    for (NodeId at = id; at <= end; ++at) {
      live[static_cast<std::size_t>(at)] += output_bytes(graph, id);
    }
  }
  return live;
}

std::vector<std::int64_t> kept_bytes(const Graph& graph) {
  std::vector<std::int64_t> kept;
  std::int64_t sum = 0;
  for (NodeId id = 0; id < graph.size(); ++id) {
    sum += output_bytes(graph, id);
    kept.push_back(sum);
  }
  return kept;
}

bool stored_whole(const Graph& graph, NodeId id) {
  const int block = graph.node(id).block;
  if (!is_bottleneck(graph, block)) return true;
  return std::any_of(graph.nodes.begin() + id, graph.nodes.end(), [&](const Node& reader) {
    const bool reads = reader.inputs[0] == id || reader.inputs[1] == id;
    return reads && reader.block != block;
  });
}

std::vector<StoredAt> stored_by_resolution(const Graph& graph) {
  std::vector<StoredAt> result;
  for (NodeId id = 1; id < graph.size(); ++id) {
    // The classes are the answer, not a feature map.
    if (graph.node(id).name == "head.logits") break;
    if (!stored_whole(graph, id)) continue;
    const Shape& out = graph.node(id).out;
    if (result.empty() || result.back().extent != out.h) result.push_back({out.h, 0, 0});
    StoredAt& at = result.back();
    at.channels = std::max(at.channels, out.c);
    at.bytes_16_bit = std::int64_t{2} * out.h * out.w * at.channels;
  }
  return result;
}

}  // namespace lens
