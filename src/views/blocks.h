// The building blocks of V1, ResNet, V2 and V3 beside each other, drawn from the graphs with their
// widths to scale: where the shortcut is, where there is none and why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "views/frame.h"

namespace lens::blocks {

// Why a block has no shortcut.
enum class Shortcut { present, stride, channels, none_in_v1 };

struct Layer {
  std::string text;  // "3×3 depthwise"
  int channels = 0;
  Activation activation = Activation::none;
  Role role = Role::expand;
};

struct Block {
  std::string title;   // "V2, block 3"
  std::string source;  // "in: 56 × 56 × 24"
  int in_channels = 0;
  std::vector<Layer> layers;
  Shortcut shortcut = Shortcut::present;
  bool relu_after_sum = false;
  bool on_screen = false;
  NodeId first = kNoNode;  // of the graph, for a click
};

// Block `number` of a graph.
Block block_of(const Graph& graph, int number);
// The bottleneck of ResNet-50's second stage. Deep Residual Learning, arXiv 1512.03385, fig. 5.
Block resnet_block();
int block_count(const Graph& graph);
// Side of the maps that a block reads; 0 without such a block.
int input_extent(const Graph& graph, int block);
// The first block at this input extent, one with a shortcut if there is any; the last block where
// none has the extent.
int block_at(const Graph& graph, int extent);

struct State {
  std::vector<Graph> graphs;  // of the versions that are not on the screen, by catalog order
};

void draw(Frame& frame, State& state);
// [ ]: previous, next block of the network on the screen.
bool press(Frame& frame, std::string_view key);
// A row per block of the network on the screen: its widths, and where the shortcut is or why not.
Table table(const Frame& frame);

}  // namespace lens::blocks
