#include "views/squeeze_excite.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "demos/gate_presets.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/squeeze_excite_block.h"

namespace lens::squeeze_excite {

namespace {

using demos::GatePreset;

constexpr float kKeyStep = 0.05f;  // of a gate, per press of a key

// A preset as a button and a key; the last one gives the photo's own gates back.
struct Choice {
  const char* label;
  std::string_view key;
  const char* what;
  std::optional<GatePreset> preset;
};

constexpr Choice kChoices[] = {
    {"All 1", "a", "Every channel passes whole", GatePreset::ones},
    {"All mean", "v", "Every channel gets the block's mean gate", GatePreset::mean},
    {"Invert", "i", "1 - gate: what was shut opens", GatePreset::invert},
    {"Shuffle", "s", "The same gates on other channels; again for another seed",
     GatePreset::shuffle},
    {"Off", "x", "Every gate 0: the block's channels are silenced", GatePreset::off},
    {"Own gates", "r", "What the photo itself sets", std::nullopt}};

Block block_of(const Frame& frame, const State& state, const SeBlock& nodes) {
  const Snapshot& shown = *frame.shown();
  Block block;
  block.nodes = nodes;
  block.squeeze = shown.output(nodes.squeeze).data;
  block.hidden = shown.output(nodes.reduce).data;
  block.own = own_gates(frame, nodes);
  block.gates = effective_gates(frame, nodes);
  block.order = ordered(block, state.order);
  block.channel = chosen_channel(frame, nodes);
  const NodeId hovered = frame.hovered.node;
  const bool inside = hovered == nodes.maps || hovered == nodes.squeeze || hovered == nodes.gate ||
                      hovered == nodes.scale;
  block.lit = inside && frame.hovered.channel < block.count() ? frame.hovered.channel : -1;
  return block;
}

void apply(Frame& frame, State& state, const Choice& choice, const SeBlock& chosen) {
  if (choice.preset == GatePreset::shuffle) ++state.seed;
  const std::vector<SeBlock> all = se_blocks(frame.graph);
  const std::span<const SeBlock> targets =
      state.all_blocks ? std::span<const SeBlock>(all) : std::span<const SeBlock>(&chosen, 1);
  std::vector<Intervention> wanted(frame.interventions.begin(), frame.interventions.end());
  for (const SeBlock& block : targets) {
    if (!choice.preset) {
      wanted = without_gates(wanted, block.gate);
      continue;
    }
    const auto seed = static_cast<std::uint64_t>(state.seed);
    wanted = with_gates(wanted, block.gate,
                        demos::preset_gates(*choice.preset, own_gates(frame, block), seed));
  }
  frame.commands.push_back(Intervene{std::move(wanted)});
}

void presets(Frame& frame, State& state, const SeBlock& block, std::size_t blocks) {
  const ui::Theme& theme = frame.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(9), theme.px(4)});
  const std::array<std::string, 2> scopes = {"Only " + name_of(block),
                                             ui::format("All %d blocks", static_cast<int>(blocks))};
  const int scope = ui::segmented(theme, "scope", scopes, state.all_blocks ? 1 : 0);
  if (scope >= 0) state.all_blocks = scope == 1;
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "What the buttons change", "Key G");
  for (const Choice& choice : kChoices) {
    ImGui::SameLine(0, theme.px(4));
    const bool seeded = choice.preset == GatePreset::shuffle && state.seed > 0;
    const std::string label =
        seeded ? ui::format("Shuffle: seed %d##shuffle", state.seed) : choice.label;
    if (ui::button(theme, label.c_str())) apply(frame, state, choice, block);
    if (!ImGui::IsItemHovered()) continue;
    const char key = static_cast<char>(choice.key[0] - 'a' + 'A');
    ui::tooltip(theme, choice.what, ui::format("Key %c", key));
  }
  ImGui::PopStyleVar();
}

void header(Frame& frame, State& state, const Block& block) {
  const std::array<std::string, 3> names = {"Index", "Gate", "Squeeze"};
  const int chosen = ui::title_with_choice(
      frame.theme, ui::format("Which of %d channels does this photo open?", block.count()),
      {.id = "order",
       .names = names,
       .active = static_cast<int>(state.order),
       .what = "What the channels are sorted by",
       .key = "Key T"});
  if (chosen >= 0) state.order = static_cast<Order>(chosen);
}

// The next channel as the bars stand, not by index.
void step_channel(Frame& frame, const Block& block, int by) {
  const auto at = std::find(block.order.begin(), block.order.end(), block.channel);
  const int place = static_cast<int>(at - block.order.begin()) + by;
  const int count = block.count();
  choose_channel(frame, block.nodes,
                 block.order[static_cast<std::size_t>((place + count) % count)]);
}

void nudge_gate(Frame& frame, const Block& block, float by) {
  std::vector<float> gates(block.gates.begin(), block.gates.end());
  float& gate = gates[static_cast<std::size_t>(block.channel)];
  gate = std::clamp(gate + by, 0.0f, 1.0f);
  frame.commands.push_back(
      Intervene{with_gates(frame.interventions, block.nodes.gate, std::move(gates))});
}

bool press_letter(Frame& frame, State& state, const SeBlock& block, std::string_view key) {
  for (const Choice& choice : kChoices) {
    if (key != choice.key) continue;
    apply(frame, state, choice, block);
    return true;
  }
  if (key == "g") {
    state.all_blocks = !state.all_blocks;
    return true;
  }
  if (key != "t") return false;
  state.order = static_cast<Order>((static_cast<int>(state.order) + 1) % 3);
  return true;
}

}  // namespace

std::vector<int> ordered(const Block& block, Order order) {
  std::vector<int> channels(block.own.size());
  std::iota(channels.begin(), channels.end(), 0);
  if (order == Order::channel) return channels;
  const auto key = [&](int channel) {
    const float gate = block.own_gate(channel);
    const float mean = block.mean(channel);
    return order == Order::gate ? std::pair(gate, mean) : std::pair(mean, gate);
  };
  std::stable_sort(channels.begin(), channels.end(), [&](int a, int b) { return key(a) > key(b); });
  return channels;
}

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  const std::vector<SeBlock> blocks = se_blocks(frame.graph);
  if (blocks.empty()) {
    draw_without_se(frame);
    return;
  }
  const std::size_t chosen = chosen_block(frame, blocks, state.block);
  state.block = blocks[chosen].block;
  const Block block = block_of(frame, state, blocks[chosen]);
  ImGui::BeginChild("squeeze-excite");
  header(frame, state, block);
  const int clicked = block_strip(frame, blocks, chosen);
  if (clicked >= 0) choose_block(frame, blocks[static_cast<std::size_t>(clicked)]);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float gap = theme.px(16);
  const float pair = theme.px(132);
  const float presets_height = theme.px(36);
  const float below = presets_height + extremes_height(theme, room.x) + footer_height(frame);
  const float height = std::max(theme.px(208), room.y - below);
  draw_flow(frame, state, block, {room.x - pair - gap, height});
  ImGui::SameLine(0, gap);
  draw_pair(frame, block, {pair, height});
  presets(frame, state, block.nodes, blocks.size());
  draw_extremes(frame, block);
  draw_footer(frame, block, blocks);
  ImGui::EndChild();
}

bool press(Frame& frame, State& state, std::string_view key) {
  const std::vector<SeBlock> blocks = se_blocks(frame.graph);
  if (blocks.empty() || !frame.now) return false;
  const SeBlock& chosen = blocks[chosen_block(frame, blocks, state.block)];
  const Block block = block_of(frame, state, chosen);
  const bool channel = block.channel >= 0;
  if (key == "[" || (key == "ArrowLeft" && !channel)) {
    step_block(frame, blocks, state.block, -1);
  } else if (key == "]" || (key == "ArrowRight" && !channel)) {
    step_block(frame, blocks, state.block, 1);
  } else if (key == "ArrowLeft" || key == "ArrowRight") {
    step_channel(frame, block, key == "ArrowRight" ? 1 : -1);
  } else if (key == "Enter" && !channel) {
    choose_channel(frame, chosen, block.order.front());
  } else if (channel && (key == "PageUp" || key == "PageDown")) {
    nudge_gate(frame, block, key == "PageUp" ? kKeyStep : -kKeyStep);
  } else {
    return press_letter(frame, state, chosen, key);
  }
  return true;
}

Table table(const Frame& frame, const State& state) {
  Table result;
  result.columns = {"block", "channel", "squeeze", "gate", "gate after override"};
  const std::vector<SeBlock> blocks = se_blocks(frame.graph);
  if (blocks.empty()) return result;
  const SeBlock& chosen = blocks[chosen_block(frame, blocks, state.block)];
  const Block block = block_of(frame, {.order = Order::channel}, chosen);
  const auto number = [](float value) { return TableCell(static_cast<double>(value)); };
  for (int channel = 0; channel < block.count(); ++channel) {
    result.rows.push_back({name_of(chosen), TableCell(static_cast<double>(channel)),
                           number(block.mean(channel)), number(block.own_gate(channel)),
                           number(block.gate(channel))});
  }
  return result;
}

}  // namespace lens::squeeze_excite
