#include "views/feature_maps.h"

#include <algorithm>
#include <cmath>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/tile_grid.h"
#include "ui/widgets.h"
#include "views/describe.h"

namespace lens::feature_maps {

namespace {

constexpr float kSmallestTile = 26;
constexpr float kLargestTile = 224;
constexpr float kZoomStep = 1.35f;

// The layer on the screen with what drawing it needs.
struct Layer {
  NodeId id;
  const Node& node;
  TensorView output;
  const NodeStats& stats;
  ui::Mapping mapping;
  ui::Atlas atlas;
  ui::Texture texture;
};

Layer layer_of(Frame& frame) {
  const NodeId id = frame.selection.node;
  const Snapshot& shown = *frame.shown();
  const TensorView output = shown.output(id);
  const NodeStats& stats = frame.stats.of(shown, id);
  const ui::Mapping mapping = ui::mapping_for(stats.lowest, stats.highest);
  const std::string key = ui::format("maps/%llu/%d", static_cast<unsigned long long>(shown.id), id);
  return {id,
          frame.graph.node(id),
          output,
          stats,
          mapping,
          ui::atlas_for(output.shape),
          frame.textures.get(key, [&] { return ui::paint_atlas(output, mapping); })};
}

std::string channel_name(const Frame& frame, const Layer& layer, int channel) {
  const bool classes = layer.node.name == "head.logits" || layer.node.name == "head.softmax";
  if (classes && channel < static_cast<int>(frame.labels.size())) {
    return frame.labels[static_cast<std::size_t>(channel)];
  }
  if (layer.node.op == Op::input) {
    static constexpr const char* kColors[] = {"red", "green", "blue"};
    return kColors[channel % 3];
  }
  return ui::format("Channel %d", channel);
}

std::string cell_text(const Layer& layer, int channel, int y, int x) {
  std::string number = ui::value(static_cast<double>(layer.output.at(y, x, channel)));
  if (layer.output.shape.h == 1) return number;
  return ui::format("row %d, column %d:  ", y, x) + number;
}

void zoom_buttons(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(10), theme.px(3)});
  if (ui::button(theme, "−")) zoom(state, -1);
  ImGui::SameLine(0, theme.px(4));
  if (ui::button(theme, "Fit")) zoom(state, 0);
  ImGui::SameLine(0, theme.px(4));
  if (ui::button(theme, "+")) zoom(state, 1);
  ImGui::PopStyleVar();
}

void header(Frame& frame, State& state, const Layer& layer) {
  const ui::Theme& theme = frame.theme;
  const float buttons = theme.px(136);
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const float top = ImGui::GetCursorPosY();
  ui::label(
      theme.title, theme.color().text,
      ui::fitted(theme.title, question(layer.node), ImGui::GetContentRegionAvail().x - buttons));
  ui::label(theme.body, theme.color().secondary, summary(layer.node));
  const float below = ImGui::GetCursorPosY();
  ImGui::SetCursorPos({right - buttons + theme.px(8), top});
  zoom_buttons(frame, state);
  ImGui::SetCursorPosY(below + theme.px(4));
}

void apply_event(Frame& frame, const Layer& layer, const ui::GridEvent& event) {
  if (event.hovered < 0) return;
  frame.hover = {layer.id, event.hovered, event.y, event.x};
  ui::tooltip(frame.theme, channel_name(frame, layer, event.hovered),
              cell_text(layer, event.hovered, event.y, event.x));
  if (event.clicked < 0) return;
  const bool again = event.clicked == frame.selection.channel;
  frame.selection.channel = again ? -1 : event.clicked;
}

void grid(Frame& frame, State& state, const Layer& layer, float width, float height) {
  ImGui::BeginChild("grid", {width, height});
  const ImVec2 area = {width - frame.theme.px(14), height};
  const float fitted =
      ui::fitting_tile(frame.theme, layer.output.shape.c, layer.output.shape.h, area,
                       frame.theme.px(kSmallestTile), frame.theme.px(kLargestTile));
  if (state.zoom > 0) state.zoom = std::clamp(state.zoom, kSmallestTile, 2 * kLargestTile);
  const float tile = state.zoom > 0 ? frame.theme.px(state.zoom) : fitted;
  if (state.zoom == 0 || state.node != layer.id) state.zoom = 0;
  const bool follow = state.followed_channel != frame.selection.channel;
  state.followed_channel = frame.selection.channel;
  const int highlighted = frame.hovered.node == layer.id ? frame.hovered.channel : -1;
  const ui::TileGrid tiles = {.id = layer.node.name.c_str(),
                              .texture = layer.texture,
                              .shape = layer.output.shape,
                              .tile = tile,
                              .selected = frame.selection.channel,
                              .highlighted = highlighted,
                              .scroll_to_selected = follow};
  apply_event(frame, layer, ui::tile_grid(frame.theme, tiles));
  ImGui::EndChild();
}

// The selected channel as large as the column allows; returns the cell under the pointer.
ui::GridEvent enlarged_map(const Frame& frame, const Layer& layer, float side) {
  const Shape shape = layer.output.shape;
  const int channel = frame.selection.channel;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float device = side * frame.theme.dpr();
  const float cell =
      std::max(1.0f, std::floor(device / static_cast<float>(shape.h))) / frame.theme.dpr();
  const float extent = std::min(side, cell * static_cast<float>(shape.h));
  const ImVec2 max = {min.x + extent, min.y + extent};
  ui::draw_tile(draw, layer.texture, layer.atlas, channel, min, max);
  draw->AddRect(min, max, frame.theme.color().strong_line);
  ImGui::InvisibleButton("enlarged", {extent, extent});
  if (!ImGui::IsItemHovered()) return {};
  const float size = extent / static_cast<float>(shape.h);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const int y = std::clamp(static_cast<int>((mouse.y - min.y) / size), 0, shape.h - 1);
  const int x = std::clamp(static_cast<int>((mouse.x - min.x) / size), 0, shape.w - 1);
  const ImVec2 corner = {min.x + static_cast<float>(x) * size,
                         min.y + static_cast<float>(y) * size};
  draw->AddRect(corner, {corner.x + size, corner.y + size}, frame.theme.color().text, 0, 0,
                frame.theme.px(3));
  draw->AddRect(corner, {corner.x + size, corner.y + size}, frame.theme.color().panel, 0, 0,
                frame.theme.px(1));
  return {channel, y, x, -1};
}

void channel_steps(Frame& frame, const Layer& layer) {
  const ui::Theme& theme = frame.theme;
  const int count = layer.output.shape.c;
  int& channel = frame.selection.channel;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(10), theme.px(3)});
  if (ui::button(theme, "←##previous")) channel = (channel + count - 1) % count;
  ImGui::SameLine(0, theme.px(4));
  if (ui::button(theme, "→##next")) channel = (channel + 1) % count;
  ImGui::SameLine(0, theme.px(4));
  if (ui::button(theme, "All channels")) channel = -1;
  ImGui::PopStyleVar();
}

void enlarged(Frame& frame, const Layer& layer, float width, float height) {
  const ui::Theme& theme = frame.theme;
  const int channel = frame.selection.channel;
  ImGui::BeginChild("enlarged column", {width, height});
  ui::label(theme.strong, theme.color().text,
            ui::fitted(theme.strong, channel_name(frame, layer, channel), width));
  const float texts = theme.px(180);
  const float side = std::max(theme.px(80), std::min(width, height - texts));
  const ui::GridEvent event = enlarged_map(frame, layer, side);
  const ChannelStats& stats = layer.stats.channels[static_cast<std::size_t>(channel)];
  if (event.hovered >= 0) {
    frame.hover = {layer.id, channel, event.y, event.x};
    ui::label(theme.strong, theme.color().text, cell_text(layer, channel, event.y, event.x));
  } else {
    ui::label(theme.body, theme.color().secondary, "Point at a cell to read its value");
  }
  ui::fact(theme, "Lowest", ui::value(static_cast<double>(stats.lowest)));
  ui::fact(theme, "Mean", ui::value(static_cast<double>(stats.mean)));
  ui::fact(theme, "Highest", ui::value(static_cast<double>(stats.highest)));
  ui::fact(theme, "Zeros", ui::percent(static_cast<double>(stats.zeros)));
  channel_steps(frame, layer);
  ImGui::EndChild();
}

void footer(const Frame& frame, const Layer& layer) {
  const ui::Theme& theme = frame.theme;
  ImGui::Dummy({1, theme.px(2)});
  const float width = theme.px(190);
  const float left = ImGui::GetCursorPosX();
  const float top = ImGui::GetCursorPosY();
  ui::legend(theme, layer.mapping, width);
  ImGui::SetCursorPos({left + width + theme.px(24), top - theme.px(4)});
  ui::wrapped(theme.body, theme.color().text, takeaway(layer.node, layer.stats));
}

}  // namespace

void zoom(State& state, int step) {
  if (step == 0) {
    state.zoom = 0;
    return;
  }
  const float from = state.zoom > 0 ? state.zoom : 56;
  state.zoom = step > 0 ? from * kZoomStep : from / kZoomStep;
}

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  const Layer layer = layer_of(frame);
  if (state.node != layer.id) state = {.node = layer.id};
  header(frame, state, layer);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float footer_height = theme.px(52);
  const float height = room.y - footer_height;
  if (frame.selection.channel < 0) {
    grid(frame, state, layer, room.x, height);
  } else {
    const float column = std::min(room.x * 0.45f, height - theme.px(180));
    grid(frame, state, layer, room.x - column - theme.px(20), height);
    ImGui::SameLine(0, theme.px(20));
    enlarged(frame, layer, column, height);
  }
  footer(frame, layer);
}

}  // namespace lens::feature_maps
