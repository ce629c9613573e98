// One channel's map, large: cells to point at and to click, with marks on it.
#pragma once

#include <optional>
#include <span>

#include "engine/explain.h"
#include "ui/tile_grid.h"

namespace lens {

struct LargeMap {
  const char* id = "";
  ui::Texture texture;  // atlas of the layer
  Shape shape;
  int channel = 0;
  float side = 0;                  // px; cells are whole device pixels where there is room
  std::optional<Box> marked = {};  // cells with a frame around them
  bool crossed = false;            // switched off
};

struct MapEvent {
  int y = -1;  // cell under the pointer
  int x = -1;
  bool clicked = false;

  bool hovered() const { return y >= 0; }
};

MapEvent large_map(const ui::Theme& theme, const LargeMap& map);

// The frame that marks a place on a picture, readable on any ground.
void draw_mark(const ui::Theme& theme, ImVec2 min, ImVec2 max);

}  // namespace lens
