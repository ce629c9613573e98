// Measured time against multiply-adds, layer by layer.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/cost_charts.h"
#include "views/cost_header.h"
#include "views/cost_rows.h"
#include "views/describe.h"

namespace lens::cost_charts {

namespace {

using cost_table::Row;

std::vector<Row> measured_rows(const Frame& frame) {
  std::vector<Row> rows = cost_table::layer_rows(frame);
  const auto empty = [](const Row& row) { return row.cost.macs == 0 || row.ms <= 0; };
  rows.erase(std::remove_if(rows.begin(), rows.end(), empty), rows.end());
  return rows;
}

struct Range {
  double low = 1e300;
  double high = 0;

  void take(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

// Where all layers would lie that run at one speed: its ends on the plot.
struct SpeedLine {
  ImVec2 from;
  ImVec2 to;
  bool at_right = false;  // it leaves the plot at the right edge, not at the top
};

std::optional<SpeedLine> speed_line(const ui::Plot& plot, const ui::Axis& x, const ui::Axis& y,
                                    double gmacs) {
  const double per_ms = gmacs * 1e6;
  const double from = std::max(x.low, y.low * per_ms);
  const double to = std::min(x.high, y.high * per_ms);
  if (from >= to) return std::nullopt;
  return SpeedLine{plot.at(from, from / per_ms), plot.at(to, to / per_ms), to >= x.high * 0.999};
}

// The label's corner at one end of the line, inside the plot.
ImVec2 label_corner(const ui::Theme& theme, const SpeedLine& line, bool upper, ImVec2 size) {
  const float gap = theme.px(4);
  if (!upper) return {line.from.x + gap, line.from.y - size.y - gap};
  return {line.to.x - size.x - gap, line.to.y + (line.at_right ? gap : theme.px(2))};
}

bool covers_dot(const std::vector<Row>& rows, const ui::Plot& plot, ImVec2 corner, ImVec2 size,
                float radius) {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
    const ImVec2 at = plot.at(static_cast<double>(row.cost.macs), row.ms);
    return at.x > corner.x - radius && at.x < corner.x + size.x + radius &&
           at.y > corner.y - radius && at.y < corner.y + size.y + radius;
  });
}

// Named at the end where it covers no layer.
void draw_speed_line(const ui::Theme& theme, const ui::Plot& plot, const std::vector<Row>& rows,
                     const SpeedLine& line, double gmacs) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddLine(line.from, line.to, ui::with_alpha(theme.color().strong_line, 0.6f), theme.px(1));
  const std::string text = ui::format("%g GMAC/s", gmacs);
  const ImVec2 size = ui::text_size(theme.small, text);
  for (const bool upper : {true, false}) {
    const ImVec2 corner = label_corner(theme, line, upper, size);
    const bool inside = corner.y > plot.min().y && corner.y + size.y < plot.max().y &&
                        corner.x + size.x < plot.max().x;
    if (!inside || covers_dot(rows, plot, corner, size, theme.px(6))) continue;
    ui::draw_text(draw, theme.small, corner, theme.color().secondary, text);
    return;
  }
}

int nearest_row(const std::vector<Row>& rows, const ui::Plot& plot, float reach) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  int best = -1;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ImVec2 at = plot.at(static_cast<double>(rows[i].cost.macs), rows[i].ms);
    const float distance = std::hypot(at.x - mouse.x, at.y - mouse.y);
    if (distance >= reach) continue;
    reach = distance;
    best = static_cast<int>(i);
  }
  return best;
}

void draw_points(Frame& frame, const std::vector<Row>& rows, const ui::Plot& plot) {
  const ui::Theme& theme = frame.theme;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const int hovered = plot.hovered() ? nearest_row(rows, plot, theme.px(20)) : -1;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const Node& node = frame.graph.node(row.first);
    const ui::PlotPoint point = {static_cast<double>(row.cost.macs), row.ms};
    plot.dot(point, role_color(theme, node), node.op == Op::depthwise ? 6.0f : 4.5f);
    if (frame.selection.node == row.first || static_cast<int>(i) == hovered) {
      draw->AddCircle(plot.at(point.x, point.y), theme.px(9), theme.color().accent, 0, theme.px(2));
    }
  }
  if (hovered < 0) return;
  const Row& row = rows[static_cast<std::size_t>(hovered)];
  frame.hover.node = row.first;
  ui::tooltip(theme,
              row.name + ": " + ui::grouped(row.cost.macs) + " MACs in " +
                  ui::format("%.3f ms, %.1f GMAC/s", row.ms, row.gmacs_per_second()),
              summary(frame.graph.node(row.first)));
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) frame.selection.node = row.first;
}

void legend(const ui::Theme& theme) {
  const ui::Meaning& c = theme.role();
  const std::pair<ImU32, const char*> entries[] = {
      {c.depthwise, "depthwise"}, {c.pointwise, "1×1, expansion"},      {c.project, "projection"},
      {c.standard, "standard"},   {c.squeeze_excite, "squeeze-excite"}, {c.head, "head"}};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui::text_size(theme.small, "0").y;
  const float width = ImGui::GetContentRegionAvail().x;
  for (const auto& [color, text] : entries) {
    draw->AddCircleFilled({at.x + theme.px(5), at.y + height / 2}, theme.px(4.5f), color);
    at.x += theme.px(26) + ui::draw_text(draw, theme.small, {at.x + theme.px(13), at.y},
                                         theme.color().secondary, text);
  }
  ImGui::Dummy({width, height});
}

std::string takeaway(const std::vector<Row>& rows, const Graph& graph) {
  Row depthwise;
  Row pointwise;
  for (const Row& row : rows) {
    const Node& node = graph.node(row.first);
    if (node.op != Op::depthwise && !is_pointwise(node)) continue;
    Row& sum = node.op == Op::depthwise ? depthwise : pointwise;
    sum.cost += row.cost;
    sum.ms += row.ms;
  }
  const double slow = depthwise.gmacs_per_second();
  const double fast = pointwise.gmacs_per_second();
  if (slow <= 0 || fast <= 0) return "";
  const char* say = fast > slow
                        ? "A depthwise MAC takes %.1f times as long as one of a 1×1 "
                          "convolution: %.1f against %.1f GMAC/s. MACs alone are not time."
                        : "On this machine depthwise layers keep up: a MAC takes %.1f times "
                          "as long as in a 1×1 convolution, at %.1f against %.1f GMAC/s.";
  char text[256];
  std::snprintf(text, sizeof text, say, fast / slow, slow, fast);
  return text;
}

}  // namespace

void draw_speed(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  if (!frame.now) {
    ui::wrapped(theme.body, theme.color().text,
                "Open a photo: its run gives the times of the layers.");
    return;
  }
  cost_table::draw_measuring(frame);
  legend(theme);
  const std::vector<Row> rows = measured_rows(frame);
  Range macs;
  Range ms;
  for (const Row& row : rows) {
    macs.take(static_cast<double>(row.cost.macs));
    ms.take(row.ms);
  }
  const ui::Axis x = {"multiply-adds of the layer", macs.low / 1.5, macs.high * 1.6, true};
  const ui::Axis y = {"ms", ms.low / 1.5, ms.high * 1.6, true};
  const float height = ImGui::GetContentRegionAvail().y - ui::takeaway_height(theme, 2, 2);
  if (rows.size() > 1) {
    const ui::Plot plot(theme, "speed", {ImGui::GetContentRegionAvail().x, height}, x, y);
    for (const double gmacs : {0.1, 1.0, 10.0, 100.0}) {
      const std::optional<SpeedLine> line = speed_line(plot, x, y, gmacs);
      if (line) draw_speed_line(theme, plot, rows, *line, gmacs);
    }
    draw_points(frame, rows, plot);
  }
  ui::takeaway(
      theme, frame.timing ? takeaway(rows, frame.graph) : cost_table::not_measured(),
      "Both axes logarithmic. Layers on one slanted line run equally fast; higher is slower.");
}

}  // namespace lens::cost_charts
