// Where each node of a graph lies in the network drawing. Pure geometry: no ImGui.
#pragma once

#include <vector>

#include "engine/graph.h"

namespace lens::network {

enum class MarkKind {
  bar,     // a layer; width grows with the square root of its channels
  dot,     // one of the four steps of squeeze-and-excitation
  circle,  // a residual sum
};

// In units of a bar's height, y downwards from the top of the drawing; x is laid out by the view.
struct Mark {
  NodeId node = kNoNode;
  MarkKind kind = MarkKind::bar;
  float y = 0;      // top of a bar, centre of a dot or circle
  int column = 0;   // dots: 0 squeeze, 1 reduce, 2 gate, 3 scale
  float width = 0;  // bars: share of the widest, 0..1
};

struct Arc {
  int block = 0;
  float y0 = 0;  // where the block's input branches off
  float y1 = 0;  // the sum
};

// A label at the left: a resolution ("112") at the first layer that has it.
struct Level {
  int resolution = 0;
  float y = 0;
};

struct Layout {
  std::vector<Mark> marks;
  std::vector<Arc> arcs;
  std::vector<Level> levels;
  float height = 0;
};

Layout layout(const Graph& graph);

}  // namespace lens::network
