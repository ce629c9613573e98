#include "views/weights.h"

#include <algorithm>

#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/map_scale.h"
#include "views/node_stats.h"
#include "views/weights_pictures.h"
#include "views/weights_summary.h"

namespace lens::weights {

namespace {

ui::Mapping mapping_to(float reach) {
  return ui::mapping_for(-reach, reach, ui::ScaleChoice::diverging);
}

Layer layer_of(const Frame& frame, State& state) {
  const NodeId id = frame.selection.node;
  const NodeWeights& weights = frame.now->model->weights().of(id);
  const std::string key = texture_key(frame, state);
  if (state.told != key) {
    state.told = key;
    const int count = static_cast<int>(weights.filter.size());
    const TensorView all = {{1, 1, count}, weights.filter};
    // One strong weight would leave all others pale.
    state.reach = magnitude_of_part({&all, 1}, 0.99);
    if (state.reach <= 0) state.reach = largest_magnitude(weights.filter);
    state.beyond = count_beyond(all, mapping_to(state.reach));
    state.sentence = takeaway(frame.graph, id, weights);
  }
  return {id,      frame.graph.node(id),    filter_shape(frame.graph, id),
          weights, mapping_to(state.reach), state.beyond,
          key};
}

std::string title(const Layer& layer) {
  const std::string count = ui::grouped(layer.shape.out);
  if (layer.node.op == Op::depthwise)
    return "What does each of the " + count + " kernels look for?";
  if (layer.shape.kernel > 1) return "Which colour patterns do the " + count + " filters look for?";
  return "Which of the " + ui::grouped(layer.shape.in) + " inputs feed each of the " + count +
         " outputs?";
}

std::string size_text(const Layer& layer) {
  const FilterShape& s = layer.shape;
  const std::string sum = ui::grouped(static_cast<std::int64_t>(s.count())) + " weights";
  if (layer.node.op == Op::depthwise) {
    return ui::format("%d × %d × %d  ·  ", s.kernel, s.kernel, s.out) + sum;
  }
  if (s.kernel > 1) {
    return ui::format("%d × %d × %d × %d  ·  ", s.kernel, s.kernel, s.in, s.out) + sum;
  }
  return ui::format("a matrix of %d × %d  ·  ", s.in, s.out) + sum;
}

std::string hint(const Layer& layer) {
  if (layer.tiled()) {
    return "Point at a kernel to read it, click to choose its channel. Keys + − 0: zoom.";
  }
  const bool across = lie_of(layer.shape).inputs_across;
  return std::string(across ? "Outputs down, inputs across." : "Inputs down, outputs across.") +
         " Point to read a weight, click to choose an output. Keys + − 0: zoom.";
}

std::string scale_note(const Layer& layer) {
  const double beyond = layer.beyond.below + layer.beyond.above;
  if (beyond <= 0) return "";
  return "Green and yellow: beyond the scale, " + ui::percent(beyond) + " of the weights.";
}

void footer(const Frame& frame, const State& state, const Layer& layer, ImVec2 origin) {
  const ui::Theme& theme = frame.theme;
  ImGui::SetCursorPos(origin);
  if (layer.over_rgb()) {
    return ui::takeaway(theme, state.sentence,
                        "A filter's colours are its weights on red, green and blue; grey is zero.");
  }
  const float width = theme.px(200);
  const bool own = layer.node.op == Op::depthwise;
  ui::legend(theme, own ? ui::mapping_for(-1, 1, ui::ScaleChoice::diverging) : layer.mapping, width,
             own ? ui::Beyond{} : layer.beyond);
  ImGui::SetCursorPos({origin.x + width + theme.px(24), origin.y - theme.px(2)});
  ImGui::BeginGroup();
  ui::takeaway(theme, state.sentence,
               own ? "Each kernel in its own scale: 1 is its largest weight." : scale_note(layer));
  ImGui::EndGroup();
}

// Whether the selected channel, or its size, is another than it was when it was drawn last.
bool follows(const Frame& frame, State& state, float zoom) {
  const Drawn now = {frame.selection.node, frame.selection.channel, zoom};
  const bool changed = !(now == state.drawn);
  state.drawn = now;
  return changed;
}

void pictures(Frame& frame, State& state, const Layer& layer, ImVec2 size) {
  const float zoom = layer.tiled() ? state.tile : state.zoom;
  const Zoom look = {zoom, follows(frame, state, zoom)};
  const float drawn =
      layer.tiled() ? kernel_tiles(frame, layer, look, size) : matrix(frame, layer, look, size);
  if (zoom == 0) (layer.tiled() ? state.fitted_tile : state.fitted_cell) = drawn;
}

bool zoom_tiles(State& state, std::string_view key) {
  const float from = state.tile > 0 ? state.tile : state.fitted_tile;
  if (key == "0") {
    state.tile = 0;
  } else if (key == "-") {
    state.tile = std::max(kSmallestTile, from / kTileStep);
  } else {
    state.tile = std::clamp(from * kTileStep, kSmallestTile, kLargestTile);
  }
  return true;
}

bool zoom_matrix(State& state, std::string_view key) {
  if (key == "0") {
    state.zoom = 0;
  } else if (key == "-") {
    state.zoom = state.zoom > 1.5f ? state.zoom / 1.5f : 0;
  } else {
    const float from = state.zoom > 0 ? state.zoom : state.fitted_cell;
    state.zoom = std::min(kLargestCell, from * 1.5f);
  }
  return true;
}

void no_weights(const Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(frame.selection.node);
  ui::label(theme.title, theme.color().text, node.name + " has no weights: nothing was learned");
  ui::wrapped(theme.body, theme.color().secondary,
              operation(node) +
                  " only reads and combines. Choose a convolution or a fully "
                  "connected layer on the left, or press the arrow keys.");
}

}  // namespace

std::string texture_key(const Frame& frame, State& state) {
  if (state.model.lock() != frame.now->model) {
    state.model = frame.now->model;
    ++state.models;
  }
  return ui::format("weights/%d/%d/", state.models, frame.selection.node);
}

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  if (!has_weights(frame.graph.node(frame.selection.node).op)) return no_weights(frame);
  const Layer layer = layer_of(frame, state);
  ui::label(theme.title, theme.color().text,
            ui::fitted(theme.title, title(layer), ImGui::GetContentRegionAvail().x));
  ui::label(theme.body, theme.color().secondary,
            layer.node.name + "  ·  " + operation(layer.node) + "  ·  " + size_text(layer));
  ui::label(theme.small, theme.color().secondary, hint(layer));
  const ImVec2 origin = ImGui::GetCursorPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 size = {room.x, room.y - ui::takeaway_height(theme, 3, 1) - theme.px(4)};
  pictures(frame, state, layer, size);
  footer(frame, state, layer, {origin.x, origin.y + size.y + theme.px(8)});
}

bool press(Frame& frame, State& state, std::string_view key) {
  if (key == "Enter" && frame.selection.channel >= 0) {
    frame.selection.view = "cell";
    return true;
  }
  const NodeId id = frame.selection.node;
  const bool zooms = key == "+" || key == "=" || key == "-" || key == "0";
  if (!zooms || !has_weights(frame.graph.node(id).op)) return false;
  const bool tiled = filter_shape(frame.graph, id).kernel > 1;
  return tiled ? zoom_tiles(state, key) : zoom_matrix(state, key);
}

Table table(const Frame& frame) {
  Table table{{"channel", "bias", "sum of weights", "lowest weight", "highest weight"}, {}};
  if (!has_weights(frame.graph.node(frame.selection.node).op)) return table;
  const NodeWeights& weights = frame.now->model->weights().of(frame.selection.node);
  const std::vector<float>& filter = weights.filter;
  for (std::size_t out = 0; out < weights.bias.size(); ++out) {
    double sum = 0;
    float lowest = filter[out];
    float highest = filter[out];
    for (std::size_t i = out; i < filter.size(); i += weights.bias.size()) {
      sum += static_cast<double>(filter[i]);
      lowest = std::min(lowest, filter[i]);
      highest = std::max(highest, filter[i]);
    }
    table.rows.push_back({static_cast<double>(out), static_cast<double>(weights.bias[out]), sum,
                          static_cast<double>(lowest), static_cast<double>(highest)});
  }
  return table;
}

}  // namespace lens::weights
