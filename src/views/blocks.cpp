#include "views/blocks.h"

#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"

namespace lens::blocks {

namespace {

std::string shortcut_text(const Block& block) {
  switch (block.shortcut) {
    case Shortcut::present:
      return block.relu_after_sum ? "shortcut, then ReLU" : "shortcut, no ReLU after it";
    case Shortcut::stride:
      return "no shortcut: stride 2";
    case Shortcut::channels:
      return ui::format("no shortcut: %d → %d channels", block.in_channels,
                        block.layers.back().channels);
    case Shortcut::none_in_v1:
      return "no shortcut: V1 has none";
  }
  return "";
}

constexpr float kTallestStep = 104;  // from layer to layer, px at 1280

struct Column {
  float centre;
  float width;
  float top;
  float per_channel;  // px
  float step;         // from layer to layer
  float bar;          // height of a layer
};

ImU32 color_of(const ui::Theme& theme, const Layer& layer) {
  Node node;
  node.role = layer.role;
  node.op = layer.role == Role::depthwise ? Op::depthwise : Op::conv;
  return role_color(theme, node);
}

// One layer as a bar, with its name below: what stands in the bar is the number of channels.
void layer_bar(const ui::Theme& theme, const Column& column, const Layer& layer, float y) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float half =
      std::max(theme.px(3), column.per_channel * static_cast<float>(layer.channels)) / 2;
  const ImVec2 min = {column.centre - half, y};
  const ImVec2 max = {column.centre + half, y + column.bar};
  const ImU32 color = color_of(theme, layer);
  const bool input = layer.role == Role::input;
  if (layer.role == Role::project) {
    draw->AddRectFilled(min, max, ui::with_alpha(color, 0.25f), theme.px(3));
    ui::hatch(draw, min, max, color, theme.px(7), theme.px(2));
    draw->AddRect(min, max, color, theme.px(3), 0, theme.px(1.5f));
  } else {
    draw->AddRectFilled(min, max, ui::with_alpha(color, input ? 0.45f : 0.75f), theme.px(3));
  }
  const std::string number = std::to_string(layer.channels);
  const ImVec2 extent = ui::text_size(theme.strong, number);
  const bool fits = extent.x + theme.px(6) < 2 * half;
  const ImVec2 at = {fits ? column.centre : min.x - theme.px(6) - extent.x / 2,
                     y + (column.bar - extent.y) / 2};
  if (fits && layer.role == Role::project) {
    draw->AddRectFilled({at.x - extent.x / 2 - theme.px(3), at.y},
                        {at.x + extent.x / 2 + theme.px(3), at.y + extent.y}, theme.color().panel,
                        theme.px(3));
  }
  ui::draw_text(draw, theme.strong, at, theme.color().text, number, 0.5f);
  std::string below = layer.text;
  if (!input && layer.role != Role::scale) {
    below += layer.activation == Activation::none
                 ? ", linear"
                 : ", " + std::string(activation_name(layer.activation));
  }
  ui::draw_text(draw, theme.small, {column.centre, max.y + theme.px(1)}, theme.color().secondary,
                ui::fitted(theme.small, below, column.width), 0.5f);
}

void shortcut_arc(const ui::Theme& theme, const Column& column, const Block& block, float bottom) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float from_y = column.top + column.bar / 2;
  const float to_y = bottom + theme.px(9);
  const float half_in = column.per_channel * static_cast<float>(block.in_channels) / 2;
  const float right = column.centre + column.width / 2 - theme.px(3);
  const ImU32 color = theme.color().text;
  const ImVec2 from = {column.centre + half_in, from_y};
  draw->PathLineTo(from);
  draw->PathLineTo({right, from_y});
  draw->PathLineTo({right, to_y});
  draw->PathLineTo({column.centre + theme.px(9), to_y});
  draw->PathStroke(color, 0, theme.px(2.5f));
  draw->AddCircleFilled({column.centre, to_y}, theme.px(9), theme.color().panel);
  draw->AddCircle({column.centre, to_y}, theme.px(9), color, 0, theme.px(2));
  const ImVec2 plus = ui::text_size(theme.strong, "+");
  ui::draw_text(draw, theme.strong, {column.centre, to_y - plus.y / 2}, color, "+", 0.5f);
}

// In as many lines as the column asks for.
void draw_centred(ImFont* font, const std::string& text, const Column& column, float y,
                  ImU32 color) {
  std::string rest = ui::in_lines(font, text, column.width);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    ui::draw_text(ImGui::GetWindowDrawList(), font, {column.centre, y}, color, rest.substr(0, end),
                  0.5f);
    rest.erase(0, end + 1);
    y += ui::text_size(font, "0").y;
  }
}

void draw_block(Frame& frame, const Column& column, const Block& block, float height) {
  const ui::Theme& theme = frame.theme;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float line = ui::text_size(theme.strong, "0").y;
  const float titles = 2 * line + theme.px(10);
  const ImVec2 corner = {column.centre - column.width / 2, column.top - titles};
  if (block.on_screen) {
    draw->AddRectFilled(corner, {corner.x + column.width, corner.y + height},
                        ui::mix(theme.color().panel, theme.color().accent, 0.09f), theme.px(6));
  }
  ui::draw_text(draw, theme.strong, {column.centre, corner.y + theme.px(4)}, theme.color().text,
                block.title, 0.5f);
  ui::draw_text(draw, theme.small, {column.centre, corner.y + line + theme.px(5)},
                theme.color().secondary, block.source, 0.5f);
  float y = column.top;
  layer_bar(theme, column, {"input", block.in_channels, Activation::none, Role::input}, y);
  for (const Layer& layer : block.layers) {
    y += column.step;
    layer_bar(theme, column, layer, y);
  }
  const float bottom = y + column.bar + ui::text_size(theme.small, "0").y + theme.px(6);
  if (block.shortcut == Shortcut::present) shortcut_arc(theme, column, block, bottom);
  const bool missing = block.shortcut != Shortcut::present;
  draw_centred(missing ? theme.strong : theme.small, shortcut_text(block), column,
               bottom + theme.px(missing ? 2 : 20),
               missing ? theme.color().text : theme.color().secondary);
}

const Graph& graph_of(const Frame& frame, State& state, std::size_t version) {
  const CatalogEntry& entry = catalog()[version];
  if (frame.model.entry == &entry) return frame.graph;
  if (state.graphs.empty()) {
    for (const CatalogEntry& one : catalog()) {
      state.graphs.push_back(one.build(one.variants[0], kPaperClasses));
    }
  }
  return state.graphs[version];
}

int selected_block(const Frame& frame) {
  const int block = frame.graph.node(frame.selection.node).block;
  return std::clamp(block, 1, block_count(frame.graph));
}

// The block of the screen, and those of the other versions at the same place; ResNet among them.
std::vector<Block> shown_blocks(const Frame& frame, State& state) {
  const int extent = input_extent(frame.graph, selected_block(frame));
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < catalog().size(); ++i) {
    const CatalogEntry& entry = catalog()[i];
    const Graph& graph = graph_of(frame, state, i);
    const bool on_screen = frame.model.entry == &entry;
    // One V3 is enough: the one on the screen, or the small one.
    const bool large_shown = frame.model.entry->id == "v3-large";
    if (entry.id == (large_shown ? "v3-small" : "v3-large")) continue;
    const int number = on_screen ? selected_block(frame) : block_at(graph, extent);
    Block block = block_of(graph, number);
    block.title = std::string(entry.title) + ui::format(", block %d", number);
    block.on_screen = on_screen;
    blocks.push_back(std::move(block));
    if (entry.id == "v1") blocks.push_back(resnet_block());
  }
  return blocks;
}

void steps(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  if (ui::button(theme, "←##block")) press(frame, "[");
  ImGui::SameLine(0, theme.px(6));
  if (ui::button(theme, "→##block")) press(frame, "]");
  ImGui::SameLine(0, theme.px(10));
  ImGui::AlignTextToFramePadding();
  ui::label(
      theme.body, theme.color().secondary,
      ui::format("Block %d of %d of %s; the other MobileNets at the same resolution. Keys [ and ].",
                 selected_block(frame), block_count(frame.graph),
                 std::string(frame.model.entry->title).c_str()));
}

std::string takeaway(const Frame& frame) {
  int with = 0;
  int stride = 0;
  int channels = 0;
  const int count = block_count(frame.graph);
  for (int number = 1; number <= count; ++number) {
    const Shortcut shortcut = block_of(frame.graph, number).shortcut;
    with += shortcut == Shortcut::present;
    stride += shortcut == Shortcut::stride;
    channels += shortcut == Shortcut::channels;
  }
  const std::string name(frame.model.entry->title);
  if (with + stride + channels == 0) {
    return name + ": no block has a shortcut, and ReLU6 follows every layer.";
  }
  return ui::format(
      "%s: %d of %d blocks have a shortcut; %d lack it for stride 2, %d for a change "
      "of channels. ResNet joins the wide ends, V2 and V3 the narrow ones.",
      name.c_str(), with, count, stride, channels);
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  ui::label(theme.title, theme.color().text, "Which ends does the shortcut join?");
  steps(frame);
  ImGui::Dummy({1, theme.px(4)});
  const std::vector<Block> blocks = shown_blocks(frame, state);
  int widest = 1;
  std::size_t tallest = 1;
  for (const Block& block : blocks) {
    widest = std::max(widest, block.in_channels);
    tallest = std::max(tallest, block.layers.size());
    for (const Layer& layer : block.layers) widest = std::max(widest, layer.channels);
  }
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float column_width = ImGui::GetContentRegionAvail().x / static_cast<float>(blocks.size());
  const float footer = ui::takeaway_height(theme, 2, 1);
  const float height = ImGui::GetContentRegionAvail().y - footer;
  const float titles = 2 * ui::text_size(theme.strong, "0").y + theme.px(10);
  // Below: the sum, and two lines of what is said of it.
  const float below = theme.px(22) + 2 * ui::text_size(theme.strong, "0").y;
  const float room = height - titles - below;
  const float step = std::min(room / static_cast<float>(tallest + 1), theme.px(kTallestStep));
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const float centre = corner.x + (static_cast<float>(i) + 0.5f) * column_width;
    const float inner = column_width - theme.px(8);
    const Column column = {
        centre, inner,       corner.y + titles, (inner - theme.px(32)) / static_cast<float>(widest),
        step,   step * 0.48f};
    draw_block(frame, column, blocks[i], height);
  }
  ImGui::Dummy({1, height});
  ui::takeaway(
      theme, takeaway(frame),
      "Widths are channels, to one scale. Hatched: linear. ResNet: arXiv 1512.03385, fig. 5.");
}

bool press(Frame& frame, std::string_view key) {
  if (key != "[" && key != "]") return false;
  const int count = block_count(frame.graph);
  const int number = std::clamp(selected_block(frame) + (key == "[" ? -1 : 1), 1, count);
  frame.selection.node = block_of(frame.graph, number).first;
  frame.selection.channel = -1;
  return true;
}

Table table(const Frame& frame) {
  Table result;
  result.columns = {"block", "reads channels", "widest", "hands on channels", "shortcut", "why"};
  const int count = block_count(frame.graph);
  for (int number = 1; number <= count; ++number) {
    const Block block = block_of(frame.graph, number);
    int widest = 0;
    for (const Layer& layer : block.layers) widest = std::max(widest, layer.channels);
    const bool present = block.shortcut == Shortcut::present;
    result.rows.push_back({static_cast<double>(number), static_cast<double>(block.in_channels),
                           static_cast<double>(widest),
                           static_cast<double>(block.layers.back().channels), present ? 1.0 : 0.0,
                           shortcut_text(block)});
  }
  return result;
}

}  // namespace lens::blocks
