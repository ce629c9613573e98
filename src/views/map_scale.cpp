#include "views/map_scale.h"

#include <algorithm>

#include "ui/text.h"
#include "ui/tile_grid.h"

namespace lens {

ui::Beyond count_beyond(const TensorView& output, const ui::Mapping& mapping) {
  std::size_t below = 0;
  std::size_t above = 0;
  for (const float value : output.data) {
    below += value < mapping.low;
    above += value > mapping.high;
  }
  const double count = static_cast<double>(output.data.size());
  return {static_cast<double>(below) / count, static_cast<double>(above) / count};
}

namespace {

// What a trimmed scale leaves out are outliers: one value in a hundred.
constexpr double kTrimmedPart = 0.99;

void measure_net(const Frame& frame, const Snapshot& shown, MapScaleState& state) {
  if (state.net_snapshot == shown.id) return;
  std::vector<TensorView> maps;
  state.net_lowest = 0;
  for (NodeId id = 1; id < frame.graph.size(); ++id) {
    if (frame.graph.node(id).out.h == 1) continue;
    maps.push_back(shown.output(id));
    state.net_lowest = std::min(state.net_lowest, frame.stats.of(shown, id).lowest);
  }
  state.net_reach = magnitude_of_part(maps, kTrimmedPart);
  state.net_snapshot = shown.id;
}

ui::Mapping trimmed(float lowest, float highest, float reach, ui::ScaleChoice colors) {
  if (reach <= 0) return ui::mapping_for(lowest, highest, colors);
  return ui::mapping_for(std::max(lowest, -reach), std::min(highest, reach), colors);
}

// One mapping for the whole layer.
ui::Mapping layer_mapping(const NodeStats& stats, const MapScaleState& state) {
  const ui::ScaleChoice colors = state.choice.colors;
  const float reach = state.measured.reach;
  if (state.choice.range == ScaleRange::net) {
    return ui::mapping_for(std::max(state.net_lowest, -reach), reach, colors);
  }
  return trimmed(stats.lowest, stats.highest, reach, colors);
}

void measure(const Frame& frame, NodeId id, MapScaleState& state) {
  const Snapshot& shown = *frame.shown();
  MapScaleState::Measured& kept = state.measured;
  if (kept.snapshot == shown.id && kept.node == id && kept.choice == state.choice) return;
  kept = {shown.id, id, state.choice, 0, {}};
  const TensorView output = shown.output(id);
  // A layer of one value per channel has no outliers: each value is a channel.
  if (state.choice.range == ScaleRange::most_of_layer && output.shape.h > 1) {
    kept.reach = magnitude_of_part({&output, 1}, kTrimmedPart);
  } else if (state.choice.range == ScaleRange::net) {
    measure_net(frame, shown, state);
    kept.reach = state.net_reach;
  } else {
    return;  // extremes leave nothing beyond
  }
  kept.beyond = count_beyond(output, layer_mapping(frame.stats.of(shown, id), state));
}

}  // namespace

MapScale map_scale(const Frame& frame, NodeId id, MapScaleState& state) {
  measure(frame, id, state);
  const NodeStats& stats = frame.stats.of(*frame.shown(), id);
  MapScale scale;
  scale.beyond = state.measured.beyond;
  scale.key = ui::format("%d/%d", static_cast<int>(state.choice.range),
                         static_cast<int>(state.choice.colors));
  if (state.choice.range != ScaleRange::map) {
    scale.mappings = {layer_mapping(stats, state)};
    return scale;
  }
  // All maps of a layer in one colour scale, or a channel without negatives would look different.
  const ui::ColorScale layer =
      ui::mapping_for(stats.lowest, stats.highest, state.choice.colors).scale;
  const ui::ScaleChoice colors =
      layer == ui::ColorScale::diverging ? ui::ScaleChoice::diverging : ui::ScaleChoice::sequential;
  for (const ChannelStats& channel : stats.channels) {
    scale.mappings.push_back(ui::mapping_for(channel.lowest, channel.highest, colors));
  }
  return scale;
}

MapScale scale_of_one(const Frame& frame, NodeId id, MapScaleState& state) {
  const bool vector = frame.graph.node(id).out.h == 1;
  if (state.choice.range != ScaleRange::most_of_layer || vector) return map_scale(frame, id, state);
  MapScaleState own;
  own.choice = {ScaleRange::map, state.choice.colors};
  return map_scale(frame, id, own);
}

ui::Texture map_texture(const Frame& frame, NodeId id, const MapScale& scale) {
  const Snapshot& shown = *frame.shown();
  const std::string key =
      ui::format("maps/%llu/%d/", static_cast<unsigned long long>(shown.id), id);
  return frame.textures.get(key + scale.key,
                            [&] { return ui::paint_atlas(shown.output(id), scale.mappings); });
}

void map_scale_menu(const ui::Theme& theme, MapScaleChoice& choice) {
  static constexpr const char* kRanges[] = {"each map", "this layer", "99 % of this layer",
                                            "the whole net"};
  static constexpr const char* kColors[] = {"Automatic colours", "Sequential", "Diverging"};
  const std::string title = std::string("Scale: ") + kRanges[static_cast<int>(choice.range)];
  if (ui::button(theme, (title + "  ▼###scale").c_str())) ImGui::OpenPopup("scales");
  if (!ImGui::BeginPopup("scales")) return;
  for (int i = 0; i < 4; ++i) {
    const auto range = static_cast<ScaleRange>(i);
    if (ImGui::MenuItem(kRanges[i], nullptr, choice.range == range)) choice.range = range;
  }
  ImGui::Separator();
  for (int i = 0; i < 3; ++i) {
    const auto colors = static_cast<ui::ScaleChoice>(i);
    if (ImGui::MenuItem(kColors[i], nullptr, choice.colors == colors)) choice.colors = colors;
  }
  ImGui::EndPopup();
}

}  // namespace lens
