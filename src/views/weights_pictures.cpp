#include "views/weights_pictures.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/text.h"
#include "ui/widgets.h"
#include "views/map_layer.h"

namespace lens::weights {

namespace {

// A cell of a fitted matrix is no longer than so many times its width, or the other way round.
constexpr float kLongestCell = 3;

}  // namespace

float largest_magnitude(std::span<const float> values) {
  float most = 0;
  for (const float value : values) most = std::max(most, std::fabs(value));
  return most;
}

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

std::vector<ui::Mapping> own_scales(std::span<const float> filter, int outputs) {
  std::vector<float> most(static_cast<std::size_t>(outputs));
  for (std::size_t i = 0; i < filter.size(); ++i) {
    float& largest = most[i % most.size()];
    largest = std::max(largest, std::fabs(filter[i]));
  }
  std::vector<ui::Mapping> scales;
  for (const float largest : most) {
    scales.push_back(ui::mapping_for(-largest, largest, ui::ScaleChoice::diverging));
  }
  return scales;
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

float weight_at(const Layer& layer, int tap, int in, int out) {
  const int at = (tap * layer.shape.in + in) * layer.shape.out + out;
  return layer.weights.filter[static_cast<std::size_t>(at)];
}

// A kernel in numbers, row by row; over RGB one block of rows per colour.
std::string numbers_of(const Layer& layer, int out) {
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
  return lines + "bias " + ui::value(static_cast<double>(bias));
}

void choose(Frame& frame, int channel) {
  frame.selection.channel = channel == frame.selection.channel ? -1 : channel;
}

}  // namespace

float kernel_tiles(Frame& frame, const Layer& layer, const Zoom& zoom, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const Shape tiles{layer.shape.kernel, layer.shape.kernel, layer.shape.out};
  const ui::Texture texture = frame.textures.get(layer.key + "tiles", [&] {
    if (layer.over_rgb()) return paint_rgb_filters(layer.shape, layer.weights.filter);
    return ui::paint_atlas({tiles, layer.weights.filter},
                           own_scales(layer.weights.filter, layer.shape.out));
  });
  const ui::TileFit fit = {.count = tiles.c,
                           .map_extent = tiles.h,
                           .area = {size.x - theme.px(14), size.y - theme.px(8)},
                           .smallest = theme.px(zoom.size > 0 ? zoom.size : 22),
                           .largest = theme.px(zoom.size > 0 ? zoom.size : 96)};
  const float side = ui::fitting_tile(theme, fit);
  ImGui::BeginChild("kernels", size);
  const ui::GridEvent event = ui::tile_grid(
      theme, {.id = layer.node.name.c_str(),
              .texture = texture,
              .shape = tiles,
              .tile = side,
              .selected = frame.selection.channel,
              .highlighted = frame.hovered.node == layer.id ? frame.hovered.channel : -1,
              .scroll_to_selected = zoom.follow});
  ImGui::EndChild();
  if (event.hovered >= 0) {
    frame.hover = {layer.id, event.hovered, -1, -1};
    ui::tooltip(theme, channel_name(frame, layer.node, event.hovered),
                numbers_of(layer, event.hovered));
    if (event.clicked >= 0) choose(frame, event.clicked);
  }
  return side / theme.px(1);
}

Lie lie_of(const FilterShape& shape) {
  const bool across = shape.in > shape.out;
  return {across, across ? shape.in : shape.out, across ? shape.out : shape.in};
}

ImVec2 matrix_cell(const Lie& lie, ImVec2 room, float largest) {
  const auto fitted = [&](float extent, int count) {
    return std::min(extent / static_cast<float>(count), largest);
  };
  const ImVec2 cell = {fitted(room.x, lie.columns), fitted(room.y, lie.rows)};
  return {std::min(cell.x, kLongestCell * cell.y), std::min(cell.y, kLongestCell * cell.x)};
}

namespace {

struct MatrixView {
  Lie lie;
  ImVec2 min;
  ImVec2 cell;  // px per weight
};

// An output's weights: a column, or a row where the inputs lie across.
void mark_output(const Frame& frame, const MatrixView& view, int out) {
  const ui::Theme& theme = frame.theme;
  const auto at = static_cast<float>(out);
  const ImVec2 end = {view.min.x + static_cast<float>(view.lie.columns) * view.cell.x,
                      view.min.y + static_cast<float>(view.lie.rows) * view.cell.y};
  ImVec2 min = view.min;
  ImVec2 max = end;
  if (view.lie.inputs_across) {
    min.y = view.min.y + at * view.cell.y - theme.px(1);
    max.y = min.y + std::max(view.cell.y, theme.px(2)) + theme.px(2);
  } else {
    min.x = view.min.x + at * view.cell.x - theme.px(1);
    max.x = min.x + std::max(view.cell.x, theme.px(2)) + theme.px(2);
  }
  ImGui::GetWindowDrawList()->AddRect(min, max, theme.color().accent, 0, 0, theme.px(2));
}

void point_at_weight(Frame& frame, const Layer& layer, const MatrixView& view) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const int column =
      std::clamp(static_cast<int>((mouse.x - view.min.x) / view.cell.x), 0, view.lie.columns - 1);
  const int row =
      std::clamp(static_cast<int>((mouse.y - view.min.y) / view.cell.y), 0, view.lie.rows - 1);
  const int in = view.lie.inputs_across ? column : row;
  const int out = view.lie.inputs_across ? row : column;
  frame.hover = {layer.id, out, -1, -1};
  mark_output(frame, view, out);
  const Node& from = frame.graph.node(layer.node.inputs[0]);
  ui::tooltip(frame.theme, "Weight " + ui::value(static_cast<double>(weight_at(layer, 0, in, out))),
              "from " + channel_name(frame, from, in) + " of " + from.name + "\nto " +
                  channel_name(frame, layer.node, out));
  if (ImGui::IsItemClicked()) choose(frame, out);
}

}  // namespace

ui::Picture paint_matrix(const Matrix& matrix, const Lie& lie, const ui::Mapping& mapping) {
  const Shape& cells = matrix.cells.shape;  // inputs down
  std::vector<std::uint32_t> colors(matrix.cells.data.size());
  ui::map_colors(mapping, matrix.cells.data, colors.data());
  if (!lie.inputs_across) return {cells.w, cells.h, std::move(colors)};
  ui::Picture picture{cells.h, cells.w, {}};
  picture.rgba.reserve(colors.size());
  for (int out = 0; out < cells.w; ++out) {
    for (int in = 0; in < cells.h; ++in) picture.rgba.push_back(colors[cells.index(in, out, 0)]);
  }
  return picture;
}

namespace {

// Brings an output into sight; one that is there stays where it is.
void scroll_to_output(const MatrixView& view, int out) {
  const bool down = view.lie.inputs_across;
  const float scroll = down ? ImGui::GetScrollY() : ImGui::GetScrollX();
  const float extent = down ? ImGui::GetWindowHeight() : ImGui::GetWindowWidth();
  const float cell = down ? view.cell.y : view.cell.x;
  const float centre = (static_cast<float>(out) + 0.5f) * cell - scroll;
  if (centre >= cell / 2 && centre <= extent - cell / 2) return;
  down ? ImGui::SetScrollFromPosY(centre, 0.5f) : ImGui::SetScrollFromPosX(centre, 0.5f);
}

}  // namespace

float matrix(Frame& frame, const Layer& layer, const Zoom& zoom, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const Lie lie = lie_of(layer.shape);
  const ImVec2 fitted = matrix_cell(lie, size, theme.px(kLargestCell));
  const float larger = zoom.size > 0 ? theme.px(zoom.size) / std::min(fitted.x, fitted.y) : 1;
  const ImVec2 cell = {fitted.x * larger, fitted.y * larger};
  // More weights than device pixels: a cell stands for the strongest of its block.
  const float pixels = std::min(cell.x, cell.y) * theme.dpr();
  const int block = std::max(1, static_cast<int>(std::ceil(1 / pixels - 0.01f)));
  const ui::Texture texture = frame.textures.get(layer.key + ui::format("matrix/%d", block), [&] {
    const FilterShape& s = layer.shape;
    return paint_matrix(shrink(layer.weights.filter, s.in, s.out, block), lie, layer.mapping);
  });
  const float rows = static_cast<float>(lie.rows);
  const float columns = static_cast<float>(lie.columns);
  ImGui::BeginChild("matrix", size, false, ImGuiWindowFlags_HorizontalScrollbar);
  const MatrixView view = {lie, ImGui::GetCursorScreenPos(), cell};
  const ImVec2 extent = {columns * cell.x, rows * cell.y};
  const ImVec2 max = {view.min.x + extent.x, view.min.y + extent.y};
  ImGui::InvisibleButton("weights", extent);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  // The last block may reach beyond the last weight.
  draw->AddImage(texture.id, view.min, max, {0, 0},
                 {columns / static_cast<float>(block * texture.width),
                  rows / static_cast<float>(block * texture.height)});
  draw->AddRect(view.min, max, theme.color().strong_line);
  const int selected = frame.selection.channel;
  if (selected >= 0 && zoom.follow) scroll_to_output(view, selected);
  if (selected >= 0) mark_output(frame, view, selected);
  if (ImGui::IsItemHovered()) point_at_weight(frame, layer, view);
  ImGui::EndChild();
  return std::min(cell.x, cell.y) / theme.px(1);
}

}  // namespace lens::weights
