#include "views/cell.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "ui/text.h"
#include "views/cell_parts.h"
#include "views/describe.h"
#include "views/silence.h"

namespace lens::cell {

namespace {

// What the channel says where nothing is read: its bias after the activation.
float resting_value(const Frame& frame, NodeId id, int channel) {
  const Snapshot& shown = *frame.shown();
  if (!has_weights(frame.graph.node(id).op)) return 0;
  const float bias = shown.model->weights().of(id).bias[static_cast<std::size_t>(channel)];
  return activate(effective_activation(frame.graph, id, shown.interventions), bias);
}

// The cell in which the photo says most: farthest from the channel's resting value.
Pin telling_cell(const Frame& frame, NodeId id, int channel) {
  const TensorView output = frame.shown()->output(id);
  const float resting = resting_value(frame, id, channel);
  Pin best{id, 0, 0};
  float most = -1;
  for (int y = 0; y < output.shape.h; ++y) {
    for (int x = 0; x < output.shape.w; ++x) {
      const float magnitude = std::fabs(output.at(y, x, channel) - resting);
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

}  // namespace

Place place_shown(const Frame& frame, const State& state) {
  const NodeId id = frame.selection.node;
  const int channel = channel_shown(frame);
  if (state.pointed.node == id) return {id, state.pointed.y, state.pointed.x, channel};
  const Pin* pin = pinned(frame, id);
  const Pin cell = pin ? *pin : telling_cell(frame, id, channel);
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
  const bool bent = std::fabs(why.preactivation) < 3;
  const bool hard = activation == Activation::hard_swish || activation == Activation::hard_sigmoid;
  if (hard && !bent) {
    const bool swish = activation == Activation::hard_swish;
    if (why.preactivation < 0) return "The sum is −3 or less, so " + name + " makes it zero.";
    return "The sum is 3 or more, so " + name + (swish ? " lets it pass unchanged." : " says 1.");
  }
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
  const bool nothing = std::all_of(why.terms.begin(), why.terms.end(),
                                   [](const Term& term) { return term.product == 0; });
  if (nothing) return "Nothing but zeros is read here: the bias alone speaks.";
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
  draw_maps(frame, state, place, why, scale);
  ImGui::Dummy({1, theme.px(2)});
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 size = {room.x, room.y - equation_height(theme) - ui::takeaway_height(theme, 2, 0)};
  reads_window(node) ? draw_window(frame, place, why, size)
                     : draw_recipe(frame, state, place, why, size);
  draw_equation(frame, place, why);
  const Activation activation = effective_activation(frame.graph, place.node, shown.interventions);
  ui::takeaway(theme, takeaway(node, activation, why));
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
    state.chosen = {};
    return true;
  }
  if (node.op == Op::input) return false;
  const Place place = place_shown(frame, state);
  if (key == "x") {
    toggle_silence(frame, place.node, place.channel);
    return true;
  }
  if (!reads_window(node) && press_recipe(frame, state, place, key)) return true;
  // A layer of one value per channel has no cells to walk over.
  const bool sideways = key == "ArrowRight" || key == "ArrowLeft";
  if (key == "Shift+ArrowRight" || key == "Shift+ArrowLeft" || (sideways && node.out.h == 1)) {
    const int step = key.ends_with("Right") ? 1 : -1;
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
