// The weights of the selected layer as pictures: depthwise kernels and the stem's filters as tiles,
// a 1x1 convolution or a fully connected layer as the matrix that it is.
#pragma once

#include <string>

#include "engine/weights.h"
#include "ui/tile_grid.h"
#include "views/frame.h"

namespace lens::weights {

struct State {
  float zoom = 0;        // px per weight of a matrix; 0 fits it into the panel
  std::string told;      // the layer that `sentence` is about: it takes a pass over all weights
  std::string sentence;  // takeaway()
};

// A matrix of weights, inputs down and outputs across, made smaller by a whole number: each cell
// has the weight of the largest magnitude among block x block.
struct Matrix {
  int block = 1;
  Tensor cells;  // (h, w, 1)
};

Matrix shrink(std::span<const float> filter, int inputs, int outputs, int block);

// Each filter of a convolution over RGB as one small colour picture: weight 0 is grey, the largest
// magnitude black or full. filter [kh][kw][3][out].
ui::Picture paint_rgb_filters(const FilterShape& shape, std::span<const float> filter);

// What the weights say, in one sentence.
std::string takeaway(const Graph& graph, NodeId id, const NodeWeights& weights);

void draw(Frame& frame, State& state);
bool press(Frame& frame, State& state, std::string_view key);
// A row per output channel.
Table table(const Frame& frame);

}  // namespace lens::weights
