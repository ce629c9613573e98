#include "views/zeros.h"

#include <algorithm>

#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/zeros_strips.h"

namespace lens::zeros {

namespace {

bool ends_block(const Node& node) {
  return node.role == Role::project || node.role == Role::pointwise;
}

bool all_measured(const Frame& frame) {
  return frame.background.meters.size() >= 3;
}

void header(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  ui::label(theme.title, theme.color().text, "Where does the network throw values away?");
  ui::label(theme.body, theme.color().secondary,
            std::string("Share of each layer's values that its nonlinearity sets to zero on this "
                        "photo, in %; hatched: linear") +
                without_what_if(frame.interventions));
  ImGui::Dummy({1, theme.px(2)});
  if (frame.background.measuring) {
    ui::label(theme.body, theme.color().text,
              "Measuring MobileNet " + std::string(frame.background.measuring->title) + " …");
  } else if (!all_measured(frame)) {
    if (ui::button(theme, "Run all three versions", ui::ButtonKind::primary)) {
      frame.commands.push_back(MeasureZeros{true});
    }
    if (ImGui::IsItemHovered()) {
      ui::tooltip(theme, "Run V1, V2 and V3-Small on this photo, in the background", "Key V");
    }
  }
  ImGui::Dummy({1, theme.px(2)});
}

const ZeroMeter* meter_of(const Frame& frame, std::string_view id) {
  for (const ZeroMeter& meter : frame.background.meters) {
    if (meter.entry->id == id) return &meter;
  }
  return nullptr;
}

std::string takeaway(const Frame& frame) {
  const ZeroMeter* v1 = meter_of(frame, "v1");
  const ZeroMeter* v2 = meter_of(frame, "v2");
  if (v1 && v2) {
    const Summary first = summary(*v1);
    const Summary second = summary(*v2);
    return "V1's ReLU6 erases " + ui::percent(first.zeros_at_block_end) +
           " of what its blocks hand on, from " + std::to_string(first.narrowest_rectified) +
           " channels up. V2 erases " + ui::percent(second.zeros_inside) +
           " inside its wide layers, and nothing of what its blocks hand on, though they are as "
           "narrow as " +
           std::to_string(second.narrowest_linear) + " channels.";
  }
  if (frame.background.meters.empty()) return "";
  const Summary only = summary(frame.background.meters.front());
  const std::string name = std::string(frame.background.meters.front().entry->title);
  return name + " erases " + ui::percent(only.zeros_inside) +
         " of the values inside its blocks, and " + ui::percent(only.zeros_at_block_end) +
         " of what the blocks hand on. Run all three to compare.";
}

}  // namespace

Summary summary(const ZeroMeter& meter) {
  Summary of;
  int ends = 0;
  int inside = 0;
  for (const LayerZeros& layer : meter.layers) {
    const Node& node = meter.graph.node(layer.node);
    if (!ends_block(node)) {
      of.zeros_inside += static_cast<double>(layer.zeros);
      ++inside;
      continue;
    }
    of.zeros_at_block_end += static_cast<double>(layer.zeros);
    ++ends;
    int& narrowest = linear(node) ? of.narrowest_linear : of.narrowest_rectified;
    if (narrowest == 0 || node.out.c < narrowest) narrowest = node.out.c;
  }
  if (ends > 0) of.zeros_at_block_end /= ends;
  if (inside > 0) of.zeros_inside /= inside;
  return of;
}

void draw(Frame& frame) {
  const bool fresh = std::any_of(frame.background.meters.begin(), frame.background.meters.end(),
                                 [&](const ZeroMeter& meter) { return on_screen(frame, meter); });
  if (!fresh) frame.commands.push_back(MeasureZeros{false});
  header(frame);
  const float footer = ui::takeaway_height(frame.theme, 3, 0);
  draw_strips(frame, ImGui::GetContentRegionAvail().y - footer);
  ui::takeaway(frame.theme, takeaway(frame));
}

bool press(Frame& frame, std::string_view key) {
  if (key != "v" && key != "V") return false;
  frame.commands.push_back(MeasureZeros{true});
  return true;
}

Table table(const Frame& frame) {
  Table result;
  result.columns = {"model",  "width",    "layer",      "block",          "role",
                    "height", "channels", "activation", "share of zeros", "share cut at 6"};
  const auto number = [](auto value) { return TableCell(static_cast<double>(value)); };
  for (const ZeroMeter& meter : frame.background.meters) {
    for (const LayerZeros& layer : meter.layers) {
      const Node& node = meter.graph.node(layer.node);
      result.rows.push_back({std::string(meter.entry->id), number(meter.variant.width), node.name,
                             number(node.block), std::string(to_string(node.role)),
                             number(node.out.h), number(node.out.c), activation_name(node),
                             number(layer.zeros), number(layer.clipped)});
    }
  }
  return result;
}

}  // namespace lens::zeros
