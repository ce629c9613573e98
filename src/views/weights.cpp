#include "views/weights.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/map_layer.h"

namespace lens::weights {

namespace {

constexpr float kFooter = 62;
constexpr float kLargestCell = 24;

// The selected layer's weights with the scale that they are drawn in.
struct Layer {
  NodeId id;
  const Node& node;
  FilterShape shape;
  const NodeWeights& weights;
  ui::Mapping mapping;
  std::string key;  // of its textures
};

float largest_magnitude(std::span<const float> values) {
  float most = 0;
  for (const float value : values) most = std::max(most, std::fabs(value));
  return most;
}

Layer layer_of(const Frame& frame) {
  const NodeId id = frame.selection.node;
  const Snapshot& now = *frame.now;
  const NodeWeights& weights = now.model->weights().of(id);
  const float most = largest_magnitude(weights.filter);
  // Another run of the same model has the same weights; their address tells models apart while
  // the snapshot's id keeps a new model at an old address apart.
  return {id,
          frame.graph.node(id),
          filter_shape(frame.graph, id),
          weights,
          ui::mapping_for(-most, most, ui::ScaleChoice::diverging),
          ui::format("weights/%llu/%d/", static_cast<unsigned long long>(now.id), id)};
}

float weight_at(const Layer& layer, int tap, int in, int out) {
  const int at = (tap * layer.shape.in + in) * layer.shape.out + out;
  return layer.weights.filter[static_cast<std::size_t>(at)];
}

}  // namespace

Matrix shrink(std::span<const float> filter, int inputs, int outputs, int block) {
  Matrix matrix{block, Tensor({(inputs + block - 1) / block, (outputs + block - 1) / block, 1})};
  for (int in = 0; in < inputs; ++in) {
    for (int out = 0; out < outputs; ++out) {
      const float weight = filter[static_cast<std::size_t>(in * outputs + out)];
      float& cell = matrix.cells.data[matrix.cells.shape.index(in / block, out / block, 0)];
      if (std::fabs(weight) > std::fabs(cell)) cell = weight;
    }
  }
  return matrix;
}

ui::Picture paint_rgb_filters(const FilterShape& shape, std::span<const float> filter) {
  const Shape tiles{shape.kernel, shape.kernel, shape.out};
  const ui::Atlas atlas = ui::atlas_for(tiles);
  const int rows = (shape.out + atlas.columns - 1) / atlas.columns;
  ui::Picture picture{atlas.columns * shape.kernel, rows * shape.kernel, {}};
  picture.rgba.assign(static_cast<std::size_t>(picture.width * picture.height), 0);
  const float most = std::max(largest_magnitude(filter), 1e-12f);
  for (int tap = 0; tap < shape.kernel * shape.kernel; ++tap) {
    for (int out = 0; out < shape.out; ++out) {
      ImU32 color = 0xFF000000;
      for (int in = 0; in < 3; ++in) {
        const float weight =
            filter[static_cast<std::size_t>((tap * 3 + in) * shape.out + out)] / most;
        color |= static_cast<ImU32>(127.5f + 127.5f * weight) << (8 * in);
      }
      const int x = (out % atlas.columns) * shape.kernel + tap % shape.kernel;
      const int y = (out / atlas.columns) * shape.kernel + tap / shape.kernel;
      picture.rgba[static_cast<std::size_t>(y * picture.width + x)] = color;
    }
  }
  return picture;
}

namespace {

// Kernels whose weights all but cancel: they answer to change, not to brightness.
int count_differences(const FilterShape& shape, std::span<const float> filter) {
  int differences = 0;
  for (int out = 0; out < shape.out; ++out) {
    double sum = 0;
    double magnitudes = 0;
    for (std::size_t i = static_cast<std::size_t>(out); i < filter.size();
         i += static_cast<std::size_t>(shape.out)) {
      sum += static_cast<double>(filter[i]);
      magnitudes += std::fabs(static_cast<double>(filter[i]));
    }
    differences += magnitudes > 0 && std::fabs(sum) < 0.1 * magnitudes;
  }
  return differences;
}

// The fewest inputs whose weights make up half of an output's magnitudes; the median output's.
int inputs_of_half(const FilterShape& shape, std::span<const float> filter) {
  std::vector<int> counts;
  std::vector<double> magnitudes(static_cast<std::size_t>(shape.in));
  for (int out = 0; out < shape.out; ++out) {
    double all = 0;
    for (int in = 0; in < shape.in; ++in) {
      const float weight = filter[static_cast<std::size_t>(in * shape.out + out)];
      magnitudes[static_cast<std::size_t>(in)] = std::fabs(static_cast<double>(weight));
      all += magnitudes[static_cast<std::size_t>(in)];
    }
    std::sort(magnitudes.begin(), magnitudes.end(), std::greater<>());
    double sum = 0;
    int count = 0;
    while (sum < all / 2) sum += magnitudes[static_cast<std::size_t>(count++)];
    counts.push_back(count);
  }
  std::nth_element(counts.begin(), counts.begin() + shape.out / 2, counts.end());
  return counts[static_cast<std::size_t>(shape.out / 2)];
}

}  // namespace

std::string takeaway(const Graph& graph, NodeId id, const NodeWeights& weights) {
  const FilterShape shape = filter_shape(graph, id);
  const std::string count = ui::grouped(shape.out);
  if (shape.kernel > 1) {
    return ui::format(
        "%d of %s kernels all but cancel out (|sum| below a tenth of the sum of "
        "magnitudes): they answer to edges and changes, not to brightness.",
        count_differences(shape, weights.filter), count.c_str());
  }
  return ui::format(
      "Every output mixes all %s inputs; half of the weight of a median output "
      "comes from %d of them.",
      ui::grouped(shape.in).c_str(), inputs_of_half(shape, weights.filter));
}

namespace {

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
    return ui::format("%d × %d × %d: one kernel per channel  ·  ", s.kernel, s.kernel, s.out) + sum;
  }
  if (s.kernel > 1) {
    return ui::format("%d × %d × %d × %d  ·  ", s.kernel, s.kernel, s.in, s.out) + sum;
  }
  return ui::format("a matrix of %d × %d  ·  ", s.in, s.out) + sum;
}

void kernel_tooltip(const Layer& layer, const std::string& name, int out) {
  std::string lines;
  for (int in = 0; in < layer.shape.in; ++in) {
    for (int ky = 0; ky < layer.shape.kernel; ++ky) {
      for (int kx = 0; kx < layer.shape.kernel; ++kx) {
        const int tap = ky * layer.shape.kernel + kx;
        lines += ui::format("%8.3f", static_cast<double>(weight_at(layer, tap, in, out)));
      }
      lines += '\n';
    }
    if (in + 1 < layer.shape.in) lines += '\n';
  }
  const float bias = layer.weights.bias[static_cast<std::size_t>(out)];
  lines += "bias " + ui::value(static_cast<double>(bias));
  ImGui::BeginTooltip();
  ImGui::TextUnformatted(name.c_str());
  ImGui::TextUnformatted(lines.c_str());
  ImGui::EndTooltip();
}

void choose(Frame& frame, int channel) {
  frame.selection.channel = channel == frame.selection.channel ? -1 : channel;
}

void kernel_tiles(Frame& frame, const Layer& layer, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const Shape tiles{layer.shape.kernel, layer.shape.kernel, layer.shape.out};
  const bool rgb = layer.node.op == Op::conv;
  const ui::Texture texture = frame.textures.get(layer.key + "tiles", [&] {
    if (rgb) return paint_rgb_filters(layer.shape, layer.weights.filter);
    return ui::paint_atlas({tiles, layer.weights.filter}, {&layer.mapping, 1});
  });
  const ui::TileFit fit = {.count = tiles.c,
                           .map_extent = tiles.h,
                           .area = {size.x - theme.px(14), size.y},
                           .smallest = theme.px(22),
                           .largest = theme.px(96)};
  ImGui::BeginChild("kernels", size);
  const ui::GridEvent event = ui::tile_grid(
      theme, {.id = layer.node.name.c_str(),
              .texture = texture,
              .shape = tiles,
              .tile = ui::fitting_tile(theme, fit),
              .selected = frame.selection.channel,
              .highlighted = frame.hovered.node == layer.id ? frame.hovered.channel : -1});
  ImGui::EndChild();
  if (event.hovered < 0) return;
  frame.hover = {layer.id, event.hovered, -1, -1};
  kernel_tooltip(layer, channel_name(frame, layer.node, event.hovered), event.hovered);
  if (event.clicked >= 0) choose(frame, event.clicked);
}

struct MatrixView {
  ImVec2 min;
  float cell;  // px per weight
};

void mark_column(const Frame& frame, const Layer& layer, const MatrixView& view, int out) {
  const float x = view.min.x + static_cast<float>(out) * view.cell;
  const float width = std::max(view.cell, frame.theme.px(2));
  ImGui::GetWindowDrawList()->AddRect(
      {x - frame.theme.px(1), view.min.y},
      {x + width + frame.theme.px(1), view.min.y + static_cast<float>(layer.shape.in) * view.cell},
      frame.theme.color().accent, 0, 0, frame.theme.px(2));
}

void point_at_weight(Frame& frame, const Layer& layer, const MatrixView& view) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const int out =
      std::clamp(static_cast<int>((mouse.x - view.min.x) / view.cell), 0, layer.shape.out - 1);
  const int in =
      std::clamp(static_cast<int>((mouse.y - view.min.y) / view.cell), 0, layer.shape.in - 1);
  frame.hover = {layer.id, out, -1, -1};
  mark_column(frame, layer, view, out);
  const Node& from = frame.graph.node(layer.node.inputs[0]);
  ui::tooltip(frame.theme, "Weight " + ui::value(static_cast<double>(weight_at(layer, 0, in, out))),
              "from " + channel_name(frame, from, in) + " of " + from.name + "\nto " +
                  channel_name(frame, layer.node, out));
  if (ImGui::IsItemClicked()) choose(frame, out);
}

void matrix(Frame& frame, State& state, const Layer& layer, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const float rows = static_cast<float>(layer.shape.in);
  const float columns = static_cast<float>(layer.shape.out);
  const float fitted = std::min({size.x / columns, size.y / rows, theme.px(kLargestCell)});
  const float cell = state.zoom > 0 ? theme.px(state.zoom) : fitted;
  // More weights than device pixels: a cell stands for the strongest of its block.
  const int block = std::max(1, static_cast<int>(std::ceil(1 / (cell * theme.dpr()) - 0.01f)));
  const ui::Texture texture = frame.textures.get(layer.key + ui::format("matrix/%d", block), [&] {
    const Matrix small = shrink(layer.weights.filter, layer.shape.in, layer.shape.out, block);
    ui::Picture picture{small.cells.shape.w, small.cells.shape.h, {}};
    picture.rgba.resize(small.cells.data.size());
    ui::map_colors(layer.mapping, small.cells.data, picture.rgba.data());
    return picture;
  });
  ImGui::BeginChild("matrix", size, false, ImGuiWindowFlags_HorizontalScrollbar);
  const MatrixView view = {ImGui::GetCursorScreenPos(), cell};
  const ImVec2 extent = {columns * cell, rows * cell};
  const ImVec2 max = {view.min.x + extent.x, view.min.y + extent.y};
  ImGui::InvisibleButton("weights", extent);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  // The last block may reach beyond the last weight.
  draw->AddImage(texture.id, view.min, max, {0, 0},
                 {columns / static_cast<float>(block * texture.width),
                  rows / static_cast<float>(block * texture.height)});
  draw->AddRect(view.min, max, theme.color().strong_line);
  if (frame.selection.channel >= 0) mark_column(frame, layer, view, frame.selection.channel);
  if (ImGui::IsItemHovered()) point_at_weight(frame, layer, view);
  ImGui::EndChild();
}

void footer(const Frame& frame, State& state, const Layer& layer, ImVec2 origin) {
  if (state.told != layer.key) {
    state.told = layer.key;
    state.sentence = takeaway(frame.graph, layer.id, layer.weights);
  }
  const ui::Theme& theme = frame.theme;
  const float width = theme.px(200);
  ImGui::SetCursorPos(origin);
  ui::legend(theme, layer.mapping, width);
  ImGui::SetCursorPos({origin.x + width + theme.px(24), origin.y - theme.px(4)});
  ImGui::BeginGroup();
  ui::wrapped(theme.body, theme.color().text, state.sentence);
  if (layer.node.op == Op::conv && layer.shape.kernel > 1) {
    ui::wrapped(theme.small, theme.color().secondary,
                "Colours are the weights on red, green and blue; grey is zero.");
  }
  ImGui::EndGroup();
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

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  if (!has_weights(frame.graph.node(frame.selection.node).op)) return no_weights(frame);
  const Layer layer = layer_of(frame);
  ui::label(theme.title, theme.color().text,
            ui::fitted(theme.title, title(layer), ImGui::GetContentRegionAvail().x));
  ui::label(theme.body, theme.color().secondary,
            layer.node.name + "  ·  " + operation(layer.node) + "  ·  " + size_text(layer));
  const bool tiles = layer.shape.kernel > 1;
  ui::label(theme.small, theme.color().secondary,
            tiles ? "Point at a kernel to read it; click to choose its channel."
                  : "Inputs run down, outputs across. Point at a weight to read it; click to "
                    "choose an output. Keys + − 0: larger, smaller, fit.");
  const ImVec2 origin = ImGui::GetCursorPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 size = {room.x, room.y - theme.px(kFooter)};
  tiles ? kernel_tiles(frame, layer, size) : matrix(frame, state, layer, size);
  footer(frame, state, layer, {origin.x, origin.y + size.y + theme.px(8)});
}

bool press(Frame& frame, State& state, std::string_view key) {
  const int channel = frame.selection.channel;
  if (key == "+" || key == "=") {
    state.zoom = std::min(kLargestCell, state.zoom > 0 ? state.zoom * 1.5f : 4.0f);
  } else if (key == "-") {
    state.zoom = state.zoom > 1.5f ? state.zoom / 1.5f : 0;
  } else if (key == "0") {
    state.zoom = 0;
  } else if (key == "Enter" && channel >= 0) {
    frame.selection.view = "cell";
  } else {
    return false;
  }
  return true;
}

Table table(const Frame& frame) {
  Table table{{"channel", "bias", "sum of weights", "lowest weight", "highest weight"}, {}};
  if (!has_weights(frame.graph.node(frame.selection.node).op)) return table;
  const Layer layer = layer_of(frame);
  const std::vector<float>& filter = layer.weights.filter;
  for (std::size_t out = 0; out < layer.weights.bias.size(); ++out) {
    double sum = 0;
    float lowest = filter[out];
    float highest = filter[out];
    for (std::size_t i = out; i < filter.size(); i += layer.weights.bias.size()) {
      sum += static_cast<double>(filter[i]);
      lowest = std::min(lowest, filter[i]);
      highest = std::max(highest, filter[i]);
    }
    table.rows.push_back({static_cast<double>(out), static_cast<double>(layer.weights.bias[out]),
                          sum, static_cast<double>(lowest), static_cast<double>(highest)});
  }
  return table;
}

}  // namespace lens::weights
