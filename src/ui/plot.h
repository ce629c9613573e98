// A chart's frame: two axes with ticks in round numbers, and the way from data to the page. What
// stands in it is drawn by the caller with ImGui's draw list, or by the few marks below.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ui/theme.h"

namespace lens::ui {

struct Axis {
  std::string title = {};  // with its unit; may be empty
  double low = 0;
  double high = 1;
  bool logarithmic = false;  // then low must be above 0
  bool numbers = true;       // ticks and their numbers
  float least_room = 0;      // px for a vertical axis's numbers
};

// What the numbers of a vertical axis take: given to all as least_room, charts that stand one above
// the other begin at one line.
float number_room(const Theme& theme, const Axis& axis);

// Ticks of an axis: round numbers (1, 2 or 5 times a power of ten; powers of ten, and 2 and 5 times
// them where few, on a logarithmic one), about `wanted` of them, within [low, high].
std::vector<double> ticks(const Axis& axis, int wanted);

// As a tick is labelled: "0.25", "40", "1.5 M".
std::string tick_text(double value);

// low and high for values in [lowest, highest], widened to the next ticks; 0 included when
// `from_zero`.
Axis axis_over(std::string title, double lowest, double highest, bool from_zero = true);

struct PlotPoint {
  double x = 0;
  double y = 0;
};

class Plot {
 public:
  // Takes `size` at ImGui's cursor and draws the axes into the current window.
  Plot(const Theme& theme, const char* id, ImVec2 size, Axis x, Axis y);

  float x(double value) const;
  float y(double value) const;

  ImVec2 at(double vx, double vy) const { return {x(vx), y(vy)}; }

  // Where the marks go: inside the axes.
  ImVec2 min() const { return min_; }

  ImVec2 max() const { return max_; }

  bool hovered() const { return hovered_; }

  // The data under the pointer.
  PlotPoint pointed() const;

  void line(std::span<const PlotPoint> points, ImU32 color, float thickness = 2) const;
  void dot(PlotPoint point, ImU32 color, float radius = 4) const;
  // A bar from zero (or the axis's low end) to `to`, over [from_x, to_x].
  void bar(double from_x, double to_x, double to, ImU32 color) const;
  // A labelled line across the plot at a value of y.
  void level(double value, ImU32 color, std::string_view text) const;

 private:
  void draw_axes() const;

  const Theme& theme_;
  ImDrawList* draw_;
  Axis x_;
  Axis y_;
  ImVec2 min_;
  ImVec2 max_;
  bool hovered_ = false;
};

}  // namespace lens::ui
