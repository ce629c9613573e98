// Convolutions over a window: what they read, the kernel, the products, number by number.
#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/padding.h"
#include "ui/color.h"
#include "ui/text.h"
#include "views/cell_parts.h"

namespace lens::cell {

namespace {

// What stands in the cells of a grid: a number per tap, none where the window reads padding.
struct Taps {
  int side;
  std::vector<std::optional<float>> values;

  explicit Taps(int kernel)
      : side(kernel), values(static_cast<std::size_t>(kernel) * static_cast<std::size_t>(kernel)) {}

  std::optional<float>& at(int ky, int kx) {
    return values[static_cast<std::size_t>(ky * side + kx)];
  }
};

struct WindowGrids {
  Taps patch;
  Taps kernel;
  Taps products;
};

ui::Mapping mapping_of_magnitudes(const Explanation& why, float Term::*number) {
  float most = 0;
  for (const Term& term : why.terms) most = std::max(most, std::fabs(term.*number));
  return ui::mapping_for(-most, most, ui::ScaleChoice::diverging);
}

// The terms of one input channel, laid out as the kernel is.
WindowGrids grids_of(const Frame& frame, const Place& place, const Explanation& why, int channel) {
  const Node& node = frame.graph.node(place.node);
  const Shape in = frame.graph.input_shape(place.node);
  const int top = same_window(place.y, in.h, node.kernel, node.stride).origin;
  const int left = same_window(place.x, in.w, node.kernel, node.stride).origin;
  WindowGrids grids{Taps(node.kernel), Taps(node.kernel), Taps(node.kernel)};
  for (const Term& term : why.terms) {
    if (term.channel != channel) continue;
    const int ky = term.y - top;
    const int kx = term.x - left;
    grids.patch.at(ky, kx) = term.input;
    grids.kernel.at(ky, kx) = term.weight;
    grids.products.at(ky, kx) = term.product;
  }
  return grids;
}

void draw_tap(const ui::Theme& theme, ImVec2 min, ImVec2 max, std::optional<float> value,
              const ui::Mapping& mapping) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (!value) {
    draw->AddRectFilled(min, max, theme.color().sunken);
    ui::hatch(draw, min, max, theme.color().strong_line, theme.px(8), theme.px(1));
    return;
  }
  ImU32 ground = 0;
  ui::map_colors(mapping, {&*value, 1}, &ground);
  draw->AddRectFilled(min, max, ground);
  if (max.x - min.x < theme.px(34)) return;  // too small for a number: the colour alone
  const bool wide = max.x - min.x >= theme.px(54);
  const std::string text = ui::decimals(static_cast<double>(*value), wide ? 3 : 2);
  const float height = ui::text_size(theme.small, text).y;
  ui::draw_text(draw, theme.small, {(min.x + max.x) / 2, (min.y + max.y - height) / 2},
                ui::ink_on(ground), text, 0.5f);
}

void draw_taps(const ui::Theme& theme, ImVec2 at, ImVec2 cell, const Taps& taps,
               const ui::Mapping& mapping) {
  const auto side = static_cast<float>(taps.side);
  // Zero is as white as the panel: without its edge a kernel is a blob.
  const float line = theme.px(1);
  ImGui::GetWindowDrawList()->AddRect(
      {at.x - line, at.y - line}, {at.x + cell.x * side, at.y + cell.y * side}, theme.color().line);
  for (int ky = 0; ky < taps.side; ++ky) {
    for (int kx = 0; kx < taps.side; ++kx) {
      const ImVec2 min = {at.x + static_cast<float>(kx) * cell.x,
                          at.y + static_cast<float>(ky) * cell.y};
      const ImVec2 max = {min.x + cell.x - theme.px(1), min.y + cell.y - theme.px(1)};
      draw_tap(theme, min, max, taps.values[static_cast<std::size_t>(ky * taps.side + kx)],
               mapping);
    }
  }
}

}  // namespace

void draw_kernel(const Frame& frame, const Place& place, const Explanation& why, float side) {
  const int kernel = frame.graph.node(place.node).kernel;
  const WindowGrids grids = grids_of(frame, place, why, place.channel);
  const float cell = std::min(side / static_cast<float>(kernel), frame.theme.px(30));
  draw_taps(frame.theme, ImGui::GetCursorScreenPos(), {cell, cell}, grids.kernel,
            mapping_of_magnitudes(why, &Term::weight));
  const float extent = cell * static_cast<float>(kernel);
  ImGui::Dummy({extent, extent});
}

void draw_window(Frame& frame, const Place& place, const Explanation& why, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(place.node);
  std::vector<int> channels = {place.channel};
  if (node.op == Op::conv) {
    channels.resize(static_cast<std::size_t>(frame.graph.input_shape(place.node).c));
    for (std::size_t c = 0; c < channels.size(); ++c) channels[c] = static_cast<int>(c);
  }
  const NodeId from = node.inputs[0];
  const NodeStats& stats = frame.stats.of(*frame.shown(), from);
  const ui::Mapping mappings[] = {ui::mapping_for(stats.lowest, stats.highest),
                                  mapping_of_magnitudes(why, &Term::weight),
                                  mapping_of_magnitudes(why, &Term::product)};
  static constexpr const char* kTitles[] = {"What it reads", "×  its weights", "=  products"};
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float names = channels.size() > 1 ? theme.px(48) : 0;
  const float gap = theme.px(22);
  const float title = ui::text_size(theme.small, "x").y + theme.px(3);
  const auto rows = static_cast<float>(channels.size());
  const auto kernel = static_cast<float>(node.kernel);
  const float row = (size.y - title) / rows;
  const ImVec2 cell = {std::min(theme.px(68), ((size.x - names - 2 * gap) / 3) / kernel),
                       std::min(theme.px(58), (row - theme.px(5)) / kernel)};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (std::size_t r = 0; r < channels.size(); ++r) {
    const WindowGrids grids = grids_of(frame, place, why, channels[r]);
    const Taps* parts[] = {&grids.patch, &grids.kernel, &grids.products};
    const float y = origin.y + title + static_cast<float>(r) * row;
    if (names > 0) {
      ui::draw_text(draw, theme.small, {origin.x, y}, theme.color().secondary,
                    channel_name(frame, frame.graph.node(from), channels[r]));
    }
    for (int part = 0; part < 3; ++part) {
      const float x = origin.x + names + static_cast<float>(part) * (cell.x * kernel + gap);
      draw_taps(theme, {x, y}, cell, *parts[part], mappings[part]);
      if (r > 0) continue;
      ui::draw_text(draw, theme.small, {x, origin.y}, theme.color().secondary, kTitles[part]);
    }
  }
  ImGui::Dummy(size);
}

}  // namespace lens::cell
