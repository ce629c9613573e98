// Where channels are mixed: the terms as a list, the strongest first, each with the map that it
// comes from.
#include <algorithm>
#include <cmath>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/tile_grid.h"
#include "views/cell_parts.h"

namespace lens::cell {

namespace {

constexpr float kText = 270;  // of a row's picture, name and numbers, px at 1280

struct RecipeLook {
  float width;   // of one column
  float height;  // of one row
  float bar;     // width of one bar
  float most;    // the largest magnitude that a bar shows
  TermOrder order;
  std::span<const Term> all;
};

// Other operations have no weights of their own to sort by.
TermOrder shown_order(const Frame& frame, const State& state) {
  const bool weighted = has_weights(frame.graph.node(frame.selection.node).op);
  return weighted ? state.order : TermOrder::product;
}

void draw_bar(const ui::Theme& theme, ImVec2 min, ImVec2 max, float part) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float middle = (min.x + max.x) / 2;
  const float end = middle + (max.x - min.x) / 2 * part;
  const ImU32 color = ui::color_at(ui::ColorScale::diverging, part < 0 ? 0.15f : 0.85f);
  draw->AddRectFilled({std::min(middle, end), min.y}, {std::max(middle, end), max.y}, color);
  draw->AddLine({middle, min.y - theme.px(2)}, {middle, max.y + theme.px(2)},
                theme.color().strong_line);
}

void draw_thumbnail(const Frame& frame, const Term& term, ImVec2 min, float side) {
  MapScaleState layer;
  const MapScale scale = scale_of_one(frame, term.from, layer);
  const Shape& shape = frame.graph.node(term.from).out;
  ui::draw_tile(ImGui::GetWindowDrawList(), map_texture(frame, term.from, scale),
                ui::atlas_for(shape), term.channel, min, {min.x + side, min.y + side});
}

std::string term_name(const Frame& frame, const Node& node, const Term& term) {
  const Node& from = frame.graph.node(term.from);
  if (node.op == Op::add) return from.name;
  if (node.op == Op::global_pool) return ui::format("row %d, column %d", term.y, term.x);
  return channel_name(frame, from, term.channel);
}

// In a row of the list, beside numbers that take what room there is.
std::string short_name(const Frame& frame, const Node& node, const Term& term) {
  const bool channels = node.op != Op::add && node.op != Op::global_pool && node.op != Op::softmax;
  return channels ? short_channel_name(frame, frame.graph.node(term.from), term.channel)
                  : term_name(frame, node, term);
}

void go_to(Frame& frame, const Term& term) {
  frame.selection.node = term.from;
  frame.selection.channel = term.channel;
  frame.selection.pin = {term.from, term.y, term.x};
}

// What the keys have chosen looks as if pointed at, in a frame.
void mark_chosen(Frame& frame, const Term& term, ImVec2 min, ImVec2 max) {
  const ui::Theme& theme = frame.theme;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, theme.color().hover);
  draw->AddRect(min, max, theme.color().accent, theme.px(3), 0, theme.px(2));
  if (frame.hover.node == kNoNode) frame.hover = {term.from, term.channel, term.y, term.x};
}

void draw_term(Frame& frame, const Term& term, const RecipeLook& look, bool chosen) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(frame.selection.node);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 end = {at.x + look.width, at.y + look.height};
  const bool clicked = ImGui::InvisibleButton("term", {look.width, look.height});
  if (chosen) mark_chosen(frame, term, at, end);
  if (ImGui::IsItemHovered()) {
    draw->AddRectFilled(at, end, theme.color().hover);
    frame.hover = {term.from, term.channel, term.y, term.x};
    ui::tooltip(theme, frame.graph.node(term.from).name + ", " + term_name(frame, node, term),
                "Click to take that value apart");
  }
  const float line = ui::text_size(theme.small, "x").y;
  const float text = at.y + (look.height - line) / 2;
  // Each term of a pool reads the one map that is drawn above.
  const bool pictured = node.op != Op::global_pool;
  if (pictured) draw_thumbnail(frame, term, {at.x, at.y + theme.px(1)}, look.height - theme.px(3));
  const float left = at.x + (pictured ? look.height + theme.px(6) : 0);
  const float numbers = at.x + look.width - look.bar - theme.px(10);
  const float used = ui::draw_text(draw, theme.small, {numbers, text}, theme.color().text,
                                   arithmetic(node, term, look.all), 1);
  ui::draw_text(
      draw, theme.small, {left, text}, theme.color().text,
      ui::fitted(theme.small, short_name(frame, node, term), numbers - used - left - theme.px(6)));
  const float value = look.order == TermOrder::product ? term.product : term.weight;
  draw_bar(theme, {numbers + theme.px(10), at.y + look.height * 0.25f},
           {at.x + look.width - theme.px(4), at.y + look.height * 0.75f},
           look.most > 0 ? value / look.most : 0);
  if (clicked) go_to(frame, term);
}

}  // namespace

std::string arithmetic(const Node& node, const Term& term, std::span<const Term> all) {
  const double input = static_cast<double>(term.input);
  const double product = static_cast<double>(term.product);
  switch (node.op) {
    case Op::add:
      return ui::format("%.3f", input);
    case Op::global_pool:
      return ui::format("%.3f ÷ %d = %.3f", input, static_cast<int>(all.size()), product);
    case Op::softmax: {
      const auto smaller = [](const Term& a, const Term& b) { return a.input < b.input; };
      const float largest = std::max_element(all.begin(), all.end(), smaller)->input;
      return ui::format("e^(%.2f − %.2f) = %.4f", input, static_cast<double>(largest), product);
    }
    case Op::conv:
    case Op::depthwise:
    case Op::dense:
    case Op::channel_scale:
    case Op::input:
      break;
  }
  return ui::format("%.3f × %.3f = %.3f", input, static_cast<double>(term.weight), product);
}

namespace {

void choose_order(const ui::Theme& theme, State& state) {
  const std::string orders[] = {"Largest products", "Largest weights"};
  const int clicked = ui::segmented(theme, "terms", orders, static_cast<int>(state.order));
  if (clicked < 0) return;
  state.order = static_cast<TermOrder>(clicked);
  state.chosen = {};
}

// Two terms to a row; the list shows whole rows, wherever it stands.
void scroll_to_chosen(ChosenTerm& chosen, float row_height) {
  if (!chosen.scroll || chosen.rank < 0) return;
  chosen.scroll = false;
  const int above = static_cast<int>(ImGui::GetWindowHeight() / row_height) / 2;
  const int top = std::max(0, chosen.rank / 2 - above);
  ImGui::SetScrollY(static_cast<float>(top) * row_height);
}

}  // namespace

void draw_recipe(Frame& frame, State& state, const Place& place, const Explanation& why,
                 ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  if (has_weights(frame.graph.node(frame.selection.node).op)) {
    choose_order(theme, state);
    size.y -= ImGui::GetFrameHeightWithSpacing();
  }
  if (!(state.chosen.place == place)) state.chosen = {};
  const TermOrder order = shown_order(frame, state);
  const std::vector<Term> terms = in_order(why.terms, order);
  if (terms.empty()) return ImGui::Dummy(size);
  const float gap = theme.px(18);
  const bool by_product = order == TermOrder::product;
  const float width = (size.x - gap - theme.px(14)) / 2;
  const RecipeLook look = {.width = width,
                           .height = theme.px(26),
                           .bar = std::clamp(width - theme.px(kText), theme.px(56), theme.px(160)),
                           .most = std::fabs(by_product ? terms[0].product : terms[0].weight),
                           .order = order,
                           .all = terms};
  const ImVec2 below = {ImGui::GetCursorPosX(), ImGui::GetCursorPosY() + size.y};
  // Whole rows: half a line of text above the equation is hard to read.
  size.y = std::floor(size.y / look.height) * look.height;
  ImGui::BeginChild("recipe", size);
  scroll_to_chosen(state.chosen, look.height);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  const int count = static_cast<int>(terms.size());
  ImGuiListClipper clipper;
  clipper.Begin((count + 1) / 2, look.height);
  while (clipper.Step()) {
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      for (int i = 2 * row; i < std::min(count, 2 * row + 2); ++i) {
        if (i % 2 == 1) ImGui::SameLine(0, gap);
        ImGui::PushID(i);
        draw_term(frame, terms[static_cast<std::size_t>(i)], look, i == state.chosen.rank);
        ImGui::PopID();
      }
    }
  }
  ImGui::PopStyleVar();
  ImGui::EndChild();
  ImGui::SetCursorPos(below);
}

bool press_recipe(Frame& frame, State& state, const Place& place, std::string_view key) {
  ChosenTerm& chosen = state.chosen;
  if (!(chosen.place == place)) chosen = {place, -1, false};
  const bool page = key == "PageDown" || key == "PageUp";
  if (!page && (key != "Enter" || chosen.rank < 0)) return false;
  const Explanation why = explain_cell(*frame.shown(), place.node, place.y, place.x, place.channel);
  if (why.terms.empty()) return false;
  if (page) {
    const int last = static_cast<int>(why.terms.size()) - 1;
    chosen.rank = std::clamp(chosen.rank + (key == "PageDown" ? 1 : -1), 0, last);
    chosen.scroll = true;
    return true;
  }
  const std::vector<Term> terms = in_order(why.terms, shown_order(frame, state));
  go_to(frame, terms[static_cast<std::size_t>(chosen.rank)]);
  return true;
}

}  // namespace lens::cell
