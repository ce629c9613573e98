#include <algorithm>

#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/squeeze_excite_block.h"

namespace lens::squeeze_excite {

namespace {

struct Strip {
  ImVec2 min;
  ImVec2 max;
};

// Values as bars over a common zero, side by side.
struct Bars {
  std::span<const float> values;
  std::span<const int> order;  // which value stands where; by index when empty
  ImU32 color = 0;
  int lit = -1;  // the value that stands out
};

std::size_t value_at(const Bars& bars, std::size_t place) {
  return bars.order.empty() ? place : static_cast<std::size_t>(bars.order[place]);
}

void draw_bars(const ui::Theme& theme, const Strip& strip, const Bars& bars) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(strip.min, strip.max, theme.color().sunken);
  const auto [lowest, highest] = std::minmax_element(bars.values.begin(), bars.values.end());
  const float low = std::min(0.0f, *lowest);
  const float reach = std::max(*highest, 0.0f) - low;
  if (reach <= 0) return;
  const float scale = (strip.max.y - strip.min.y) / reach;
  const float zero = strip.max.y + low * scale;
  const float step = (strip.max.x - strip.min.x) / static_cast<float>(bars.values.size());
  const float gap = step > 3 ? 1.0f : 0.0f;
  for (std::size_t place = 0; place < bars.values.size(); ++place) {
    const std::size_t at = value_at(bars, place);
    const float x = strip.min.x + static_cast<float>(place) * step;
    const float y = zero - bars.values[at] * scale;
    const bool lit = static_cast<int>(at) == bars.lit;
    draw->AddRectFilled({x, std::min(y, zero)}, {x + std::max(1.0f, step - gap), std::max(y, zero)},
                        lit ? theme.color().accent : bars.color);
  }
  draw->AddLine({strip.min.x, zero}, {strip.max.x, zero}, theme.color().strong_line);
}

// A fully connected layer between two strips: everything above reaches everything below.
void fan(const ui::Theme& theme, const Strip& from, const Strip& to) {
  ImGui::GetWindowDrawList()->AddQuadFilled({from.min.x, from.max.y}, {from.max.x, from.max.y},
                                            {to.max.x, to.min.y}, {to.min.x, to.min.y},
                                            ui::with_alpha(theme.role().squeeze_excite, 0.22f));
}

// The place under the pointer in a strip of `count` values, or -1.
int pointed_at(const Strip& strip, int count) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool inside = ImGui::IsWindowHovered() && mouse.x >= strip.min.x && mouse.x < strip.max.x &&
                      mouse.y >= strip.min.y && mouse.y <= strip.max.y;
  if (!inside) return -1;
  const float part = (mouse.x - strip.min.x) / (strip.max.x - strip.min.x);
  return std::clamp(static_cast<int>(part * static_cast<float>(count)), 0, count - 1);
}

std::string range_text(std::span<const float> values) {
  const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
  return ui::value(static_cast<double>(*lowest)) + " to " +
         ui::value(static_cast<double>(*highest));
}

void draw_squeeze(Frame& frame, const Block& block, const Strip& strip) {
  const ui::Theme& theme = frame.theme;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float text = ui::text_size(theme.small, "0").y + theme.px(3);
  const Shape maps = frame.graph.node(block.nodes.maps).out;
  ui::draw_text(draw, theme.small, {strip.min.x, strip.min.y - text}, theme.color().text,
                ui::format("Squeeze: the mean of each of the %d maps, %d × %d cells", maps.c,
                           maps.h, maps.w));
  ui::draw_text(draw, theme.small, {strip.max.x, strip.min.y - text}, theme.color().secondary,
                range_text(block.squeeze), 1);
  const int lit = block.lit >= 0 ? block.lit : block.channel;
  draw_bars(theme, strip, {block.squeeze, block.order, theme.role().depthwise, lit});
  const int place = pointed_at(strip, block.count());
  if (place < 0) return;
  const int channel = block.order[static_cast<std::size_t>(place)];
  frame.hover = {block.nodes.squeeze, channel, 0, 0};
  channel_tooltip(frame, block, channel, "");
  if (ImGui::IsMouseClicked(0)) choose_channel(frame, block.nodes, channel);
}

void draw_hidden(Frame& frame, const Block& block, const Strip& strip, const Strip& above) {
  const ui::Theme& theme = frame.theme;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const int units = static_cast<int>(block.hidden.size());
  const auto zeros = std::count(block.hidden.begin(), block.hidden.end(), 0.0f);
  const float line = ui::text_size(theme.small, "0").y;
  const float middle = (strip.min.y + strip.max.y) / 2;
  ui::draw_text(draw, theme.small, {above.min.x, middle - line}, theme.color().text,
                ui::format("Fully connected, %d → %d", block.count(), units));
  ui::draw_text(draw, theme.small, {above.min.x, middle}, theme.color().secondary, "then ReLU");
  ui::draw_text(draw, theme.small, {above.max.x, middle - line}, theme.color().text,
                ui::format("%d of %d hidden units are 0", static_cast<int>(zeros), units), 1);
  ui::draw_text(draw, theme.small, {above.max.x, middle}, theme.color().secondary,
                range_text(block.hidden), 1);
  const int place = pointed_at(strip, units);
  draw_bars(theme, strip, {block.hidden, {}, theme.role().squeeze_excite, place});
  if (place < 0) return;
  frame.hover = {block.nodes.reduce, place, 0, 0};
  ui::tooltip(theme, ui::format("Hidden unit %d", place),
              ui::value(static_cast<double>(block.hidden[static_cast<std::size_t>(place)])));
  if (!ImGui::IsMouseClicked(0)) return;
  frame.selection.node = block.nodes.reduce;
  frame.selection.channel = -1;
}

float gate_under_pointer(const State& state) {
  const float y = ImGui::GetIO().MousePos.y;
  return std::clamp((y - state.pulled_from) / (state.pulled_to - state.pulled_from), 0.0f, 1.0f);
}

void pull(Frame& frame, const Block& block, int channel, float gate) {
  if (gate == block.gate(channel) && !frame.selection.before) return;
  std::vector<float> gates(block.gates.begin(), block.gates.end());
  gates[static_cast<std::size_t>(channel)] = gate;
  frame.commands.push_back(
      Intervene{with_gates(frame.interventions, block.nodes.gate, std::move(gates)), true});
}

// Press, pull, let go: a press without a move selects the channel.
void follow_pointer(Frame& frame, State& state, const Block& block, const ui::Plot& plot,
                    int pointed) {
  if (ImGui::IsItemActivated()) {
    state.pulled = pointed;
    state.pulling = false;
    state.pulled_from = plot.y(0);
    state.pulled_to = plot.y(1);
  }
  if (state.pulled >= block.count()) state.pulled = -1;
  if (state.pulled < 0) return;
  if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, frame.theme.px(3))) {
    if (!state.pulling) choose_channel(frame, block.nodes, state.pulled);
    state.pulling = true;
    pull(frame, block, state.pulled, gate_under_pointer(state));
  }
  if (!ImGui::IsItemDeactivated()) return;
  if (state.pulling) {
    // Ends the gesture: the next one is undone by itself.
    frame.commands.push_back(Intervene{{frame.interventions.begin(), frame.interventions.end()}});
  } else {
    choose_channel(frame, block.nodes, state.pulled == block.channel ? -1 : state.pulled);
  }
  state.pulled = -1;
}

void draw_gates(Frame& frame, State& state, const Block& block, float height) {
  const ui::Theme& theme = frame.theme;
  const ui::Plot plot(theme, "gates", {ImGui::GetContentRegionAvail().x, height},
                      {.low = 0, .high = static_cast<double>(block.count()), .numbers = false},
                      {.title = "Gates: hard-sigmoid of the second layer. Pull one up or down"});
  int pointed = -1;
  if (plot.hovered()) {
    const int place = std::clamp(static_cast<int>(plot.pointed().x), 0, block.count() - 1);
    pointed = block.order[static_cast<std::size_t>(place)];
  }
  const int active = state.pulled >= 0 ? state.pulled : pointed;
  follow_pointer(frame, state, block, plot, pointed);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const int lit = block.lit >= 0 ? block.lit : block.channel;
  const double gap = plot.x(1) - plot.x(0) > 3 ? 0.12 : 0;
  for (int place = 0; place < block.count(); ++place) {
    const int channel = block.order[static_cast<std::size_t>(place)];
    const float gate = block.gate(channel);
    const float own = block.own_gate(channel);
    const bool stands_out = channel == lit || channel == active;
    plot.bar(place, place + 1 - gap, static_cast<double>(gate),
             stands_out ? theme.color().accent : theme.role().squeeze_excite);
    if (gate == own) continue;
    // Where the photo itself would have it.
    const float y = plot.y(static_cast<double>(own));
    draw->AddRectFilled({plot.x(place), y - theme.px(1)}, {plot.x(place + 1), y + theme.px(1)},
                        theme.color().text);
  }
  if (active < 0) return;
  frame.hover = {block.nodes.gate, active, 0, 0};
  channel_tooltip(frame, block, active, "Pull to change, click to select");
}

}  // namespace

void channel_tooltip(const Frame& frame, const Block& block, int channel, std::string_view hint) {
  const float gate = block.gate(channel);
  const float own = block.own_gate(channel);
  std::string text = ui::format("squeeze %s, gate %.3f",
                                ui::value(static_cast<double>(block.mean(channel))).c_str(),
                                static_cast<double>(gate));
  if (gate != own) text += ui::format(" (by itself %.3f)", static_cast<double>(own));
  if (!hint.empty()) text += "\n" + std::string(hint);
  ui::tooltip(frame.theme, ui::format("Channel %d", channel), text);
}

void draw_flow(Frame& frame, State& state, const Block& block, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  ImGui::BeginChild("flow", size);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float text = ui::text_size(theme.small, "0").y + theme.px(3);
  // The bars of both ends stand under each other: the chart of the gates has its numbers on the
  // left.
  const float left = at.x + ui::text_size(theme.small, "0.2").x + theme.px(8);
  const float right = at.x + size.x - theme.px(8);
  const float part = static_cast<float>(block.hidden.size()) / static_cast<float>(block.own.size());
  const float half = (right - left) * part / 2;
  const float centre = (left + right) / 2;
  const float top = at.y + text;
  const Strip squeeze = {{left, top}, {right, top + theme.px(40)}};
  const float hidden_top = squeeze.max.y + theme.px(14);
  const Strip hidden = {{centre - half, hidden_top}, {centre + half, hidden_top + theme.px(36)}};
  const float gates_top = hidden.max.y + theme.px(14);
  const Strip gates = {{left, gates_top}, {right, gates_top}};
  fan(theme, squeeze, hidden);
  fan(theme, hidden, gates);
  draw_squeeze(frame, block, squeeze);
  draw_hidden(frame, block, hidden, squeeze);
  ImGui::SetCursorScreenPos({at.x, gates_top});
  // Half a number stands below the axis.
  draw_gates(frame, state, block, at.y + size.y - gates_top - theme.px(7));
  ImGui::EndChild();
}

}  // namespace lens::squeeze_excite
