#include "views/se_blocks.h"

#include <algorithm>
#include <cassert>
#include <functional>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"

namespace lens {

namespace {

SeBlock block_at(const Graph& graph, NodeId scale) {
  SeBlock block;
  block.block = graph.node(scale).block;
  block.scale = scale;
  block.maps = graph.node(scale).inputs[0];
  block.gate = graph.node(scale).inputs[1];
  block.reduce = graph.node(block.gate).inputs[0];
  block.squeeze = graph.node(block.reduce).inputs[0];
  return block;
}

bool overrides(const Intervention& one, NodeId gate) {
  const auto* change = std::get_if<OverrideGates>(&one);
  return change != nullptr && change->node == gate;
}

bool one_value_per_gate(const SeBlock& block, NodeId node) {
  return node == block.maps || node == block.squeeze || node == block.gate || node == block.scale;
}

}  // namespace

std::string name_of(const SeBlock& block) {
  return "bneck" + std::to_string(block.block);
}

std::vector<SeBlock> se_blocks(const Graph& graph) {
  std::vector<SeBlock> blocks;
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (graph.node(id).op == Op::channel_scale) blocks.push_back(block_at(graph, id));
  }
  return blocks;
}

namespace {

double variance(std::span<const float> gates) {
  double sum = 0;
  double squares = 0;
  for (const float gate : gates) {
    sum += static_cast<double>(gate);
    squares += static_cast<double>(gate) * static_cast<double>(gate);
  }
  const double mean = sum / static_cast<double>(gates.size());
  return squares / static_cast<double>(gates.size()) - mean * mean;
}

}  // namespace

std::optional<std::size_t> selected_block(const Frame& frame, std::span<const SeBlock> blocks) {
  const NodeId node = frame.selection.node;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const SeBlock& block = blocks[i];
    if (node == block.squeeze || node == block.reduce || node == block.gate ||
        node == block.scale) {
      return i;
    }
  }
  return std::nullopt;
}

std::size_t chosen_block(const Frame& frame, std::span<const SeBlock> blocks, int last) {
  assert(!blocks.empty());
  if (const auto selected = selected_block(frame, blocks)) return *selected;
  std::size_t telling = 0;
  double largest = -1;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const double spread = frame.now ? variance(own_gates(frame, blocks[i])) : 0;
    if (spread <= largest) continue;
    largest = spread;
    telling = i;
  }
  const auto remembered = std::find_if(blocks.begin(), blocks.end(),
                                       [&](const SeBlock& one) { return one.block == last; });
  if (remembered == blocks.end()) return telling;
  return static_cast<std::size_t>(remembered - blocks.begin());
}

void choose_block(Frame& frame, const SeBlock& block) {
  Selection& selection = frame.selection;
  const int before = frame.graph.node(selection.node).out.c;
  if (before != frame.graph.node(block.gate).out.c) selection.channel = -1;
  selection.node = block.gate;
}

void step_block(Frame& frame, std::span<const SeBlock> blocks, int last, int by) {
  const int count = static_cast<int>(blocks.size());
  const int at = static_cast<int>(chosen_block(frame, blocks, last));
  choose_block(frame, blocks[static_cast<std::size_t>((at + by + count) % count)]);
}

int chosen_channel(const Frame& frame, const SeBlock& block) {
  return one_value_per_gate(block, frame.selection.node) ? frame.selection.channel : -1;
}

void choose_channel(Frame& frame, const SeBlock& block, int channel) {
  if (!one_value_per_gate(block, frame.selection.node)) frame.selection.node = block.gate;
  frame.selection.channel = channel;
}

const std::vector<float>* overridden_gates(std::span<const Intervention> interventions,
                                           NodeId gate) {
  const std::vector<float>* gates = nullptr;
  for (const Intervention& one : interventions) {
    if (overrides(one, gate)) gates = &std::get<OverrideGates>(one).gates;
  }
  return gates;
}

std::vector<Intervention> with_gates(std::span<const Intervention> interventions, NodeId gate,
                                     std::vector<float> gates) {
  std::vector<Intervention> changed = without_gates(interventions, gate);
  changed.push_back(OverrideGates{gate, std::move(gates)});
  return changed;
}

std::vector<Intervention> without_gates(std::span<const Intervention> interventions, NodeId gate) {
  std::vector<Intervention> others;
  for (const Intervention& one : interventions) {
    if (!overrides(one, gate)) others.push_back(one);
  }
  return others;
}

std::span<const float> own_gates(const Frame& frame, const SeBlock& block) {
  return frame.now->output(block.gate).data;
}

std::span<const float> effective_gates(const Frame& frame, const SeBlock& block) {
  if (frame.selection.before) return own_gates(frame, block);
  if (const auto* wanted = overridden_gates(frame.interventions, block.gate)) return *wanted;
  // Of an override that has just been taken back the run on the screen still has the values.
  const Snapshot* what_if = frame.what_if;
  if (what_if && !overridden_gates(what_if->interventions, block.gate)) {
    return what_if->output(block.gate).data;
  }
  return own_gates(frame, block);
}

GateCounts count_gates(std::span<const float> gates) {
  GateCounts counts;
  if (gates.empty()) return counts;
  double sum = 0;
  counts.lowest = gates[0];
  counts.highest = gates[0];
  for (const float gate : gates) {
    counts.open += gate == 1.0f;
    counts.shut += gate == 0.0f;
    counts.lowest = std::min(counts.lowest, gate);
    counts.highest = std::max(counts.highest, gate);
    sum += static_cast<double>(gate);
  }
  counts.mean = static_cast<float>(sum / static_cast<double>(gates.size()));
  return counts;
}

SeCost cost_of(const Frame& frame, std::span<const SeBlock> blocks) {
  SeCost sum;
  for (const SeBlock& block : blocks) {
    for (const NodeId id : {block.squeeze, block.reduce, block.gate, block.scale}) {
      const auto at = static_cast<std::size_t>(id);
      sum.cost += frame.costs[at];
      if (const auto* ms = frame.layer_ms()) sum.ms += (*ms)[at];
    }
  }
  return sum;
}

namespace {

// The gates from the most open to the most shut, as a filled curve.
void sorted_curve(const ui::Theme& theme, std::span<const float> gates, ImVec2 min, ImVec2 max) {
  std::vector<float> sorted(gates.begin(), gates.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, theme.color().sunken);
  const int columns = std::max(1, static_cast<int>(max.x - min.x));
  for (int i = 0; i < columns; ++i) {
    const std::size_t at =
        static_cast<std::size_t>(i) * sorted.size() / static_cast<std::size_t>(columns);
    const float x = min.x + static_cast<float>(i);
    const float top = max.y - (max.y - min.y) * sorted[at];
    draw->AddRectFilled({x, top}, {x + 1, max.y}, theme.role().squeeze_excite);
  }
}

bool block_cell(Frame& frame, const SeBlock& block, ImVec2 size, bool chosen) {
  const ui::Theme& theme = frame.theme;
  const ui::Palette& c = theme.color();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max = {min.x + size.x, min.y + size.y};
  const bool clicked = ImGui::InvisibleButton(name_of(block).c_str(), size);
  const bool hovered = ImGui::IsItemHovered();
  const bool lit = hovered || frame.hovered.node == block.gate;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (chosen || lit) draw->AddRectFilled(min, max, c.hover, theme.px(4));
  const std::span<const float> gates = effective_gates(frame, block);
  const float pad = theme.px(4);
  const float text = ui::text_size(theme.small, "0").y;
  ui::draw_text(draw, theme.small, {min.x + pad, min.y + theme.px(2)},
                chosen ? c.accent : c.secondary, name_of(block));
  sorted_curve(theme, gates, {min.x + pad, min.y + text + theme.px(4)}, {max.x - pad, max.y - pad});
  if (overridden_gates(frame.interventions, block.gate) && !frame.selection.before) {
    ui::hatch(draw, {min.x + pad, max.y - pad - theme.px(5)}, {max.x - pad, max.y - pad},
              c.warning_text, theme.px(5), theme.px(1.5f));
  }
  if (chosen) draw->AddRect(min, max, c.accent, theme.px(4), 0, theme.px(2));
  if (hovered) {
    frame.hover.node = block.gate;
    const GateCounts counts = count_gates(gates);
    ui::tooltip(theme, name_of(block) + ui::format(": %d gates", static_cast<int>(gates.size())),
                ui::format("mean %.2f, from %.2f to %.2f; %d at 1, %d at 0",
                           static_cast<double>(counts.mean), static_cast<double>(counts.lowest),
                           static_cast<double>(counts.highest), counts.open, counts.shut));
  }
  return clicked;
}

}  // namespace

int block_strip(Frame& frame, std::span<const SeBlock> blocks, std::size_t chosen) {
  const ui::Theme& theme = frame.theme;
  const float gap = theme.px(4);
  const float count = static_cast<float>(blocks.size());
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 size = {std::min(theme.px(96), (room - gap * (count - 1)) / count), theme.px(50)};
  int clicked = -1;
  ImGui::PushID("blocks");
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, gap);
    if (block_cell(frame, blocks[i], size, i == chosen)) clicked = static_cast<int>(i);
  }
  ImGui::PopID();
  return clicked;
}

void draw_without_se(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const CatalogEntry* small = find_model("v3-small");
  const std::string title(frame.model.entry->title);
  ImGui::Dummy({1, theme.px(24)});
  ui::label(theme.title, theme.color().text, title + " has no squeeze-and-excitation");
  ui::wrapped(theme.body, theme.color().secondary,
              "MobileNet V3 puts it after the depthwise convolution of most blocks (9 of 11 in "
              "Small, 8 of 15 in Large): each photo decides how far each channel is opened. " +
                  title + " passes every channel on as it is.");
  ImGui::Dummy({1, theme.px(8)});
  if (ui::button(theme, "Look at V3-Small", ui::ButtonKind::primary)) {
    frame.commands.push_back(ChooseModel{std::string(small->id), small->variants[0]});
  }
}

}  // namespace lens
