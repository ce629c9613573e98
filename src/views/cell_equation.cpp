// The last steps from the terms to the value, as the node's operation has them.
#include <algorithm>

#include "ui/text.h"
#include "views/cell_parts.h"
#include "views/describe.h"

namespace lens::cell {

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
  const float bottom = at.y + height + ui::text_size(theme.small, "0").y + theme.px(10);
  const float pad = theme.px(10);
  float x = at.x;
  for (const Piece& piece : pieces) {
    const bool last = &piece == &pieces.back();
    const float width = std::max(ui::text_size(theme.title, piece.text).x,
                                 ui::text_size(theme.small, piece.name).x);
    const ImVec2 max = {x + width + 2 * pad, bottom};
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
  ImGui::Dummy({1, equation_height(theme) - ImGui::GetStyle().ItemSpacing.y});
}

float equation_height(const ui::Theme& theme) {
  return ui::text_size(theme.title, "0").y + ui::text_size(theme.small, "0").y + theme.px(10 + 18);
}

}  // namespace lens::cell
