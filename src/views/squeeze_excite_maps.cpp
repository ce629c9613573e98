#include <algorithm>
#include <cmath>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/tile_grid.h"
#include "ui/widgets.h"
#include "views/squeeze_excite_block.h"

namespace lens::squeeze_excite {

namespace {

constexpr int kExtremes = 10;

// A layer's maps. Each channel has a scale of its own, that of its map before the gate: so that a
// weak one shows too, and the gate's work on it.
struct Maps {
  NodeId node;
  ui::Texture texture;
  ui::Atlas atlas;
  Shape shape;
};

ui::Mapping mapping_of(const NodeStats& stats, int channel) {
  const ChannelStats& own = stats.channels[static_cast<std::size_t>(channel)];
  return ui::mapping_for(
      own.lowest, own.highest,
      stats.lowest < 0 ? ui::ScaleChoice::diverging : ui::ScaleChoice::sequential);
}

ui::Picture paint(const TensorView& output, const NodeStats& before) {
  std::vector<ui::Mapping> mappings;
  for (int c = 0; c < output.shape.c; ++c) mappings.push_back(mapping_of(before, c));
  return ui::paint_atlas(output, mappings);
}

Maps maps_of(const Frame& frame, const Block& block, NodeId node) {
  const Snapshot& shown = *frame.shown();
  const NodeStats& before = frame.stats.of(shown, block.nodes.maps);
  const TensorView output = shown.output(node);
  const std::string key =
      ui::format("gated/%llu/%d", static_cast<unsigned long long>(shown.id), node);
  return {node, frame.textures.get(key, [&] { return paint(output, before); }),
          ui::atlas_for(output.shape), output.shape};
}

// One map at the cursor; the cell under the pointer is what the page hovers.
void draw_map(Frame& frame, const Block& block, const Maps& maps, int channel, float side) {
  ImGui::PushID(maps.node * 4096 + channel);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max = {min.x + side, min.y + side};
  const bool clicked = ImGui::InvisibleButton("map", {side, side});
  ImGui::PopID();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ui::draw_tile(draw, maps.texture, maps.atlas, channel, min, max);
  const bool marked = channel == block.channel || channel == block.lit;
  if (marked) {
    draw->AddRect(min, max, frame.theme.color().accent, 0, 0, frame.theme.px(2));
  } else {
    draw->AddRect(min, max, frame.theme.color().line);  // a map that is shut is white
  }
  if (clicked) choose_channel(frame, block.nodes, channel == block.channel ? -1 : channel);
  if (!ImGui::IsItemHovered()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto cell = [&](float at, float from, int extent) {
    return std::clamp(static_cast<int>((at - from) / side * static_cast<float>(extent)), 0,
                      extent - 1);
  };
  frame.hover = {maps.node, channel, cell(mouse.y, min.y, maps.shape.h),
                 cell(mouse.x, min.x, maps.shape.w)};
  channel_tooltip(frame, block, channel, "");
}

int shown_channel(const Block& block) {
  if (block.lit >= 0) return block.lit;
  if (block.channel >= 0) return block.channel;
  return ordered(block, Order::gate).front();
}

// A row of maps with its name on the left.
struct MapRow {
  const char* name;
  const Maps& maps;
  float left;
  float tile;
};

void draw_row(Frame& frame, const Block& block, const MapRow& row, std::span<const int> strongest,
              std::span<const int> weakest) {
  const ui::Theme& theme = frame.theme;
  const ImVec2 at = ImGui::GetCursorPos();
  const float gap = theme.px(2);
  const float text = ui::text_size(theme.small, "x").y;
  ImGui::SetCursorPosY(at.y + (row.tile - text) / 2);
  ui::label(theme.small, theme.color().secondary, row.name);
  float x = at.x + row.left;
  for (const std::span<const int> group : {strongest, weakest}) {
    for (const int channel : group) {
      ImGui::SetCursorPos({x, at.y});
      draw_map(frame, block, row.maps, channel, row.tile);
      x += row.tile + gap;
    }
    x = at.x + row.left + (row.tile + gap) * kExtremes + theme.px(16);
  }
  ImGui::SetCursorPos({at.x, at.y + row.tile + gap});
}

constexpr float kRowName = 50;

float extreme_tile(const ui::Theme& theme, float width) {
  return (width - theme.px(kRowName) - theme.px(16)) / (2 * kExtremes) - theme.px(2);
}

// A what-if does not change who is strongest: the maps keep their places.
std::string group_text(const char* name, const Block& block, std::span<const int> channels) {
  const bool changed = !std::equal(block.own.begin(), block.own.end(), block.gates.begin());
  return ui::format("%s: %sgates %.2f to %.2f", name, changed ? "own " : "",
                    static_cast<double>(block.own_gate(channels.front())),
                    static_cast<double>(block.own_gate(channels.back())));
}

}  // namespace

void draw_pair(Frame& frame, const Block& block, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const int channel = shown_channel(block);
  const float line = ui::text_size(theme.body, "x").y + theme.px(4);
  const float side = std::floor(std::min(size.x, (size.y - 6 * line) / 2));
  ImGui::BeginChild("pair", size);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(3)});
  ui::label(theme.strong, theme.color().text, ui::format("Channel %d", channel));
  ui::label(theme.small, theme.color().secondary, "before: depthwise");
  const Maps before = maps_of(frame, block, block.nodes.maps);
  draw_map(frame, block, before, channel, side);
  ui::label(theme.strong, theme.color().text,
            ui::format("× gate %.3f =", static_cast<double>(block.gate(channel))));
  draw_map(frame, block, maps_of(frame, block, block.nodes.scale), channel, side);
  ui::label(theme.small, theme.color().secondary, "after: to project");
  ui::legend(theme, mapping_of(frame.stats.of(*frame.shown(), block.nodes.maps), channel), size.x);
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

float extremes_height(const ui::Theme& theme, float width) {
  return 2 * (extreme_tile(theme, width) + theme.px(2)) + ui::text_size(theme.small, "x").y +
         theme.px(16);
}

void draw_extremes(Frame& frame, const Block& block) {
  const ui::Theme& theme = frame.theme;
  const std::vector<int> order = ordered(block, Order::gate);
  const std::size_t count =
      std::min<std::size_t>(kExtremes, static_cast<std::size_t>(block.count()) / 2);
  const std::span<const int> strongest = std::span(order).first(count);
  const std::span<const int> weakest = std::span(order).last(count);
  const float width = ImGui::GetContentRegionAvail().x;
  const float tile = extreme_tile(theme, width);
  const float left = theme.px(kRowName);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float second = at.x + left + (tile + theme.px(2)) * kExtremes + theme.px(16);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const std::string number = std::to_string(count);
  ui::draw_text(draw, theme.small, {at.x + left, at.y}, theme.color().text,
                group_text(("Strongest " + number).c_str(), block, strongest));
  ui::draw_text(draw, theme.small, {second, at.y}, theme.color().text,
                group_text(("Weakest " + number).c_str(), block, weakest));
  ImGui::Dummy({1, ui::text_size(theme.small, "x").y});
  draw_row(frame, block, {"before", maps_of(frame, block, block.nodes.maps), left, tile}, strongest,
           weakest);
  draw_row(frame, block, {"after", maps_of(frame, block, block.nodes.scale), left, tile}, strongest,
           weakest);
  ImGui::Dummy({1, theme.px(2)});
}

}  // namespace lens::squeeze_excite
