// Accuracy against cost for every network of the papers' tables, as printed and as counted here,
// and where this browser stands.
#pragma once

#include "views/frame.h"
#include "views/published_points.h"

namespace lens::published {

struct State {
  std::vector<Point> points;  // built at the first drawing
  Axis axis = Axis::macs;
  Sources sources = Sources::papers;
  int chosen = -1;  // of points; the arrow keys walk
};

// On the axis and among the sources that the reader has chosen.
bool shown(const State& state, const Point& point);

void draw(Frame& frame, State& state);
bool press(State& state, std::string_view key);

}  // namespace lens::published
