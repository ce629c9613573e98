// The pictures of the weights view: kernels and filters as tiles, a layer that mixes channels as
// the matrix that it is.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/weights.h"
#include "ui/tile_grid.h"
#include "ui/widgets.h"
#include "views/frame.h"

namespace lens::weights {

constexpr float kLargestCell = 24;  // of a matrix, px at 1280
// Sides of a kernel, px at 1280, and from one to the next.
constexpr float kSmallestTile = 12;
constexpr float kLargestTile = 288;
constexpr float kTileStep = 1.35f;

// The selected layer's weights with the scale that they are drawn in.
struct Layer {
  NodeId id;
  const Node& node;
  FilterShape shape;
  const NodeWeights& weights;
  ui::Mapping mapping;
  ui::Beyond beyond;  // what the scale leaves out
  std::string key;    // of its textures

  // The stem: its filters are small colour pictures.
  bool over_rgb() const { return node.op == Op::conv && shape.kernel > 1; }

  // Drawn as one tile per channel, not as a matrix.
  bool tiled() const { return shape.kernel > 1; }
};

struct Zoom {
  float size = 0;       // px at 1280: a kernel's side, or a weight's shorter one; 0 fits all
  bool follow = false;  // bring the selected channel into sight
};

float largest_magnitude(std::span<const float> values);

// A scale for each of the kernels of filter [kh][kw][outputs], to its own largest magnitude: folded
// batch norms make kernels of one layer differ a hundredfold, and in one scale most would be pale.
std::vector<ui::Mapping> own_scales(std::span<const float> filter, int outputs);

// A matrix of weights, inputs down and outputs across, made smaller by a whole number: each cell
// has the weight of the largest magnitude among block x block.
struct Matrix {
  int block = 1;
  Tensor cells;  // (h, w, 1)
};

Matrix shrink(std::span<const float> filter, int inputs, int outputs, int block);

// How a matrix lies: the longer side across, as the panel does. Then rows are inputs or outputs.
struct Lie {
  bool inputs_across = false;
  int columns = 1;
  int rows = 1;
};

Lie lie_of(const FilterShape& shape);

// Width and height of a weight so that the matrix fills the room as far as it can: a wide one would
// otherwise be a stripe.
ImVec2 matrix_cell(const Lie& lie, ImVec2 room, float largest);

// The matrix, made smaller by `block`, in the colours of a scale, as it lies.
ui::Picture paint_matrix(const Matrix& matrix, const Lie& lie, const ui::Mapping& mapping);

// Each filter of a convolution over RGB as one small colour picture: weight 0 is grey, the largest
// magnitude black or full. filter [kh][kw][3][out].
ui::Picture paint_rgb_filters(const FilterShape& shape, std::span<const float> filter);

// Both light what the pointer is on, choose a channel by a click, and give the size that they drew:
// a tile's side, a weight's shorter one, px at 1280.
float kernel_tiles(Frame& frame, const Layer& layer, const Zoom& zoom, ImVec2 size);
float matrix(Frame& frame, const Layer& layer, const Zoom& zoom, ImVec2 size);

}  // namespace lens::weights
