#include "ui/plot.h"

#include <algorithm>
#include <cmath>

#include "ui/text.h"
#include "ui/widgets.h"

namespace lens::ui {

namespace {

// 1, 2 or 5 times a power of ten: the smallest that is not below `step`.
double round_step(double step) {
  const double power = std::pow(10.0, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= step * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

std::vector<double> multiples(const Axis& axis, double step) {
  std::vector<double> result;
  const double first = std::ceil(axis.low / step - 1e-9);
  for (double k = first; k * step <= axis.high + step * 1e-9; ++k) result.push_back(k * step);
  return result;
}

std::vector<double> linear_ticks(const Axis& axis, int wanted) {
  double step = round_step((axis.high - axis.low) / std::max(1, wanted));
  std::vector<double> result = multiples(axis, step);
  // One number alone says nothing of an axis: 20 between 1 and 32.
  while (result.size() < 2) {
    step = round_step(step / 2.5);
    result = multiples(axis, step);
  }
  return result;
}

std::vector<double> logarithmic_ticks(const Axis& axis, int wanted) {
  // Three to a decade, unless they would stand closer than one and a half to each place.
  const bool few = 3 * std::log10(axis.high / axis.low) <= 1.5 * wanted;
  std::vector<double> result;
  const double last = std::log10(axis.high);
  for (double exponent = std::floor(std::log10(axis.low)); exponent <= last; ++exponent) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      const double tick = factor * std::pow(10.0, exponent);
      const bool inside = tick >= axis.low * (1 - 1e-9) && tick <= axis.high * (1 + 1e-9);
      if (inside && (few || factor == 1.0)) result.push_back(tick);
    }
  }
  return result;
}

double position(const Axis& axis, double value) {
  if (!axis.logarithmic) return (value - axis.low) / (axis.high - axis.low);
  return std::log(std::max(value, axis.low) / axis.low) / std::log(axis.high / axis.low);
}

double value_at(const Axis& axis, double part) {
  if (!axis.logarithmic) return axis.low + part * (axis.high - axis.low);
  return axis.low * std::pow(axis.high / axis.low, part);
}

}  // namespace

std::vector<double> ticks(const Axis& axis, int wanted) {
  if (!(axis.high > axis.low)) return {axis.low};
  return axis.logarithmic ? logarithmic_ticks(axis, wanted) : linear_ticks(axis, wanted);
}

std::string tick_text(double value) {
  const double size = std::fabs(value);
  if (size >= 1e3) {
    const bool thousands = size < 1e6;
    const bool millions = size < 1e9;
    const double unit = thousands ? 1e3 : millions ? 1e6 : 1e9;
    return format("%.4g %s", value / unit, thousands ? "k" : millions ? "M" : "G");
  }
  return format("%.4g", size < 1e-12 ? 0.0 : value);
}

Axis axis_over(std::string title, double lowest, double highest, bool from_zero) {
  Axis axis{std::move(title), from_zero ? std::min(0.0, lowest) : lowest, highest};
  if (!(axis.high > axis.low)) axis.high = axis.low + 1;
  const double step = round_step((axis.high - axis.low) / 4);
  axis.low = std::floor(axis.low / step + 1e-9) * step;
  axis.high = std::ceil(axis.high / step - 1e-9) * step;
  return axis;
}

float number_room(const Theme& theme, const Axis& axis) {
  float room = std::max(axis.least_room, theme.px(4));
  if (!axis.numbers) return room;
  for (const double tick : ticks(axis, 5)) {
    room = std::max(room, text_size(theme.small, tick_text(tick)).x + theme.px(8));
  }
  return room;
}

Plot::Plot(const Theme& theme, const char* id, ImVec2 size, Axis x, Axis y)
    : theme_(theme), draw_(ImGui::GetWindowDrawList()), x_(std::move(x)), y_(std::move(y)) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float text = text_size(theme.small, "0").y;
  const float left = number_room(theme, y_);
  const float top = y_.title.empty() ? theme.px(6) : text + theme.px(6);
  const float bottom =
      (x_.numbers ? text + theme.px(4) : theme.px(2)) + (x_.title.empty() ? 0 : text + theme.px(2));
  min_ = {corner.x + left, corner.y + top};
  max_ = {corner.x + size.x - theme.px(8), corner.y + size.y - bottom};
  ImGui::InvisibleButton(id, size);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  hovered_ = ImGui::IsItemHovered() && mouse.x >= min_.x && mouse.x <= max_.x &&
             mouse.y >= min_.y && mouse.y <= max_.y;
  draw_axes();
}

void Plot::draw_axes() const {
  const Palette& c = theme_.color();
  const float text = text_size(theme_.small, "0").y;
  const int across = std::max(2, static_cast<int>((max_.x - min_.x) / theme_.px(72)));
  // Numbers of a logarithmic axis stand closer together at one end of a decade: room for more.
  const float apart = theme_.px(y_.logarithmic ? 30.0f : 36.0f);
  const int up = std::max(2, static_cast<int>((max_.y - min_.y) / apart));
  if (y_.numbers) {
    for (const double tick : ticks(y_, up)) {
      draw_->AddLine({min_.x, y(tick)}, {max_.x, y(tick)}, c.line);
      draw_text(draw_, theme_.small, {min_.x - theme_.px(6), y(tick) - text / 2}, c.secondary,
                tick_text(tick), 1);
    }
  }
  if (x_.numbers) {
    for (const double tick : ticks(x_, across)) {
      draw_->AddLine({x(tick), max_.y}, {x(tick), max_.y + theme_.px(3)}, c.strong_line);
      const std::string number = tick_text(tick);
      // The last number ends with the chart.
      const float half = text_size(theme_.small, number).x / 2;
      const float middle = std::min(x(tick), max_.x + theme_.px(8) - half);
      draw_text(draw_, theme_.small, {middle, max_.y + theme_.px(4)}, c.secondary, number, 0.5f);
    }
  }
  draw_->AddLine({min_.x, max_.y}, {max_.x, max_.y}, c.strong_line);
  draw_text(draw_, theme_.small, {min_.x, min_.y - text - theme_.px(4)}, c.secondary, y_.title);
  const float below = max_.y + theme_.px(4) + (x_.numbers ? text + theme_.px(2) : 0);
  draw_text(draw_, theme_.small, {max_.x, below}, c.secondary, x_.title, 1);
}

float Plot::x(double value) const {
  return min_.x + (max_.x - min_.x) * static_cast<float>(position(x_, value));
}

float Plot::y(double value) const {
  return max_.y - (max_.y - min_.y) * static_cast<float>(position(y_, value));
}

PlotPoint Plot::pointed() const {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto part = [](float at, float from, float to) {
    return static_cast<double>((at - from) / (to - from));
  };
  return {value_at(x_, part(mouse.x, min_.x, max_.x)), value_at(y_, part(mouse.y, max_.y, min_.y))};
}

void Plot::line(std::span<const PlotPoint> points, ImU32 color, float thickness) const {
  // Segment by segment: a path's mitres would overshoot at sharp turns.
  draw_->PushClipRect({min_.x, min_.y - theme_.px(3)}, {max_.x, max_.y + theme_.px(1)}, true);
  for (std::size_t i = 1; i < points.size(); ++i) {
    draw_->AddLine(at(points[i - 1].x, points[i - 1].y), at(points[i].x, points[i].y), color,
                   theme_.px(thickness));
  }
  draw_->PopClipRect();
}

void Plot::dot(PlotPoint point, ImU32 color, float radius) const {
  draw_->AddCircleFilled(at(point.x, point.y), theme_.px(radius), color);
}

void Plot::bar(double from_x, double to_x, double to, ImU32 color) const {
  const double base = y_.logarithmic ? y_.low : std::clamp(0.0, y_.low, y_.high);
  const float a = y(base);
  const float b = y(to);
  draw_->AddRectFilled({x(from_x), std::min(a, b)}, {x(to_x), std::max(a, b)}, color);
}

void Plot::level(double value, ImU32 color, std::string_view text) const {
  draw_->AddLine({min_.x, y(value)}, {max_.x, y(value)}, color, theme_.px(1.5f));
  const float height = text_size(theme_.small, text).y;
  draw_text(draw_, theme_.small, {max_.x, y(value) - height - theme_.px(1)}, color, text, 1);
}

}  // namespace lens::ui
