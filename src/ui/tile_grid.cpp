#include "ui/tile_grid.h"

#include <algorithm>
#include <cmath>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"

namespace lens::ui {

Atlas atlas_for(const Shape& shape) {
  // About square in pixels, so that neither side nears WebGL2's guaranteed 2,048.
  const double area = static_cast<double>(shape.c) * shape.h * shape.w;
  const int columns = static_cast<int>(std::ceil(std::sqrt(area) / shape.w));
  return {std::clamp(columns, 1, shape.c), shape.w, shape.h};
}

Picture paint_atlas(const TensorView& tensor, std::span<const Mapping> mappings) {
  const Shape shape = tensor.shape;
  const Atlas atlas = atlas_for(shape);
  const int rows = (shape.c + atlas.columns - 1) / atlas.columns;
  Picture picture{atlas.columns * shape.w, rows * shape.h, {}};
  picture.rgba.assign(static_cast<std::size_t>(picture.width * picture.height), 0);
  std::vector<std::uint32_t> pixels(shape.count());
  map_colors(mappings, tensor.data, pixels.data());
  const std::uint32_t* from = pixels.data();
  for (int y = 0; y < shape.h; ++y) {
    for (int x = 0; x < shape.w; ++x) {
      for (int c = 0; c < shape.c; ++c) {
        const int px = (c % atlas.columns) * shape.w + x;
        const int py = (c / atlas.columns) * shape.h + y;
        picture.rgba[static_cast<std::size_t>(py * picture.width + px)] = *from++;
      }
    }
  }
  return picture;
}

void draw_tile(ImDrawList* draw, const Texture& texture, const Atlas& atlas, int channel,
               ImVec2 min, ImVec2 max) {
  const float left = static_cast<float>((channel % atlas.columns) * atlas.tile_width);
  const float top = static_cast<float>((channel / atlas.columns) * atlas.tile_height);
  // A hair inside the tile: rounding must not fetch the neighbour's edge.
  const float inset = 1.0f / 64;
  const float width = static_cast<float>(texture.width);
  const float height = static_cast<float>(texture.height);
  const float right = left + static_cast<float>(atlas.tile_width);
  const float bottom = top + static_cast<float>(atlas.tile_height);
  draw->AddImage(texture.id, min, max, {(left + inset) / width, (top + inset) / height},
                 {(right - inset) / width, (bottom - inset) / height});
}

namespace {

constexpr float kGap = 4;

int columns_for(const Theme& theme, float width, float tile) {
  const float gap = theme.px(kGap);
  return std::max(1, static_cast<int>((width + gap) / (tile + gap)));
}

// Whole device pixels per map cell where a tile has room for them.
float snapped(const Theme& theme, float tile, int map_extent) {
  const float cells = static_cast<float>(map_extent) / theme.dpr();
  const float whole = std::floor(tile / cells);
  return whole >= 1 ? whole * cells : std::floor(tile);
}

}  // namespace

float caption_height(const Theme& theme, float tile) {
  return tile >= theme.px(30) ? text_size(theme.small, "0").y : 0;
}

float fitting_tile(const Theme& theme, const TileFit& fit) {
  const float gap = theme.px(kGap);
  float tile = std::floor(fit.largest);
  const auto fits = [&] {
    const int columns = columns_for(theme, fit.area.x, tile);
    const int rows = (fit.count + columns - 1) / columns;
    return static_cast<float>(rows) * (tile + gap + fit.caption) - gap <= fit.area.y;
  };
  while (tile > fit.smallest && !fits()) tile -= 1;
  // Equal cells, unless they would cost much of the size.
  const float even = snapped(theme, tile, fit.map_extent);
  return even >= 0.88f * tile ? even : tile;
}

namespace {

struct Grid {
  const Theme& theme;
  const TileGrid& tiles;
  Atlas atlas;
  float caption;  // height of the line under a tile
  ImVec2 pitch;
  int columns;
  int count;  // tiles
  ImVec2 origin;

  int channel_at(int place) const {
    return tiles.order ? (*tiles.order)[static_cast<std::size_t>(place)] : place;
  }

  int place_of(int channel) const {
    if (!tiles.order) return channel;
    const auto found = std::find(tiles.order->begin(), tiles.order->end(), channel);
    return found == tiles.order->end() ? -1 : static_cast<int>(found - tiles.order->begin());
  }

  ImVec2 corner(int place) const {
    return {origin.x + static_cast<float>(place % columns) * pitch.x,
            origin.y + static_cast<float>(place / columns) * pitch.y};
  }
};

Grid lay_out(const Theme& theme, const TileGrid& tiles) {
  const float gap = theme.px(kGap);
  const float caption = tiles.captions.empty() ? 0 : caption_height(theme, tiles.tile);
  return {.theme = theme,
          .tiles = tiles,
          .atlas = atlas_for(tiles.shape),
          .caption = caption,
          .pitch = {tiles.tile + gap, tiles.tile + gap + caption},
          .columns = columns_for(theme, ImGui::GetContentRegionAvail().x, tiles.tile),
          .count = tiles.order ? static_cast<int>(tiles.order->size()) : tiles.shape.c,
          .origin = ImGui::GetCursorScreenPos()};
}

void cross_out(ImDrawList* draw, const Theme& theme, ImVec2 min, ImVec2 max) {
  const Palette& c = theme.color();
  draw->AddRectFilled(min, max, with_alpha(c.warning, 0.75f));
  hatch(draw, min, max, c.warning_text, theme.px(6), theme.px(1.5f));
  draw->AddRect(min, max, c.warning_text, 0, 0, theme.px(2));
}

void draw_one(const Grid& grid, int channel, ImVec2 min) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const TileGrid& tiles = grid.tiles;
  const Palette& c = grid.theme.color();
  const ImVec2 max = {min.x + tiles.tile, min.y + tiles.tile};
  draw_tile(draw, tiles.texture, grid.atlas, channel, min, max);
  // What is zero is as white as the panel.
  draw->AddRect(min, max, c.line);
  const auto& off = tiles.crossed;
  if (std::find(off.begin(), off.end(), channel) != off.end()) {
    cross_out(draw, grid.theme, min, max);
  }
  if (grid.caption > 0) {
    const double number = tiles.captions[static_cast<std::size_t>(channel)];
    draw_text(draw, grid.theme.small, {(min.x + max.x) / 2, max.y}, c.secondary,
              format("%.2f", number), 0.5f);
  }
  if (channel != tiles.selected && channel != tiles.highlighted) return;
  const float line = grid.theme.px(channel == tiles.selected ? 3 : 2);
  draw->AddRect({min.x - line / 2, min.y - line / 2}, {max.x + line / 2, max.y + line / 2},
                c.accent, 0, 0, line);
}

void draw_tiles_in_sight(const Grid& grid) {
  const int first_row = std::max(0, static_cast<int>(ImGui::GetScrollY() / grid.pitch.y) - 1);
  const int rows_in_sight = static_cast<int>(ImGui::GetWindowHeight() / grid.pitch.y) + 3;
  const int last = std::min(grid.count, (first_row + rows_in_sight) * grid.columns);
  for (int place = first_row * grid.columns; place < last; ++place) {
    draw_one(grid, grid.channel_at(place), grid.corner(place));
  }
}

GridEvent pointed_at(const Grid& grid) {
  GridEvent event;
  const Shape& shape = grid.tiles.shape;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float x = mouse.x - grid.origin.x;
  const float y = mouse.y - grid.origin.y;
  if (x < 0 || y < 0) return event;
  const int column = static_cast<int>(x / grid.pitch.x);
  const int place = static_cast<int>(y / grid.pitch.y) * grid.columns + column;
  const float in_x = std::fmod(x, grid.pitch.x) / grid.tiles.tile;
  const float in_y = std::fmod(y, grid.pitch.y) / grid.tiles.tile;
  const bool on_tile = column < grid.columns && place < grid.count && in_x < 1 && in_y < 1;
  if (!on_tile) return event;
  event.hovered = grid.channel_at(place);
  event.x = static_cast<int>(in_x * static_cast<float>(shape.w));
  event.y = static_cast<int>(in_y * static_cast<float>(shape.h));
  return event;
}

void scroll_to(const Grid& grid, int place) {
  const float row_top = static_cast<float>(place / grid.columns) * grid.pitch.y;
  ImGui::SetScrollFromPosY(row_top + grid.pitch.y / 2 - ImGui::GetScrollY(), 0.5f);
}

}  // namespace

GridEvent tile_grid(const Theme& theme, const TileGrid& tiles) {
  GridEvent event;
  ImGui::BeginChild(tiles.id, {0, 0}, false);
  const Grid grid = lay_out(theme, tiles);
  const int rows = (grid.count + grid.columns - 1) / grid.columns;
  // Without the gap below the last row, which would call for a scrollbar where all rows fit.
  const float height = static_cast<float>(rows) * grid.pitch.y - theme.px(kGap);
  ImGui::InvisibleButton("tiles", {std::max(1.0f, static_cast<float>(grid.columns) * grid.pitch.x),
                                   std::max(1.0f, height)});
  if (ImGui::IsItemHovered()) event = pointed_at(grid);
  if (ImGui::IsItemClicked()) event.clicked = event.hovered;
  event.shift = ImGui::GetIO().KeyShift;
  const int selected = tiles.selected >= 0 ? grid.place_of(tiles.selected) : -1;
  if (tiles.scroll_to_selected && selected >= 0) scroll_to(grid, selected);
  draw_tiles_in_sight(grid);
  ImGui::EndChild();
  return event;
}

}  // namespace lens::ui
