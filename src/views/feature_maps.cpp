#include "views/feature_maps.h"

#include <algorithm>

#include "ui/text.h"
#include "ui/tile_grid.h"
#include "views/channel_detail.h"
#include "views/describe.h"
#include "views/map_controls.h"
#include "views/silence.h"

namespace lens::feature_maps {

namespace {

constexpr float kSmallestTile = 26;
constexpr float kLargestTile = 224;
constexpr float kZoomStep = 1.35f;

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

void header(Frame& frame, State& state, const MapLayer& layer) {
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
  ImGui::SetCursorPosY(below + theme.px(2));
}

void apply_event(Frame& frame, const MapLayer& layer, const ui::GridEvent& event) {
  const int channel = event.hovered;
  if (channel < 0) return;
  frame.hover = {layer.id, channel, event.y, event.x};
  std::string text = cell_text(layer.output, channel, event.y, event.x);
  if (is_silenced(frame.interventions, layer.id, channel)) text += "  (switched off)";
  ui::tooltip(frame.theme, channel_name(frame, layer.node, channel), text);
  if (event.clicked < 0) return;
  if (event.shift) return toggle_silence(frame, layer.id, channel);
  frame.selection.channel = channel == frame.selection.channel ? -1 : channel;
}

void nothing_to_show(const Frame& frame, const State& state) {
  ImGui::Dummy({1, frame.theme.px(40)});
  const bool dead = state.filter == ChannelFilter::dead;
  ui::label(frame.theme.strong, frame.theme.color().text,
            dead ? "No channel of this layer is dead on this photo."
                 : "No channel of this layer passes the filter.");
  ui::label(frame.theme.body, frame.theme.color().secondary, "F shows others.");
}

float tile_side(const Frame& frame, State& state, ui::TileFit fit) {
  if (state.zoom == 0) {
    const float captioned = ui::fitting_tile(frame.theme, fit);
    if (ui::caption_height(frame.theme, captioned) > 0) return captioned;
    fit.caption = 0;
    return ui::fitting_tile(frame.theme, fit);
  }
  state.zoom = std::clamp(state.zoom, kSmallestTile, 2 * kLargestTile);
  return frame.theme.px(state.zoom);
}

void grid(Frame& frame, State& state, const MapLayer& layer, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const std::vector<int> order = shown_channels(state, layer);
  ImGui::BeginChild("grid", size);
  if (order.empty()) nothing_to_show(frame, state);
  const ChannelSort sort = effective_sort(state, layer);
  std::vector<float> captions;
  if (sort != ChannelSort::index) captions = sort_values(sort, layer.stats, layer.gates);
  const ui::TileFit fit = {.count = static_cast<int>(order.size()),
                           .map_extent = layer.output.shape.h,
                           .area = {size.x - theme.px(14), size.y},
                           .smallest = theme.px(kSmallestTile),
                           .largest = theme.px(kLargestTile),
                           .caption = captions.empty() ? 0 : ui::text_size(theme.small, "0").y};
  const bool follow = state.followed_channel != frame.selection.channel;
  state.followed_channel = frame.selection.channel;
  const float tile = tile_side(frame, state, fit);
  const std::vector<int> off = silenced_channels(frame.interventions, layer.id);
  const ui::TileGrid tiles = {
      .id = layer.node.name.c_str(),
      .texture = layer.texture,
      .shape = layer.output.shape,
      .tile = tile,
      .selected = frame.selection.channel,
      .highlighted = frame.hovered.node == layer.id ? frame.hovered.channel : -1,
      .scroll_to_selected = follow,
      .order = order,
      .captions = captions,
      .crossed = off};
  if (!order.empty()) apply_event(frame, layer, ui::tile_grid(theme, tiles));
  ImGui::EndChild();
}

void step_channel(Frame& frame, const State& state, const MapLayer& layer, int by) {
  const std::vector<int> order = shown_channels(state, layer);
  if (order.empty()) return;
  const int count = static_cast<int>(order.size());
  const auto found = std::find(order.begin(), order.end(), frame.selection.channel);
  // A channel that the filter leaves out: on to the first one that is shown.
  const int at = found == order.end() ? -by : static_cast<int>(found - order.begin());
  frame.selection.channel = order[static_cast<std::size_t>((at + by + count) % count)];
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

bool press(Frame& frame, State& state, MapScaleState& scale, std::string_view key) {
  if (type_channel(frame, state, key)) return true;
  const bool enlarged = frame.selection.channel >= 0;
  if (key == "g") {
    state.typing = true;
    state.typed.clear();
  } else if (key == "s") {
    state.sort = static_cast<ChannelSort>((static_cast<int>(state.sort) + 1) % 5);
  } else if (key == "f") {
    state.filter = static_cast<ChannelFilter>((static_cast<int>(state.filter) + 1) % 4);
  } else if (key == "c") {
    const int next = (static_cast<int>(scale.choice.range) + 1) % 4;
    scale.choice.range = static_cast<ScaleRange>(next);
  } else if (key == "v") {
    const int next = (static_cast<int>(scale.choice.colors) + 1) % 3;
    scale.choice.colors = static_cast<ui::ScaleChoice>(next);
  } else if (key == "x" && enlarged) {
    toggle_silence(frame, frame.selection.node, frame.selection.channel);
  } else if (key == "Enter" && enlarged) {
    frame.selection.view = "cell";
  } else if ((key == "ArrowLeft" || key == "ArrowRight") && enlarged) {
    step_channel(frame, state, map_layer(frame, scale), key == "ArrowRight" ? 1 : -1);
  } else {
    return false;
  }
  return true;
}

Table table(const Frame& frame) {
  const NodeId id = frame.selection.node;
  const Snapshot& shown = *frame.shown();
  const NodeStats& stats = frame.stats.of(shown, id);
  const NodeId gate = gate_of(frame.graph, id);
  Table table{{"channel", "lowest", "highest", "mean", "share of zeros"}, {}};
  if (gate != kNoNode) table.columns.emplace_back("SE gate");
  for (int c = 0; c < frame.graph.node(id).out.c; ++c) {
    const ChannelStats& channel = stats.channels[static_cast<std::size_t>(c)];
    std::vector<TableCell> row;
    for (const float number :
         {static_cast<float>(c), channel.lowest, channel.highest, channel.mean, channel.zeros}) {
      row.emplace_back(static_cast<double>(number));
    }
    if (gate != kNoNode) row.emplace_back(static_cast<double>(shown.output(gate).at(0, 0, c)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

void draw(Frame& frame, State& state, MapScaleState& scale) {
  const ui::Theme& theme = frame.theme;
  const MapLayer layer = map_layer(frame, scale);
  if (state.node != layer.id) {
    state.zoom = 0;
    state.followed_channel = -1;
    state.typing = false;
    state.node = layer.id;
  }
  header(frame, state, layer);
  draw_controls(frame, state, scale, layer);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float height = room.y - ui::takeaway_height(theme, 3, 2);
  if (frame.selection.channel < 0) {
    grid(frame, state, layer, {room.x, height});
  } else {
    const float column = std::min(room.x * 0.45f, std::max(height - theme.px(190), theme.px(270)));
    grid(frame, state, layer, {room.x - column - theme.px(20), height});
    ImGui::SameLine(0, theme.px(20));
    channel_detail(frame, layer, {column, height});
  }
  draw_footer(frame, state, layer);
}

}  // namespace lens::feature_maps
