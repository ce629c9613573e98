// The squeeze-and-excitation blocks of a network: their nodes, their gates before and after a
// what-if, what they cost. Draws nothing but the strip of blocks that two views share.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "views/frame.h"

namespace lens {

// Squeeze, reduce, gate, scale: Squeeze-and-Excitation Networks, arXiv 1709.01507, section 3.
struct SeBlock {
  int block = 0;          // of the graph
  NodeId maps = kNoNode;  // what is scaled: the depthwise convolution
  NodeId squeeze = kNoNode;
  NodeId reduce = kNoNode;
  NodeId gate = kNoNode;
  NodeId scale = kNoNode;
};

std::string name_of(const SeBlock& block);  // "bneck4", as in its nodes' names

// In network order; none for V1 and V2.
std::vector<SeBlock> se_blocks(const Graph& graph);

// The one whose squeeze, hidden units, gates or scaling are the selected node.
std::optional<std::size_t> selected_block(const Frame& frame, std::span<const SeBlock> blocks);

// The selected one; else the `last` one that was looked at (a block of the
// graph); else, before any, the one whose gates differ most from channel to channel on this photo.
// Index into `blocks`, which must not be empty (asserted).
std::size_t chosen_block(const Frame& frame, std::span<const SeBlock> blocks, int last);

// Selects the block's gates; the channel stays where the counts are equal.
void choose_block(Frame& frame, const SeBlock& block);

// From the chosen block to one further on (+1) or back (-1), around the end.
void step_block(Frame& frame, std::span<const SeBlock> blocks, int last, int by);

// The selected channel, when the selected node has one map or value per gate of the block; else -1.
int chosen_channel(const Frame& frame, const SeBlock& block);
void choose_channel(Frame& frame, const SeBlock& block, int channel);

// The gates that a what-if gives a block in place of its own, if it does.
const std::vector<float>* overridden_gates(std::span<const Intervention> interventions,
                                           NodeId gate);
// `interventions` with these gates, in place of those that it gave the block before.
std::vector<Intervention> with_gates(std::span<const Intervention> interventions, NodeId gate,
                                     std::vector<float> gates);
std::vector<Intervention> without_gates(std::span<const Intervention> interventions, NodeId gate);

// The plain run's gates.
std::span<const float> own_gates(const Frame& frame, const SeBlock& block);
// Those that the reader looks at: wanted by the what-if, else of the run that is shown. What-ifs
// are seen at once, while their run is still under way.
std::span<const float> effective_gates(const Frame& frame, const SeBlock& block);

struct GateCounts {
  int open = 0;  // exactly 1
  int shut = 0;  // exactly 0
  float lowest = 0;
  float highest = 0;
  float mean = 0;
};

GateCounts count_gates(std::span<const float> gates);

struct SeCost {
  Cost cost;
  double ms = 0;  // measured: its pool, both FC layers and the scaling
};

SeCost cost_of(const Frame& frame, std::span<const SeBlock> blocks);

// All blocks side by side, each with its gates as a small sorted curve. Returns the clicked one or
// -1.
int block_strip(Frame& frame, std::span<const SeBlock> blocks, std::size_t chosen);

// In place of a view when the model has no such block: says so and offers one that has.
void draw_without_se(Frame& frame);

}  // namespace lens
