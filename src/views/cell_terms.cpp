#include "views/cell_terms.h"

#include <algorithm>
#include <cmath>

#include "engine/padding.h"
#include "ui/color.h"
#include "ui/text.h"
#include "ui/tile_grid.h"
#include "views/describe.h"

namespace lens::cell {

namespace {

// What stands in the cells of a grid: a number per tap, none where the window reads padding.
struct Taps {
  int side;
  std::vector<std::optional<float>> values;

  explicit Taps(int kernel)
      : side(kernel), values(static_cast<std::size_t>(kernel) * static_cast<std::size_t>(kernel)) {}

  std::optional<float>& at(int ky, int kx) {
    return values[static_cast<std::size_t>(ky * side + kx)];
  }
};

struct WindowGrids {
  Taps patch;
  Taps kernel;
  Taps products;
};

ui::Mapping mapping_of_magnitudes(const Explanation& why, float Term::*number) {
  float most = 0;
  for (const Term& term : why.terms) most = std::max(most, std::fabs(term.*number));
  return ui::mapping_for(-most, most, ui::ScaleChoice::diverging);
}

// The terms of one input channel, laid out as the kernel is.
WindowGrids grids_of(const Frame& frame, const Place& place, const Explanation& why, int channel) {
  const Node& node = frame.graph.node(place.node);
  const Shape in = frame.graph.input_shape(place.node);
  const int top = same_window(place.y, in.h, node.kernel, node.stride).origin;
  const int left = same_window(place.x, in.w, node.kernel, node.stride).origin;
  WindowGrids grids{Taps(node.kernel), Taps(node.kernel), Taps(node.kernel)};
  for (const Term& term : why.terms) {
    if (term.channel != channel) continue;
    const int ky = term.y - top;
    const int kx = term.x - left;
    grids.patch.at(ky, kx) = term.input;
    grids.kernel.at(ky, kx) = term.weight;
    grids.products.at(ky, kx) = term.product;
  }
  return grids;
}

void draw_tap(const ui::Theme& theme, ImVec2 min, ImVec2 max, std::optional<float> value,
              const ui::Mapping& mapping) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (!value) {
    draw->AddRectFilled(min, max, theme.color().sunken);
    ui::hatch(draw, min, max, theme.color().strong_line, theme.px(8), theme.px(1));
    return;
  }
  ImU32 ground = 0;
  ui::map_colors(mapping, {&*value, 1}, &ground);
  draw->AddRectFilled(min, max, ground);
  if (max.x - min.x < theme.px(34)) return;  // too small for a number: the colour alone
  const bool wide = max.x - min.x >= theme.px(54);
  const double number = static_cast<double>(*value) + 0.0;  // no "-0.000"
  const std::string text = ui::format(wide ? "%.3f" : "%.2f", number);
  const float height = ui::text_size(theme.small, text).y;
  ui::draw_text(draw, theme.small, {(min.x + max.x) / 2, (min.y + max.y - height) / 2},
                ui::ink_on(ground), text, 0.5f);
}

void draw_taps(const ui::Theme& theme, ImVec2 at, ImVec2 cell, const Taps& taps,
               const ui::Mapping& mapping) {
  for (int ky = 0; ky < taps.side; ++ky) {
    for (int kx = 0; kx < taps.side; ++kx) {
      const ImVec2 min = {at.x + static_cast<float>(kx) * cell.x,
                          at.y + static_cast<float>(ky) * cell.y};
      const ImVec2 max = {min.x + cell.x - theme.px(1), min.y + cell.y - theme.px(1)};
      draw_tap(theme, min, max, taps.values[static_cast<std::size_t>(ky * taps.side + kx)],
               mapping);
    }
  }
}

}  // namespace

void draw_kernel(const Frame& frame, const Place& place, const Explanation& why, float side) {
  const int kernel = frame.graph.node(place.node).kernel;
  const WindowGrids grids = grids_of(frame, place, why, place.channel);
  const float cell = std::min(side / static_cast<float>(kernel), frame.theme.px(30));
  draw_taps(frame.theme, ImGui::GetCursorScreenPos(), {cell, cell}, grids.kernel,
            mapping_of_magnitudes(why, &Term::weight));
  const float extent = cell * static_cast<float>(kernel);
  ImGui::Dummy({extent, extent});
}

void draw_window(Frame& frame, const Place& place, const Explanation& why, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(place.node);
  std::vector<int> channels = {place.channel};
  if (node.op == Op::conv) {
    channels.resize(static_cast<std::size_t>(frame.graph.input_shape(place.node).c));
    for (std::size_t c = 0; c < channels.size(); ++c) channels[c] = static_cast<int>(c);
  }
  const NodeId from = node.inputs[0];
  const NodeStats& stats = frame.stats.of(*frame.shown(), from);
  const ui::Mapping mappings[] = {ui::mapping_for(stats.lowest, stats.highest),
                                  mapping_of_magnitudes(why, &Term::weight),
                                  mapping_of_magnitudes(why, &Term::product)};
  static constexpr const char* kTitles[] = {"What it reads", "×  its weights", "=  products"};
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float names = channels.size() > 1 ? theme.px(48) : 0;
  const float gap = theme.px(22);
  const float title = ui::text_size(theme.small, "x").y + theme.px(3);
  const auto rows = static_cast<float>(channels.size());
  const auto kernel = static_cast<float>(node.kernel);
  const float row = (size.y - title) / rows;
  const ImVec2 cell = {std::min(theme.px(64), ((size.x - names - 2 * gap) / 3) / kernel),
                       std::min(theme.px(44), (row - theme.px(5)) / kernel)};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (std::size_t r = 0; r < channels.size(); ++r) {
    const WindowGrids grids = grids_of(frame, place, why, channels[r]);
    const Taps* parts[] = {&grids.patch, &grids.kernel, &grids.products};
    const float y = origin.y + title + static_cast<float>(r) * row;
    if (names > 0) {
      ui::draw_text(draw, theme.small, {origin.x, y}, theme.color().secondary,
                    channel_name(frame, frame.graph.node(from), channels[r]));
    }
    for (int part = 0; part < 3; ++part) {
      const float x = origin.x + names + static_cast<float>(part) * (cell.x * kernel + gap);
      draw_taps(theme, {x, y}, cell, *parts[part], mappings[part]);
      if (r > 0) continue;
      ui::draw_text(draw, theme.small, {x, origin.y}, theme.color().secondary, kTitles[part]);
    }
  }
  ImGui::Dummy(size);
}

namespace {

struct RecipeLook {
  float width;   // of one column
  float height;  // of one row
  float most;    // the largest magnitude that a bar shows
  TermOrder order;
};

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
  const MapScale scale = map_scale(frame, term.from, layer);
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

void go_to(Frame& frame, const Term& term) {
  frame.selection.node = term.from;
  frame.selection.channel = term.channel;
  frame.selection.pin = {term.from, term.y, term.x};
}

void draw_term(Frame& frame, const Term& term, const RecipeLook& look) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(frame.selection.node);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool clicked = ImGui::InvisibleButton("term", {look.width, look.height});
  if (ImGui::IsItemHovered()) {
    draw->AddRectFilled(at, {at.x + look.width, at.y + look.height}, theme.color().hover);
    frame.hover = {term.from, term.channel, term.y, term.x};
    ui::tooltip(theme, frame.graph.node(term.from).name + ", " + term_name(frame, node, term),
                "Click to take that value apart");
  }
  draw_thumbnail(frame, term, {at.x, at.y + theme.px(1)}, look.height - theme.px(3));
  const float text = at.y + (look.height - ui::text_size(theme.small, "x").y) / 2;
  const float numbers = at.x + look.width - theme.px(70);
  const std::string product =
      ui::format("%.3f × %.3f = %.3f", static_cast<double>(term.input),
                 static_cast<double>(term.weight), static_cast<double>(term.product));
  const float used =
      ui::draw_text(draw, theme.small, {numbers, text}, theme.color().text, product, 1);
  const float left = at.x + look.height + theme.px(6);
  ui::draw_text(
      draw, theme.small, {left, text}, theme.color().text,
      ui::fitted(theme.small, term_name(frame, node, term), numbers - used - left - theme.px(6)));
  const float value = look.order == TermOrder::product ? term.product : term.weight;
  draw_bar(theme, {numbers + theme.px(8), at.y + look.height * 0.25f},
           {at.x + look.width - theme.px(4), at.y + look.height * 0.75f},
           look.most > 0 ? value / look.most : 0);
  if (clicked) go_to(frame, term);
}

}  // namespace

void draw_recipe(Frame& frame, const State& state, const Explanation& why, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const std::vector<Term> terms = in_order(why.terms, state.order);
  if (terms.empty()) return ImGui::Dummy(size);
  const float gap = theme.px(18);
  const bool by_product = state.order == TermOrder::product;
  const RecipeLook look = {.width = (size.x - gap - theme.px(14)) / 2,
                           .height = theme.px(26),
                           .most = std::fabs(by_product ? terms[0].product : terms[0].weight),
                           .order = state.order};
  ImGui::BeginChild("recipe", size);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  const int count = static_cast<int>(terms.size());
  ImGuiListClipper clipper;
  clipper.Begin((count + 1) / 2, look.height);
  while (clipper.Step()) {
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      for (int i = 2 * row; i < std::min(count, 2 * row + 2); ++i) {
        if (i % 2 == 1) ImGui::SameLine(0, gap);
        ImGui::PushID(i);
        draw_term(frame, terms[static_cast<std::size_t>(i)], look);
        ImGui::PopID();
      }
    }
  }
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

namespace {

// One number of the equation over its name.
struct Piece {
  std::string text;
  std::string name;
  std::string sign;  // after it
};

std::string number(float value) {
  return ui::value(static_cast<double>(value));
}

std::vector<Piece> weighted_pieces(const Frame& frame, const Place& place, const Explanation& why) {
  double products = 0;
  for (const Term& term : why.terms) products += static_cast<double>(term.product);
  const Activation activation =
      effective_activation(frame.graph, place.node, frame.shown()->interventions);
  const std::string count = ui::grouped(static_cast<int>(why.terms.size()));
  return {
      {ui::value(products), "sum of " + count + " products", "+"},
      {number(why.bias), "bias", "="},
      {number(why.preactivation), "sum", "→  " + std::string(activation_name(activation)) + "  →"}};
}

std::vector<Piece> pieces_of(const Frame& frame, const Place& place, const Explanation& why) {
  const Node& node = frame.graph.node(place.node);
  const std::string count = ui::grouped(static_cast<int>(why.terms.size()));
  switch (node.op) {
    case Op::conv:
    case Op::depthwise:
    case Op::dense:
      return weighted_pieces(frame, place, why);
    case Op::add:
      return {{number(why.terms[0].input), "this block", "+"},
              {number(why.terms[1].input), "what came in", "="}};
    case Op::channel_scale:
      return {{number(why.terms[0].input), "value", "×"},
              {number(why.terms[0].weight), "gate of the channel", "="}};
    case Op::global_pool:
      return {{number(why.sum), "sum over the map", "÷"}, {count, "positions", "="}};
    case Op::softmax:
      return {{number(why.terms[static_cast<std::size_t>(place.channel)].product),
               "exponential of logit − largest", "÷"},
              {number(why.sum), "sum of all " + count, "="}};
    case Op::input:
      return {};
  }
  return {};
}

}  // namespace

void draw_equation(const Frame& frame, const Place& place, const Explanation& why) {
  const ui::Theme& theme = frame.theme;
  std::vector<Piece> pieces = pieces_of(frame, place, why);
  if (why.overridden && !pieces.empty()) pieces.back().sign += "  what-if  →";
  pieces.push_back({number(why.value), "value", ""});
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui::text_size(theme.title, "0").y;
  const float pad = theme.px(10);
  float x = at.x;
  for (const Piece& piece : pieces) {
    const bool last = &piece == &pieces.back();
    const float width = std::max(ui::text_size(theme.title, piece.text).x,
                                 ui::text_size(theme.small, piece.name).x);
    const ImVec2 max = {x + width + 2 * pad, at.y + height + theme.px(26)};
    draw->AddRectFilled({x, at.y}, max, theme.color().sunken, theme.px(6));
    if (last) draw->AddRect({x, at.y}, max, theme.color().accent, theme.px(6), 0, theme.px(2));
    const float middle = (x + max.x) / 2;
    ui::draw_text(draw, theme.title, {middle, at.y + theme.px(3)}, theme.color().text, piece.text,
                  0.5f);
    ui::draw_text(draw, theme.small, {middle, at.y + height + theme.px(5)}, theme.color().secondary,
                  piece.name, 0.5f);
    x = max.x + pad;
    if (last) break;
    x += ui::draw_text(draw, theme.strong, {x, at.y + theme.px(14)}, theme.color().text,
                       piece.sign) +
         pad;
  }
  ImGui::Dummy({1, height + theme.px(30)});
}

}  // namespace lens::cell
