// The calculator of MobileNets' section 3.1: what a layer costs as a standard convolution and as
// depthwise plus pointwise, by four sliders.
#pragma once

#include "demos/convolution_cost.h"
#include "views/frame.h"

namespace lens::calculator {

struct State {
  demos::ConvolutionLayer layer = demos::kPaperLayer;
  int focused = 0;  // the parameter that the arrow keys change: Dk, M, N, DF
  bool playing = false;
  double step = 0;  // output values that the picture has walked over
};

void draw(Frame& frame, State& state);
// Up, down: which slider; left, right: move it; P: the next preset; space, full stop: the picture.
bool press(const Frame& frame, State& state, std::string_view key);

// Layers to begin with: the paper's, and the selected block's where it has one.
struct Preset {
  std::string title;
  demos::ConvolutionLayer layer;
};

std::vector<Preset> presets(const Graph& graph, NodeId selected);

// The ratio of equation 5 as a line; and the layer built in four ways, as a table.
void ratio(const ui::Theme& theme, const demos::ConvolutionLayer& layer);
void results(const ui::Theme& theme, const demos::ConvolutionLayer& layer);

// Standard, depthwise, pointwise and separable of the layer: MACs, parameters, their share.
Table table(const demos::ConvolutionLayer& layer);

// The layer that a block of the network splits: its depthwise convolution and the 1x1 after it.
// Nothing where the node's block has none.
std::optional<demos::ConvolutionLayer> layer_at(const Graph& graph, NodeId node);

}  // namespace lens::calculator
