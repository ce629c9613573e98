#include "views/embedding_picture.h"

#include <algorithm>
#include <cmath>

#include "ui/colormap.h"

namespace lens::embedding {

namespace {

// Smaller squares than this have dots too small for their shape to be seen.
constexpr float kLarge = 180;

using demos::EmbeddedPoint;
using demos::Point2;

Point2 place(const EmbeddedPoint& point, Show show) {
  switch (show) {
    case Show::input:
    case Show::input_with_losses:
      return point.input;
    case Show::rescaled:
      return point.rescaled;
    case Show::active_rows:
      return point.active_rows;
  }
  return {};
}

double extent_of(const demos::ReluEmbedding& result, Show show) {
  double extent = 1.1;
  for (const EmbeddedPoint& point : result.points) {
    const Point2 at = place(point, show);
    extent = std::max({extent, std::abs(at.x) * 1.05, std::abs(at.y) * 1.05});
  }
  return extent;
}

struct Map {
  Square square;
  double extent;

  ImVec2 operator()(Point2 point) const {
    const float half = square.side / 2;
    const auto along = [&](double value) { return static_cast<float>(value / extent) * half; };
    return {square.min.x + half + along(point.x), square.min.y + half - along(point.y)};
  }
};

// Neither the light end on a light ground nor the dark end on a dark one.
ImU32 color_along(const ui::Theme& theme, float part) {
  const float position = theme.dark() ? 0.2f + 0.8f * part : 0.85f * part;
  return ui::color_at(ui::ColorScale::sequential, position);
}

// Four vertices instead of a circle's sixteen: with 16-bit indices a window has room for 65,536.
void spot(ImDrawList* draw, ImVec2 at, float half, ImU32 color) {
  draw->AddRectFilled({at.x - half, at.y - half}, {at.x + half, at.y + half}, color);
}

void cross(ImDrawList* draw, ImVec2 at, float half, ImU32 color, float thickness) {
  draw->AddLine({at.x - half, at.y - half}, {at.x + half, at.y + half}, color, thickness);
  draw->AddLine({at.x - half, at.y + half}, {at.x + half, at.y - half}, color, thickness);
}

}  // namespace

Show shown_by(Decoder decoder) {
  return decoder == Decoder::scaled_inverse ? Show::rescaled : Show::active_rows;
}

void draw_points(const ui::Theme& theme, const Square& square, const demos::ReluEmbedding& result,
                 Show show) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 max = {square.min.x + square.side, square.min.y + square.side};
  draw->AddRectFilled(square.min, max, theme.color().sunken, theme.px(6));
  draw->PushClipRect(square.min, max, true);
  const Map map = {square, extent_of(result, show)};
  const bool decoded = show == Show::rescaled || show == Show::active_rows;
  const float radius = std::max(theme.px(1.4f), square.side * 0.009f);
  for (const EmbeddedPoint& point : result.points) {
    if (!decoded) break;
    spot(draw, map(point.input), radius * 0.6f, theme.color().line);
  }
  const bool large = square.side > theme.px(kLarge);
  const float count = static_cast<float>(result.points.size());
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const EmbeddedPoint& point = result.points[i];
    const ImVec2 at = map(place(point, show));
    if (show != Show::input && !point.recoverable) {
      cross(draw, at, radius * 1.4f, theme.color().strong_line, theme.px(1.2f));
    } else {
      const ImU32 color = color_along(theme, static_cast<float>(i) / count);
      large ? draw->AddCircleFilled(at, radius, color, 8) : spot(draw, at, radius, color);
    }
  }
  draw->PopClipRect();
}

ImVec2 place_in(const Square& square, const demos::ReluEmbedding& result, Point2 input) {
  return Map{square, extent_of(result, Show::input)}(input);
}

void outline(const ui::Theme& theme, const Square& square) {
  ImGui::GetWindowDrawList()->AddRect(square.min,
                                      {square.min.x + square.side, square.min.y + square.side},
                                      theme.color().accent, theme.px(6), 0, theme.px(2.5f));
}

}  // namespace lens::embedding
