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

Picture paint_atlas(const TensorView& tensor, const Mapping& mapping) {
  const Shape shape = tensor.shape;
  const Atlas atlas = atlas_for(shape);
  const int rows = (shape.c + atlas.columns - 1) / atlas.columns;
  Picture picture{atlas.columns * shape.w, rows * shape.h, {}};
  picture.rgba.assign(static_cast<std::size_t>(picture.width * picture.height), 0);
  std::vector<std::uint32_t> pixels(shape.count());
  map_colors(mapping, tensor.data, pixels.data());
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

float fitting_tile(const Theme& theme, int count, int map_extent, ImVec2 area, float smallest,
                   float largest) {
  const float gap = theme.px(kGap);
  float tile = std::floor(largest);
  const auto fits = [&] {
    const int columns = columns_for(theme, area.x, tile);
    const int rows = (count + columns - 1) / columns;
    return static_cast<float>(rows) * (tile + gap) - gap <= area.y;
  };
  while (tile > smallest && !fits()) tile -= 1;
  // Equal cells, unless they would cost much of the size.
  const float even = snapped(theme, tile, map_extent);
  return even >= 0.8f * tile ? even : tile;
}

namespace {

struct Grid {
  const Theme& theme;
  const Texture& texture;
  const Shape& shape;
  Atlas atlas;
  float tile;
  float pitch;
  int columns;
  ImVec2 origin;

  ImVec2 corner(int channel) const {
    return {origin.x + static_cast<float>(channel % columns) * pitch,
            origin.y + static_cast<float>(channel / columns) * pitch};
  }
};

void draw_tiles(const Grid& grid, int first, int last, int selected, int highlighted) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (int channel = first; channel < last; ++channel) {
    const ImVec2 min = grid.corner(channel);
    const ImVec2 max = {min.x + grid.tile, min.y + grid.tile};
    draw_tile(draw, grid.texture, grid.atlas, channel, min, max);
    if (channel != selected && channel != highlighted) continue;
    const float line = grid.theme.px(channel == selected ? 3 : 2);
    const ImU32 color = grid.theme.color().accent;
    draw->AddRect({min.x - line / 2, min.y - line / 2}, {max.x + line / 2, max.y + line / 2}, color,
                  0, 0, line);
  }
}

GridEvent pointed_at(const Grid& grid) {
  GridEvent event;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float x = mouse.x - grid.origin.x;
  const float y = mouse.y - grid.origin.y;
  if (x < 0 || y < 0) return event;
  const int column = static_cast<int>(x / grid.pitch);
  const int channel = static_cast<int>(y / grid.pitch) * grid.columns + column;
  const float in_x = std::fmod(x, grid.pitch) / grid.tile;
  const float in_y = std::fmod(y, grid.pitch) / grid.tile;
  const bool on_tile = column < grid.columns && channel < grid.shape.c && in_x < 1 && in_y < 1;
  if (!on_tile) return event;
  event.hovered = channel;
  event.x = static_cast<int>(in_x * static_cast<float>(grid.shape.w));
  event.y = static_cast<int>(in_y * static_cast<float>(grid.shape.h));
  return event;
}

}  // namespace

GridEvent tile_grid(const Theme& theme, const TileGrid& tiles) {
  GridEvent event;
  ImGui::BeginChild(tiles.id, {0, 0}, false);
  const int channels = tiles.shape.c;
  const float pitch = tiles.tile + theme.px(kGap);
  const int columns = columns_for(theme, ImGui::GetContentRegionAvail().x, tiles.tile);
  const int rows = (channels + columns - 1) / columns;
  const Grid grid = {.theme = theme,
                     .texture = tiles.texture,
                     .shape = tiles.shape,
                     .atlas = atlas_for(tiles.shape),
                     .tile = tiles.tile,
                     .pitch = pitch,
                     .columns = columns,
                     .origin = ImGui::GetCursorScreenPos()};
  ImGui::InvisibleButton("tiles", {std::max(1.0f, static_cast<float>(columns) * pitch),
                                   std::max(1.0f, static_cast<float>(rows) * pitch)});
  if (ImGui::IsItemHovered()) event = pointed_at(grid);
  if (ImGui::IsItemClicked()) event.clicked = event.hovered;
  if (tiles.scroll_to_selected && tiles.selected >= 0) {
    const float row_top = static_cast<float>(tiles.selected / columns) * pitch;
    ImGui::SetScrollFromPosY(row_top + pitch / 2 - ImGui::GetScrollY(), 0.5f);
  }
  const int first_row = std::max(0, static_cast<int>(ImGui::GetScrollY() / pitch) - 1);
  const int rows_in_sight = static_cast<int>(ImGui::GetWindowHeight() / pitch) + 3;
  draw_tiles(grid, std::min(channels, first_row * columns),
             std::min(channels, (first_row + rows_in_sight) * columns), tiles.selected,
             tiles.highlighted);
  ImGui::EndChild();
  return event;
}

}  // namespace lens::ui
