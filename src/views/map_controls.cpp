#include "views/map_controls.h"

#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "views/describe.h"
#include "views/silence.h"

namespace lens::feature_maps {

namespace {

constexpr int kHistogramBins = 48;

std::string sort_name(ChannelSort sort) {
  switch (sort) {
    case ChannelSort::index:
      return "index";
    case ChannelSort::mean:
      return "mean";
    case ChannelSort::highest:
      return "highest";
    case ChannelSort::zeros:
      return "zeros";
    case ChannelSort::gate:
      return "SE gate";
  }
  return "";
}

std::string filter_name(ChannelFilter filter) {
  switch (filter) {
    case ChannelFilter::all:
      return "all";
    case ChannelFilter::alive:
      return "not dead";
    case ChannelFilter::dead:
      return "dead";
    case ChannelFilter::strong:
      return "strong";
  }
  return "";
}

void sort_menu(const ui::Theme& theme, State& state, const MapLayer& layer) {
  std::vector<std::string> choices = {"By index", "Largest mean first", "Highest value first",
                                      "Most zeros first"};
  if (!layer.gates.empty()) choices.emplace_back("Widest SE gate first");
  const ChannelSort sort = effective_sort(state, layer);
  const int clicked =
      ui::dropdown(theme, "Order: " + sort_name(sort) + "##order", choices, static_cast<int>(sort));
  if (clicked >= 0) state.sort = static_cast<ChannelSort>(clicked);
}

void filter_menu(const ui::Theme& theme, State& state, const MapLayer& layer) {
  static constexpr const char* kNames[] = {"All", "Not dead", "Dead: zero everywhere on this photo",
                                           "Strong: peak at least half of the layer's"};
  std::vector<std::string> choices;
  int shown = 0;
  for (int i = 0; i < 4; ++i) {
    const auto filter = static_cast<ChannelFilter>(i);
    int count = 0;
    for (const ChannelStats& channel : layer.stats.channels) {
      count += passes(filter, channel, layer.stats);
    }
    if (filter == state.filter) shown = count;
    choices.push_back(kNames[i] + ui::format("  (%d)", count));
  }
  const std::string title = "Show: " + filter_name(state.filter) + " " + ui::grouped(shown);
  const int clicked =
      ui::dropdown(theme, title + "##filter", choices, static_cast<int>(state.filter));
  if (clicked >= 0) state.filter = static_cast<ChannelFilter>(clicked);
}

// "Channel 12": a click, or G, and a number follows.
void channel_box(const Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  std::string text = "Go to channel";
  if (frame.selection.channel >= 0) text = ui::format("Channel %d", frame.selection.channel);
  if (state.typing) text = "Channel " + state.typed + "_";
  const auto kind = state.typing ? ui::ButtonKind::primary : ui::ButtonKind::plain;
  if (ui::button(theme, (text + "###go").c_str(), kind)) {
    state.typing = !state.typing;
    state.typed.clear();
  }
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "Type a channel's number", "Key G");
}

}  // namespace

ChannelSort effective_sort(const State& state, const MapLayer& layer) {
  const bool without = state.sort == ChannelSort::gate && layer.gates.empty();
  return without ? ChannelSort::index : state.sort;
}

std::vector<int> shown_channels(const State& state, const MapLayer& layer) {
  return channel_order(effective_sort(state, layer), state.filter, layer.stats, layer.gates);
}

void draw_controls(Frame& frame, State& state, MapScaleState& scale, const MapLayer& layer) {
  const ui::Theme& theme = frame.theme;
  const float gap = theme.px(6);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(10), theme.px(3)});
  sort_menu(theme, state, layer);
  ImGui::SameLine(0, gap);
  filter_menu(theme, state, layer);
  ImGui::SameLine(0, gap);
  map_scale_menu(theme, scale.choice);
  ImGui::SameLine(0, gap);
  channel_box(frame, state);
  ImGui::PopStyleVar();
  ImGui::Dummy({1, theme.px(1)});
}

bool type_channel(Frame& frame, State& state, std::string_view key) {
  if (!state.typing) return false;
  if (key == "Enter" || key == "Escape") {
    state.typing = false;
    return true;
  }
  if (key == "Backspace" && !state.typed.empty()) {
    state.typed.pop_back();
  } else if (key.size() == 1 && key[0] >= '0' && key[0] <= '9') {
    state.typed += key;
  } else {
    return key == "Backspace";
  }
  const int count = frame.graph.node(frame.selection.node).out.c;
  // A number beyond the last channel: its latest digit is not taken.
  while (!state.typed.empty() && std::atoi(state.typed.c_str()) >= count) state.typed.pop_back();
  if (state.typed.empty()) return true;
  frame.selection.channel = std::atoi(state.typed.c_str());
  return true;
}

namespace {

// The mapping that the legend shows: the selected channel's, or the layer's.
ui::Mapping legend_mapping(const MapLayer& layer, int channel) {
  if (channel >= 0) return layer.enlarged_scale.of(channel);
  if (layer.scale.mappings.size() == 1) return layer.scale.mappings[0];
  return ui::mapping_for(layer.stats.lowest, layer.stats.highest);
}

const Histogram& counted(const Frame& frame, State& state, const MapLayer& layer,
                         const ui::Mapping& mapping) {
  State::Counted& kept = state.counted;
  const std::uint64_t snapshot = frame.shown()->id;
  const int channel = frame.selection.channel;
  const bool same = kept.snapshot == snapshot && kept.node == layer.id && kept.channel == channel &&
                    kept.mapping == mapping;
  if (!same) {
    kept = {snapshot, layer.id, channel, mapping,
            histogram(layer.output, channel, mapping.low, mapping.high, kHistogramBins)};
  }
  return kept.histogram;
}

void draw_histogram(const ui::Theme& theme, const Histogram& histogram, ImVec2 size) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const int most = *std::max_element(histogram.counts.begin(), histogram.counts.end());
  const float width = size.x / static_cast<float>(histogram.counts.size());
  float x = at.x;
  for (const int count : histogram.counts) {
    const float part = most > 0 ? static_cast<float>(count) / static_cast<float>(most) : 0;
    const float height = count > 0 ? std::max(theme.px(1), part * size.y) : 0;
    draw->AddRectFilled({x, at.y + size.y - height}, {x + width, at.y + size.y},
                        theme.color().strong_line);
    x += width;
  }
  ImGui::Dummy(size);
  if (ImGui::IsItemHovered()) {
    ui::tooltip(theme, "How often each value occurs",
                ui::grouped(histogram.zeros) + " exact zeros are left out");
  }
}

// The layer as it was run: a what-if may have put another activation into it.
Node as_run(const Frame& frame, const MapLayer& layer) {
  Node node = layer.node;
  node.activation = effective_activation(frame.graph, layer.id, frame.shown()->interventions);
  return node;
}

std::string shares(const MapLayer& layer, Activation activation, int channel) {
  const NodeStats& stats = layer.stats;
  std::string text;
  if (channel >= 0) {
    text =
        "This channel: " +
        ui::percent(static_cast<double>(stats.channels[static_cast<std::size_t>(channel)].zeros)) +
        " zeros.  ";
  }
  text += "Layer: " + ui::percent(static_cast<double>(stats.zeros)) + " zeros, " +
          ui::percent(static_cast<double>(stats.negatives)) + " negative";
  if (activation == Activation::relu6) {
    text += ", " + ui::percent(static_cast<double>(stats.sixes)) + " clipped at 6";
  }
  const ui::Beyond& beyond = layer.scale.beyond;
  if (beyond.above > 0) text += ", " + ui::percent(beyond.above) + " above the scale";
  if (beyond.below > 0) text += ", " + ui::percent(beyond.below) + " below the scale";
  return text + ".";
}

}  // namespace

void draw_footer(Frame& frame, State& state, const MapLayer& layer) {
  const ui::Theme& theme = frame.theme;
  const int channel = frame.selection.channel;
  const float width = theme.px(200);
  const ImVec2 origin = ImGui::GetCursorPos();
  const ui::Mapping mapping = legend_mapping(layer, channel);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  draw_histogram(theme, counted(frame, state, layer, mapping), {width, theme.px(30)});
  if (channel < 0 && layer.scale.mappings.size() > 1) {
    ui::label(theme.small, theme.color().secondary, "each map has its own scale");
  } else {
    ui::legend(theme, mapping, width,
               channel < 0 ? layer.scale.beyond : layer.enlarged_scale.beyond);
  }
  ImGui::PopStyleVar();
  ImGui::SetCursorPos({origin.x + width + theme.px(24), origin.y - theme.px(2)});
  ImGui::BeginGroup();
  const bool is_int8 = frame.precision() == Precision::int8;
  const Node node = as_run(frame, layer);
  ui::takeaway(theme, takeaway(node, layer.stats),
               shares(layer, node.activation, channel) +
                   (is_int8 ? " int8 rounds small values to zero." : ""));
  ImGui::EndGroup();
}

}  // namespace lens::feature_maps
