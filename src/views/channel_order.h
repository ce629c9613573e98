// Which channels of a layer to show, and in which order.
#pragma once

#include <span>
#include <vector>

#include "engine/graph.h"
#include "views/node_stats.h"

namespace lens {

enum class ChannelSort { index, mean, highest, zeros, gate };

enum class ChannelFilter { all, alive, dead, strong };

// The gates of the squeeze-and-excite block that a layer's channels pass through, channel for
// channel (expand, depthwise, scale and the gate itself); kNoNode where there are none.
NodeId gate_of(const Graph& graph, NodeId id);

// Zero at every position on this photo.
bool is_dead(const ChannelStats& channel);
// Its largest magnitude is at least half of the layer's.
bool is_strong(const ChannelStats& channel, const NodeStats& layer);
bool passes(ChannelFilter filter, const ChannelStats& channel, const NodeStats& layer);

// The number that a sort goes by, per channel. gates: one per channel for ChannelSort::gate.
std::vector<float> sort_values(ChannelSort sort, const NodeStats& layer,
                               std::span<const float> gates);

// Channels that pass, by index or largest sort value first; equal ones by index.
std::vector<int> channel_order(ChannelSort sort, ChannelFilter filter, const NodeStats& layer,
                               std::span<const float> gates);

}  // namespace lens
