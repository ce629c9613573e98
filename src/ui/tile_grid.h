// All channels of a layer as one picture (an atlas of tiles), and a scrolling grid that draws only
// the tiles in sight.
#pragma once

#include <optional>
#include <span>

#include "engine/tensor.h"
#include "ui/colormap.h"
#include "ui/texture_cache.h"
#include "ui/theme.h"

namespace lens::ui {

// How an atlas lays its tiles out: channel c at column c % columns, row c / columns.
struct Atlas {
  int columns = 1;
  int tile_width = 1;
  int tile_height = 1;
};

Atlas atlas_for(const Shape& shape);
// The tensor's channels as tiles; the texture of the same key must use the same mapping. One
// mapping, or one per channel.
Picture paint_atlas(const TensorView& tensor, std::span<const Mapping> mappings);

// Draws one channel into a rectangle.
void draw_tile(ImDrawList* draw, const Texture& texture, const Atlas& atlas, int channel,
               ImVec2 min, ImVec2 max);

struct GridEvent {
  int hovered = -1;  // channel under the pointer
  int y = -1;        // and the cell of its map
  int x = -1;
  int clicked = -1;
  bool shift = false;  // held down with the click
};

struct TileFit {
  int count = 1;
  int map_extent = 1;  // rows of a map
  ImVec2 area;
  float smallest = 1;  // sides of a tile, px
  float largest = 1;
  float caption = 0;  // height of the line under each tile
};

// The largest tile side at which all tiles fit into the area; multiples of the map's own extent are
// preferred, so that cells stay equal squares.
float fitting_tile(const Theme& theme, const TileFit& fit);

// Height of a caption under a tile of this side; 0 where it is too small to carry one.
float caption_height(const Theme& theme, float tile);

struct TileGrid {
  const char* id = "";
  Texture texture;  // of the atlas
  Shape shape;
  float tile = 0;        // side of a tile in px
  int selected = -1;     // channel with a strong outline
  int highlighted = -1;  // and with a thin one
  bool scroll_to_selected = false;
  std::optional<std::span<const int>> order = {};  // the channels to show; without: all of them
  std::span<const float> captions = {};            // by channel: a number under each tile
  std::span<const int> crossed = {};               // channels drawn as switched off
};

// Fills the current window's remaining area.
GridEvent tile_grid(const Theme& theme, const TileGrid& tiles);

}  // namespace lens::ui
