#include "views/large_map.h"

#include <algorithm>
#include <cmath>

#include "ui/color.h"
#include "ui/widgets.h"

namespace lens {

namespace {

struct Placed {
  ImVec2 min;
  float cell;

  ImVec2 at(int y, int x) const {
    return {min.x + static_cast<float>(x) * cell, min.y + static_cast<float>(y) * cell};
  }
};

MapEvent pointed_at(const Placed& placed, const Shape& shape) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto index = [&](float offset, int count) {
    return std::clamp(static_cast<int>(offset / placed.cell), 0, count - 1);
  };
  return {index(mouse.y - placed.min.y, shape.h), index(mouse.x - placed.min.x, shape.w),
          ImGui::IsItemClicked()};
}

}  // namespace

void draw_mark(const ui::Theme& theme, ImVec2 min, ImVec2 max) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRect(min, max, ui::rgb(0x000000), 0, 0, theme.px(4));
  draw->AddRect(min, max, ui::rgb(0xFFD400), 0, 0, theme.px(2));
}

MapEvent large_map(const ui::Theme& theme, const LargeMap& map) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float rows = static_cast<float>(map.shape.h);
  const float whole = std::max(1.0f, std::floor(map.side * theme.dpr() / rows)) / theme.dpr();
  // Equal cells, unless they would cost much of the size.
  const bool even = whole * rows >= 0.8f * map.side && whole * rows <= map.side;
  const float extent = even ? whole * rows : map.side;
  const Placed placed = {ImGui::GetCursorScreenPos(), extent / rows};
  const ImVec2 min = placed.min;
  const ImVec2 max = {min.x + extent, min.y + extent};
  ui::draw_tile(draw, map.texture, ui::atlas_for(map.shape), map.channel, min, max);
  draw->AddRect(min, max, theme.color().strong_line);
  if (map.crossed) {
    ui::hatch(draw, min, max, theme.color().warning_text, theme.px(12), theme.px(1.5f));
  }
  ImGui::InvisibleButton(map.id, {extent, extent});
  const MapEvent event = ImGui::IsItemHovered() ? pointed_at(placed, map.shape) : MapEvent{};
  if (map.marked) {
    const Box& box = *map.marked;
    draw_mark(theme, placed.at(std::max(0, box.y0), std::max(0, box.x0)),
              placed.at(std::min(box.y1, map.shape.h), std::min(box.x1, map.shape.w)));
  }
  if (event.hovered()) {
    const ImVec2 a = placed.at(event.y, event.x);
    const ImVec2 b = placed.at(event.y + 1, event.x + 1);
    draw->AddRect(a, b, theme.color().text, 0, 0, theme.px(3));
    draw->AddRect(a, b, theme.color().panel, 0, 0, theme.px(1));
  }
  return event;
}

}  // namespace lens
