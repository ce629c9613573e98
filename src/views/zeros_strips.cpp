#include "views/zeros_strips.h"

#include <algorithm>

#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"

namespace lens::zeros {

namespace {

// The resolutions that all versions pass through at 224 pixels: halved from stage to stage.
constexpr int kStages = 5;
constexpr float kStageShare[kStages] = {0.14f, 0.17f, 0.19f, 0.29f, 0.21f};  // of the width

constexpr float kLinearMark = 8;  // px at 1280, below the baseline: a linear layer has no zeros

// 0 for half of the input's extent, 1 for a quarter, ...
int stage_of(const ZeroMeter& meter, NodeId node) {
  const int ratio = meter.graph.node(0).out.h / meter.graph.node(node).out.h;
  int stage = 0;
  for (int r = 2; r < ratio && stage + 1 < kStages; r *= 2) ++stage;
  return stage;
}

// A meter on the page: one row of bars.
struct Strip {
  const ZeroMeter* meter;
  ImVec2 min;
  ImVec2 max;
};

std::string bar_text(const Node& node, const LayerZeros& layer) {
  if (linear(node)) return "Linear: nothing is set to zero.";
  std::string text = activation_name(node) + " sets " +
                     ui::percent(static_cast<double>(layer.zeros)) + " of " +
                     ui::shape(node.out.h, node.out.w, node.out.c) + " values to zero";
  if (layer.clipped > 0) {
    text += "\nand cuts " + ui::percent(static_cast<double>(layer.clipped)) + " at 6";
  }
  return text;
}

void bar(Frame& frame, const Strip& strip, const LayerZeros& layer, float x, float width) {
  const ui::Theme& theme = frame.theme;
  const Node& node = strip.meter->graph.node(layer.node);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float height = strip.max.y - strip.min.y;
  const ImVec2 min = {x, strip.max.y - std::max(layer.zeros * height, theme.px(1.5f))};
  const ImVec2 max = {x + width, strip.max.y};
  const ImU32 color = role_color(theme, node);
  if (linear(node)) {
    const float top = strip.max.y + theme.px(2);
    ui::hatch(draw, {x, top}, {max.x, top + theme.px(kLinearMark)}, color, theme.px(4),
              theme.px(1.5f));
  } else {
    draw->AddRectFilled(min, max, color, theme.px(1));
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool shown = on_screen(frame, *strip.meter);
  const bool hit = ImGui::IsWindowHovered() && mouse.x >= x && mouse.x < x + width + theme.px(1) &&
                   mouse.y >= strip.min.y && mouse.y <= strip.max.y + theme.px(kLinearMark + 2);
  if (shown && (frame.selection.node == layer.node || frame.hovered.node == layer.node)) {
    draw->AddRect({x - theme.px(1), strip.min.y}, {max.x + theme.px(1), max.y},
                  theme.color().accent, 0, 0, theme.px(1.5f));
  }
  if (!hit) return;
  ui::tooltip(theme, std::string(strip.meter->entry->title) + " " + node.name,
              bar_text(node, layer));
  if (!shown) return;
  frame.hover.node = layer.node;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    frame.selection.node = layer.node;
    frame.selection.channel = -1;
  }
}

// The layers of each resolution share its part of the width.
void bars(Frame& frame, const Strip& strip) {
  const float width = strip.max.x - strip.min.x;
  float left = strip.min.x;
  for (int stage = 0; stage < kStages; ++stage) {
    std::vector<const LayerZeros*> layers;
    for (const LayerZeros& layer : strip.meter->layers) {
      if (stage_of(*strip.meter, layer.node) == stage) layers.push_back(&layer);
    }
    const float room = kStageShare[stage] * width;
    const float step =
        (room - frame.theme.px(6)) / static_cast<float>(std::max<std::size_t>(1, layers.size()));
    const float thick = std::min(step * 0.8f, frame.theme.px(16));
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const float x = left + frame.theme.px(3) + (static_cast<float>(i) + 0.5f) * step - thick / 2;
      bar(frame, strip, *layers[i], x, thick);
    }
    left += room;
  }
}

void grounds(const ui::Theme& theme, const Strip& strip) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float width = strip.max.x - strip.min.x;
  float left = strip.min.x;
  for (int stage = 0; stage < kStages; ++stage) {
    const float right = left + kStageShare[stage] * width;
    draw->AddRectFilled({left + theme.px(1), strip.min.y}, {right - theme.px(1), strip.max.y},
                        theme.color().sunken, theme.px(3));
    left = right;
  }
  for (const float part : {0.0f, 0.5f, 1.0f}) {
    const float y = strip.max.y - part * (strip.max.y - strip.min.y);
    draw->AddLine({strip.min.x, y}, {strip.max.x, y}, theme.color().line);
    const float half = ui::text_size(theme.small, "0").y / 2;
    ui::draw_text(draw, theme.small, {strip.min.x - theme.px(4), y - half}, theme.color().secondary,
                  ui::format("%.0f", 100 * static_cast<double>(part)), 1);
  }
}

std::string strip_title(const Frame& frame, const ZeroMeter& meter) {
  const Summary of = summary(meter);
  std::string text = "MobileNet " + std::string(meter.entry->title);
  if (meter.untrained) text += " (untrained weights)";
  if (on_screen(frame, meter)) text += ", on the screen";
  const std::string share = ui::percent(of.zeros_at_block_end);
  if (of.narrowest_linear == 0) {
    return text + ": a block's result loses " + share + ", from " +
           std::to_string(of.narrowest_rectified) + " channels up";
  }
  return text + ": a block's result is linear, from " + std::to_string(of.narrowest_linear) +
         " channels up";
}

}  // namespace

void draw_strips(Frame& frame, float height) {
  const ui::Theme& theme = frame.theme;
  const std::span<const ZeroMeter> meters = frame.background.meters;
  std::vector<const ZeroMeter*> order;
  for (const CatalogEntry& entry : catalog()) {
    for (const ZeroMeter& meter : meters) {
      if (meter.entry == &entry) order.push_back(&meter);
    }
  }
  if (order.empty()) return;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float left = corner.x + theme.px(30);
  const float right = corner.x + ImGui::GetContentRegionAvail().x;
  const float line = ui::text_size(theme.strong, "0").y + theme.px(4);
  const float below = ui::text_size(theme.small, "0").y + theme.px(6);
  const float each = std::min((height - below) / static_cast<float>(order.size()), theme.px(420));
  float y = corner.y;
  for (const ZeroMeter* meter : order) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ui::draw_text(draw, theme.strong, {left, y}, theme.color().text,
                  ui::fitted(theme.strong, strip_title(frame, *meter), right - left));
    const Strip strip = {meter, {left, y + line}, {right, y + each - theme.px(kLinearMark + 8)}};
    grounds(theme, strip);
    bars(frame, strip);
    y += each;
  }
  float x = left;
  for (int stage = 0; stage < kStages; ++stage) {
    const float room = kStageShare[stage] * (right - left);
    ui::draw_text(ImGui::GetWindowDrawList(), theme.small, {x + room / 2, y - theme.px(2)},
                  theme.color().secondary,
                  ui::format(stage == 0 ? "1/%d of the input" : "1/%d", 2 << stage), 0.5f);
    x += room;
  }
  ImGui::Dummy({1, y + below - corner.y});
}

}  // namespace lens::zeros
