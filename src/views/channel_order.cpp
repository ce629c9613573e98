#include "views/channel_order.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace lens {

NodeId gate_of(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  const bool inside = node.role == Role::expand || node.role == Role::depthwise ||
                      node.role == Role::scale || node.role == Role::squeeze ||
                      node.role == Role::gate;
  if (!inside) return kNoNode;
  for (NodeId other = 0; other < graph.size(); ++other) {
    const Node& gate = graph.node(other);
    if (gate.role == Role::gate && gate.block == node.block && gate.out.c == node.out.c) {
      return other;
    }
  }
  return kNoNode;
}

bool is_dead(const ChannelStats& channel) {
  return channel.lowest == 0 && channel.highest == 0;
}

namespace {

float magnitude(float lowest, float highest) {
  return std::max(std::fabs(lowest), std::fabs(highest));
}

}  // namespace

bool is_strong(const ChannelStats& channel, const NodeStats& layer) {
  const float most = magnitude(layer.lowest, layer.highest);
  return most > 0 && magnitude(channel.lowest, channel.highest) >= most / 2;
}

bool passes(ChannelFilter filter, const ChannelStats& channel, const NodeStats& layer) {
  switch (filter) {
    case ChannelFilter::all:
      return true;
    case ChannelFilter::alive:
      return !is_dead(channel);
    case ChannelFilter::dead:
      return is_dead(channel);
    case ChannelFilter::strong:
      return is_strong(channel, layer);
  }
  return true;
}

std::vector<float> sort_values(ChannelSort sort, const NodeStats& layer,
                               std::span<const float> gates) {
  std::vector<float> values;
  for (std::size_t c = 0; c < layer.channels.size(); ++c) {
    const ChannelStats& channel = layer.channels[c];
    switch (sort) {
      case ChannelSort::index:
        values.push_back(static_cast<float>(c));
        break;
      case ChannelSort::mean:
        values.push_back(channel.mean);
        break;
      case ChannelSort::highest:
        values.push_back(channel.highest);
        break;
      case ChannelSort::zeros:
        values.push_back(channel.zeros);
        break;
      case ChannelSort::gate:
        assert(gates.size() == layer.channels.size());
        values.push_back(gates[c]);
        break;
    }
  }
  return values;
}

std::vector<int> channel_order(ChannelSort sort, ChannelFilter filter, const NodeStats& layer,
                               std::span<const float> gates) {
  std::vector<int> order;
  for (std::size_t c = 0; c < layer.channels.size(); ++c) {
    if (passes(filter, layer.channels[c], layer)) order.push_back(static_cast<int>(c));
  }
  if (sort == ChannelSort::index) return order;
  const std::vector<float> values = sort_values(sort, layer, gates);
  const auto value = [&](int channel) { return values[static_cast<std::size_t>(channel)]; };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return value(a) > value(b); });
  return order;
}

}  // namespace lens
