#include "views/cell.h"

#include <algorithm>
#include <cmath>

#include "engine/padding.h"
#include "ui/text.h"
#include "views/cell_terms.h"
#include "views/describe.h"
#include "views/large_map.h"
#include "views/silence.h"

namespace lens::cell {

namespace {

constexpr float kMapSide = 150;

Pin strongest_cell(const TensorView& output, NodeId id, int channel) {
  Pin best{id, 0, 0};
  float most = -1;
  for (int y = 0; y < output.shape.h; ++y) {
    for (int x = 0; x < output.shape.w; ++x) {
      const float magnitude = std::fabs(output.at(y, x, channel));
      if (magnitude <= most) continue;
      most = magnitude;
      best = {id, y, x};
    }
  }
  return best;
}

int channel_shown(const Frame& frame) {
  if (frame.selection.channel >= 0) return frame.selection.channel;
  return frame.stats.of(*frame.shown(), frame.selection.node).strongest_channel;
}

bool reads_window(const Node& node) {
  return (node.op == Op::conv || node.op == Op::depthwise) && node.kernel > 1;
}

// The cells that a window reads, on the map of the node's first input.
Box window_of(const Frame& frame, const Place& place) {
  const Node& node = frame.graph.node(place.node);
  if (!reads_window(node)) return {place.y, place.x, place.y + 1, place.x + 1};
  const Shape in = frame.graph.input_shape(place.node);
  const int y = same_window(place.y, in.h, node.kernel, node.stride).origin;
  const int x = same_window(place.x, in.w, node.kernel, node.stride).origin;
  return {y, x, y + node.kernel, x + node.kernel};
}

}  // namespace

Place place_shown(const Frame& frame, const State& state) {
  const NodeId id = frame.selection.node;
  const int channel = channel_shown(frame);
  if (state.pointed.node == id) return {id, state.pointed.y, state.pointed.x, channel};
  const Pin* pin = pinned(frame, id);
  const Pin cell = pin ? *pin : strongest_cell(frame.shown()->output(id), id, channel);
  return {id, cell.y, cell.x, channel};
}

std::vector<Term> in_order(std::vector<Term> terms, TermOrder order) {
  const auto key = [&](const Term& term) {
    return std::fabs(order == TermOrder::product ? term.product : term.weight);
  };
  std::stable_sort(terms.begin(), terms.end(),
                   [&](const Term& a, const Term& b) { return key(a) > key(b); });
  return terms;
}

namespace {

// How many of the largest products make up at least half of the sum of all magnitudes.
int terms_of_half(const Explanation& why) {
  double all = 0;
  for (const Term& term : why.terms) all += std::fabs(static_cast<double>(term.product));
  double sum = 0;
  int count = 0;
  for (const Term& term : in_order(why.terms, TermOrder::product)) {
    if (sum >= all / 2) break;
    sum += std::fabs(static_cast<double>(term.product));
    ++count;
  }
  return count;
}

std::string activation_takeaway(Activation activation, const Explanation& why) {
  const bool relu = activation == Activation::relu || activation == Activation::relu6;
  const std::string name(activation_name(activation));
  if (relu && why.preactivation < 0) {
    return "The sum is negative, so " + name + " makes it zero: what it said is lost here.";
  }
  if (activation == Activation::relu6 && why.preactivation > 6) {
    return "The sum is above 6, so ReLU6 clips it.";
  }
  if (activation == Activation::none) return "Linear: the sum passes on as it is, even below zero.";
  if (relu) return "The sum is positive, so " + name + " lets it pass unchanged.";
  return name + " bends the sum to " + ui::value(static_cast<double>(why.value)) + ".";
}

}  // namespace

std::string takeaway(const Node& node, Activation activation, const Explanation& why) {
  if (why.overridden) return "Set by the what-if: the arithmetic tells what it would have been.";
  if (node.op == Op::add) return "A residual: the block adds a correction to what came in.";
  if (node.op == Op::channel_scale) return "One gate scales the whole map of this channel.";
  if (node.op == Op::global_pool) return "The whole map becomes one number: its mean.";
  if (node.op == Op::softmax) return "Exponentials, scaled so that all classes add up to 1.";
  const bool empty = std::all_of(why.terms.begin(), why.terms.end(),
                                 [](const Term& term) { return term.weight == 0; });
  if (empty) return "All weights are zero: this channel says the same on every photo.";
  const int total = static_cast<int>(why.terms.size());
  return ui::format("%d of %d products make up half of the sum of magnitudes. ", terms_of_half(why),
                    total) +
         activation_takeaway(activation, why);
}

namespace {

void channel_steps(Frame& frame, int channel) {
  const ui::Theme& theme = frame.theme;
  const int count = frame.graph.node(frame.selection.node).out.c;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(10), theme.px(3)});
  if (ui::button(theme, "←##previous")) {
    frame.selection.channel = (channel + count - 1) % count;
  }
  ImGui::SameLine(0, theme.px(4));
  if (ui::button(theme, "→##next")) frame.selection.channel = (channel + 1) % count;
  ImGui::SameLine(0, theme.px(4));
  silence_button(frame, channel);
  ImGui::SameLine(0, theme.px(4));
  if (ui::button(theme, "All maps (Esc)")) frame.selection.view = "feature_maps";
  ImGui::PopStyleVar();
}

void header(Frame& frame, const Place& place, const Explanation& why) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(place.node);
  ui::label(theme.title, theme.color().text,
            "Where does " + ui::value(static_cast<double>(why.value)) + " come from?");
  std::string where = node.name + "  ·  " + channel_name(frame, node, place.channel);
  if (node.out.h > 1) where += ui::format("  ·  row %d, column %d", place.y, place.x);
  ui::label(theme.body, theme.color().secondary, where + "  ·  " + operation(node));
  channel_steps(frame, place.channel);
}

// A map under its name; the cell under the pointer.
MapEvent named_map(Frame& frame, const std::string& name, const LargeMap& map) {
  ImGui::BeginGroup();
  ui::label(frame.theme.small, frame.theme.color().secondary,
            ui::fitted(frame.theme.small, name, map.side + frame.theme.px(36)));
  const MapEvent event = large_map(frame.theme, map);
  ImGui::EndGroup();
  return event;
}

void between(const ui::Theme& theme, const char* sign, float side) {
  ImGui::SameLine(0, theme.px(12));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ui::draw_text(ImGui::GetWindowDrawList(), theme.title, {at.x, at.y + side / 2},
                theme.color().secondary, sign);
  ImGui::Dummy({ui::text_size(theme.title, sign).x, 1});
  ImGui::SameLine(0, theme.px(12));
}

// The strongest term's map (of a depthwise layer: its only one) with the window on it.
void input_map(Frame& frame, const Place& place, const Term& term) {
  const float side = frame.theme.px(kMapSide);
  const Node& from = frame.graph.node(term.from);
  if (from.out.h == 1) return;
  MapScaleState own;
  const MapScale scale = map_scale(frame, term.from, own);
  const std::string name = from.name + ", " + channel_name(frame, from, term.channel);
  const bool whole = frame.graph.node(place.node).op == Op::global_pool;
  const Box box = whole ? Box{0, 0, from.out.h, from.out.w} : window_of(frame, place);
  const MapEvent event = named_map(frame, name,
                                   {.id = "input map",
                                    .texture = map_texture(frame, term.from, scale),
                                    .shape = from.out,
                                    .channel = term.channel,
                                    .side = side,
                                    .marked = box});
  if (event.hovered()) frame.hover = {term.from, term.channel, event.y, event.x};
  between(frame.theme, frame.graph.node(place.node).op == Op::depthwise ? "×" : "→", side);
}

void output_map(Frame& frame, State& state, const Place& place, MapScaleState& scale) {
  const float side = frame.theme.px(kMapSide);
  const MapLayer layer = map_layer(frame, scale);
  const bool off = is_silenced(frame.interventions, place.node, place.channel);
  const LargeMap map = {.id = "output map",
                        .texture = layer.texture,
                        .shape = layer.output.shape,
                        .channel = place.channel,
                        .side = side,
                        .marked = Box{place.y, place.x, place.y + 1, place.x + 1},
                        .crossed = off};
  const MapEvent event = named_map(frame, layer.node.name, map);
  state.pointed = event.hovered() ? Pin{place.node, event.y, event.x} : Pin{};
  if (event.clicked) {
    frame.selection.pin = state.pointed;
    frame.selection.channel = place.channel;
  }
}

void hint(const ui::Theme& theme) {
  ImGui::SameLine(0, theme.px(20));
  ImGui::BeginGroup();
  ui::wrapped(theme.small, theme.color().secondary,
              "Point at the right map to take any of its values apart; click to keep it. Arrow "
              "keys move it, with Shift they change channel and layer.");
  ImGui::EndGroup();
}

void pixel_itself(const Frame& frame) {
  ui::label(frame.theme.title, frame.theme.color().text,
            "A pixel of the photo: nothing to explain");
  ui::label(frame.theme.body, frame.theme.color().secondary,
            "Choose a layer on the left; the first one that computes is the stem.");
}

}  // namespace

void draw(Frame& frame, State& state, MapScaleState& scale) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(frame.selection.node);
  if (node.op == Op::input) return pixel_itself(frame);
  const Place place = place_shown(frame, state);
  const Snapshot& shown = *frame.shown();
  const Explanation why = explain_cell(shown, place.node, place.y, place.x, place.channel);
  header(frame, place, why);
  if (!why.terms.empty()) input_map(frame, place, in_order(why.terms, TermOrder::product)[0]);
  if (node.op == Op::depthwise) {
    ImGui::BeginGroup();
    ui::label(theme.small, theme.color().secondary, "Its kernel");
    draw_kernel(frame, place, why, theme.px(kMapSide * 0.6f));
    ImGui::EndGroup();
    between(theme, "=", theme.px(kMapSide));
  }
  output_map(frame, state, place, scale);
  hint(theme);
  ImGui::Dummy({1, theme.px(2)});
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 size = {room.x, room.y - theme.px(112)};
  if (reads_window(node)) {
    draw_window(frame, place, why, size);
  } else {
    const std::string orders[] = {"Largest products", "Largest weights"};
    const int clicked = ui::segmented(theme, "terms", orders, static_cast<int>(state.order));
    if (clicked >= 0) state.order = static_cast<TermOrder>(clicked);
    draw_recipe(frame, state, why, {size.x, size.y - ImGui::GetFrameHeightWithSpacing()});
  }
  draw_equation(frame, place, why);
  const Activation activation = effective_activation(frame.graph, place.node, shown.interventions);
  ui::wrapped(theme.body, theme.color().text, takeaway(node, activation, why));
  // Nothing else under the pointer: the inspector tells of this value.
  if (frame.hover.node == kNoNode) frame.hover = {place.node, place.channel, place.y, place.x};
}

bool press(Frame& frame, State& state, std::string_view key) {
  const Node& node = frame.graph.node(frame.selection.node);
  if (key == "Escape") {
    frame.selection.view = "feature_maps";
    return true;
  }
  if (key == "s") {
    state.order = state.order == TermOrder::product ? TermOrder::weight : TermOrder::product;
    return true;
  }
  if (node.op == Op::input) return false;
  const Place place = place_shown(frame, state);
  if (key == "x") {
    toggle_silence(frame, place.node, place.channel);
    return true;
  }
  if (key == "Shift+ArrowRight" || key == "Shift+ArrowLeft") {
    const int step = key == "Shift+ArrowRight" ? 1 : -1;
    frame.selection.channel = (place.channel + step + node.out.c) % node.out.c;
    return true;
  }
  if (!key.starts_with("Arrow") || node.out.h == 1) return false;
  const int down = key == "ArrowDown" ? 1 : key == "ArrowUp" ? -1 : 0;
  const int right = key == "ArrowRight" ? 1 : key == "ArrowLeft" ? -1 : 0;
  state.pointed = {};  // the pointer rests, the keys move on
  frame.selection.pin = {place.node, std::clamp(place.y + down, 0, node.out.h - 1),
                         std::clamp(place.x + right, 0, node.out.w - 1)};
  frame.selection.channel = place.channel;
  return true;
}

Table table(const Frame& frame, const State& state) {
  Table table{{"reads", "y", "x", "channel", "input", "weight", "product"}, {}};
  if (frame.graph.node(frame.selection.node).op == Op::input) return table;
  const Place place = place_shown(frame, state);
  const Explanation why = explain_cell(*frame.shown(), place.node, place.y, place.x, place.channel);
  for (const Term& term : why.terms) {
    std::vector<TableCell> row = {frame.graph.node(term.from).name};
    for (const int index : {term.y, term.x, term.channel}) {
      row.emplace_back(static_cast<double>(index));
    }
    for (const float number : {term.input, term.weight, term.product}) {
      row.emplace_back(static_cast<double>(number));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace lens::cell
