#include "views/channel_detail.h"

#include <algorithm>

#include "ui/text.h"
#include "views/large_map.h"
#include "views/silence.h"

namespace lens {

namespace {

std::optional<Box> pinned_box(const Frame& frame, NodeId id) {
  const Pin* pin = pinned(frame, id);
  if (!pin) return std::nullopt;
  return Box{pin->y, pin->x, pin->y + 1, pin->x + 1};
}

void map_and_value(Frame& frame, const MapLayer& layer, float side) {
  const ui::Theme& theme = frame.theme;
  const int channel = frame.selection.channel;
  const MapEvent event =
      large_map(theme, {.id = "enlarged",
                        .texture = layer.enlarged_texture,
                        .shape = layer.output.shape,
                        .channel = channel,
                        .side = side,
                        .marked = pinned_box(frame, layer.id),
                        .crossed = is_silenced(frame.interventions, layer.id, channel)});
  const Pin* pin = pinned(frame, layer.id);
  if (event.hovered()) {
    frame.hover = {layer.id, channel, event.y, event.x};
  } else if (pin && frame.hover.node == kNoNode) {
    frame.hover = {layer.id, channel, pin->y, pin->x};
  }
  if (event.clicked) {
    const Pin clicked = {layer.id, event.y, event.x};
    frame.selection.pin = clicked == frame.selection.pin ? Pin{} : clicked;
  }
  if (frame.hover.node == layer.id && frame.hover.channel == channel) {
    ui::label(theme.strong, theme.color().text,
              cell_text(layer.output, channel, frame.hover.y, frame.hover.x));
  } else {
    ui::label(theme.body, theme.color().secondary, "Click a cell to keep it in sight");
  }
}

void numbers(const ui::Theme& theme, const MapLayer& layer, int channel) {
  const ChannelStats& stats = layer.stats.channels[static_cast<std::size_t>(channel)];
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(1)});
  ui::fact(theme, "Values",
           ui::value(static_cast<double>(stats.lowest)) + " to " +
               ui::value(static_cast<double>(stats.highest)));
  ui::fact(theme, "Mean", ui::value(static_cast<double>(stats.mean)));
  ui::fact(theme, "Zeros", ui::percent(static_cast<double>(stats.zeros)));
  if (!layer.gates.empty()) {
    const float gate = layer.gates[static_cast<std::size_t>(channel)];
    ui::fact(theme, "SE gate", ui::value(static_cast<double>(gate)));
  }
  ImGui::PopStyleVar();
}

void buttons(Frame& frame, const MapLayer& layer) {
  const ui::Theme& theme = frame.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(10), theme.px(3)});
  if (layer.node.op != Op::input && ui::button(theme, "Explain a value", ui::ButtonKind::primary)) {
    frame.selection.view = "cell";
  }
  if (layer.node.op != Op::input) ImGui::SameLine(0, theme.px(4));
  silence_button(frame, frame.selection.channel);
  if (ui::button(theme, "All channels (Esc)")) frame.selection.channel = -1;
  ImGui::PopStyleVar();
}

}  // namespace

void channel_detail(Frame& frame, const MapLayer& layer, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const int channel = frame.selection.channel;
  ImGui::BeginChild("enlarged column", size);
  std::string name = channel_name(frame, layer.node, channel);
  if (is_silenced(frame.interventions, layer.id, channel)) name += ", switched off";
  ui::label(theme.strong, theme.color().text, ui::fitted(theme.strong, name, size.x));
  const float texts = theme.px(layer.gates.empty() ? 184 : 203);
  map_and_value(frame, layer, std::max(theme.px(80), std::min(size.x, size.y - texts)));
  numbers(theme, layer, channel);
  buttons(frame, layer);
  ImGui::EndChild();
}

}  // namespace lens
