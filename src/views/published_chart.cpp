#include "views/published_chart.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/color.h"
#include "ui/label_placer.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"

namespace lens::published {

namespace {

constexpr float kRing = 10;  // around the network on the screen, px at 1280

// A printed or counted amount where the axis has it: tables print millions.
double on_axis(Axis axis, double amount) {
  return axis == Axis::latency ? amount : amount * 1e6;
}

ImVec2 place(const ui::Plot& plot, const State& state, const Point& point) {
  return plot.at(on_axis(state.axis, point.printed(state.axis)), point.result->top1);
}

ui::Axis x_axis(const State& state) {
  double low = 1e300;
  double high = 0;
  for (const Point& point : state.points) {
    if (!shown(state, point)) continue;
    for (const double value : {point.printed(state.axis), point.counted_on(state.axis)}) {
      if (value <= 0) continue;
      low = std::min(low, on_axis(state.axis, value));
      high = std::max(high, on_axis(state.axis, value));
    }
  }
  const char* titles[] = {"multiply-adds (MACs)", "parameters",
                          "ms on a Pixel 1, TF-Lite, one big core"};
  return {.title = titles[static_cast<std::size_t>(state.axis)],
          .low = low / 1.4,
          .high = high * 1.5,
          .logarithmic = true};
}

// This browser, or the network that is on the screen, on the axis.
struct Here {
  double x = 0;  // 0: nothing to show
  double top1 = 0;
  std::string text;
};

Here here(const Frame& frame, const State& state) {
  Here result;
  const ShownModel& model = frame.model;
  for (const Point& point : state.points) {
    const PublishedResult& row = *point.result;
    const bool same = row.model == model.entry->id && !row.full_convolutions &&
                      model.variant == Variant{row.width, row.resolution};
    if (same && result.top1 == 0) result.top1 = row.top1;
  }
  if (result.top1 == 0) return result;
  Cost total;
  for (const Cost& cost : frame.costs) total += cost;
  switch (state.axis) {
    case Axis::macs:
      result.x = static_cast<double>(total.macs);
      result.text = "on the screen: " + ui::format("%.1f M", result.x / 1e6);
      break;
    case Axis::parameters:
      result.x = static_cast<double>(total.parameters());
      result.text = "on the screen: " + ui::format("%.2f M", result.x / 1e6);
      break;
    case Axis::latency:
      result.x = frame.run_ms();
      result.text = "you are here: " + ui::milliseconds(result.x) + " ms, not a Pixel";
      break;
  }
  return result;
}

// The line from a printed point to where our count puts it.
void draw_count(const State& state, const Point& point, const ui::Plot& plot,
                const ui::Theme& theme) {
  if (!point.disagrees(state.axis)) return;
  const ImVec2 from = place(plot, state, point);
  const ImVec2 to = plot.at(on_axis(state.axis, point.counted_on(state.axis)), point.result->top1);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImU32 color = theme.role().head;
  draw->AddLine(from, to, color, theme.px(1.5f));
  mark(draw, to, point.result->name, theme.px(kRadius), color, false);
}

int nearest_point(const State& state, const ui::Plot& plot, float reach) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  int best = -1;
  for (std::size_t i = 0; i < state.points.size(); ++i) {
    const Point& point = state.points[i];
    if (!shown(state, point)) continue;
    const ImVec2 at = place(plot, state, point);
    const float distance = std::hypot(at.x - mouse.x, at.y - mouse.y);
    if (distance >= reach) continue;
    reach = distance;
    best = static_cast<int>(i);
  }
  return best;
}

// Neither the count nor the line to it may be written over.
void keep_count_free(const State& state, const Point& point, const ui::Plot& plot,
                     const ui::Theme& theme, ui::LabelPlacer& placer) {
  const ImVec2 from = place(plot, state, point);
  const ImVec2 to = plot.at(on_axis(state.axis, point.counted_on(state.axis)), point.result->top1);
  const float r = theme.px(kRadius);
  placer.keep_free({std::min(from.x, to.x) - r, to.y - r}, {std::max(from.x, to.x) + r, to.y + r});
}

bool is_chosen(const State& state, const Point& point) {
  return state.chosen >= 0 && &point == &state.points[static_cast<std::size_t>(state.chosen)];
}

// As its paper first has it: what this page opens by a version's name.
bool is_a_version(const PublishedResult& row) {
  return !row.model.empty() && !row.full_convolutions && row.width == 1 && row.resolution == 224;
}

// Where room is short, names go first to the chosen point, then to the versions of this page and to
// their variants.
std::vector<const Point*> by_importance(const State& state) {
  std::vector<const Point*> points;
  for (const Point& point : state.points) {
    if (shown(state, point)) points.push_back(&point);
  }
  const auto rank = [&](const Point* point) {
    if (is_chosen(state, *point)) return 0;
    return is_a_version(*point->result) ? 1 : point->result->model.empty() ? 3 : 2;
  };
  std::stable_sort(points.begin(), points.end(),
                   [&](const Point* a, const Point* b) { return rank(a) < rank(b); });
  return points;
}

// What has a name already, and where.
struct Named {
  std::string_view name;
  ImVec2 at;
};

// A name that found no room beside its mark stands farther off, at the end of a line from the
// mark's edge, `radius` from its centre.
void draw_led_label(const ui::Theme& theme, ui::LabelPlacer& placer, ImVec2 centre, float radius,
                    std::string_view name) {
  const ImVec2 size = ui::text_size(theme.small, name);
  for (const float off : {16.0f, 26.0f, 38.0f, 52.0f}) {
    const auto at = placer.place(centre, theme.px(off), size);
    if (!at) continue;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImVec2 end = {std::clamp(centre.x, at->x, at->x + size.x),
                        std::clamp(centre.y, at->y, at->y + size.y)};
    const float inside = radius / std::max(radius, std::hypot(end.x - centre.x, end.y - centre.y));
    const ImVec2 start = {std::lerp(centre.x, end.x, inside), std::lerp(centre.y, end.y, inside)};
    draw->AddLine(start, end, theme.color().strong_line, theme.px(1));
    ui::draw_text(draw, theme.small, *at, theme.color().text, name);
    return;
  }
}

// ring: the centre of the mark of the network on the screen.
void draw_labels(const State& state, const ui::Plot& plot, const ui::Theme& theme,
                 ui::LabelPlacer& placer, std::optional<ImVec2> ring) {
  const std::vector<const Point*> points = by_importance(state);
  for (const Point* point : points) {
    placer.keep_free(place(plot, state, *point), theme.px(kRadius));
    if (point->disagrees(state.axis)) keep_count_free(state, *point, plot, theme, placer);
  }
  std::vector<Named> written;
  for (const Point* point : points) {
    // The same network at nearly the same place needs its name once.
    const std::string_view name = point->result->name;
    const ImVec2 centre = place(plot, state, *point);
    const auto near = [&](const Named& other) {
      return other.name == name &&
             std::hypot(centre.x - other.at.x, centre.y - other.at.y) < theme.px(24);
    };
    if (std::any_of(written.begin(), written.end(), near)) continue;
    const bool ringed = ring && std::hypot(centre.x - ring->x, centre.y - ring->y) < theme.px(9);
    const float radius = theme.px(ringed ? kRing : kRadius);
    written.push_back({name, centre});
    if (const auto at = placer.place(centre, radius, ui::text_size(theme.small, name))) {
      ui::draw_text(ImGui::GetWindowDrawList(), theme.small, *at, theme.color().text, name);
    } else if (!point->result->model.empty() || is_chosen(state, *point)) {
      draw_led_label(theme, placer, centre, radius, name);
    }
  }
}

// The centre of the ring around the network on the screen; nothing where it has no place.
std::optional<ImVec2> draw_here(const Frame& frame, const State& state, const ui::Plot& plot,
                                ui::LabelPlacer& placer) {
  const ui::Theme& theme = frame.theme;
  const Here place = here(frame, state);
  if (place.x <= 0) return std::nullopt;
  const ImU32 color = theme.color().accent;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float x = std::clamp(plot.x(place.x), plot.min().x, plot.max().x);
  const ImVec2 at = {x, plot.y(place.top1)};
  draw->AddLine({x, plot.min().y}, {x, plot.max().y}, ui::with_alpha(color, 0.45f), theme.px(1.5f));
  draw->AddCircle(at, theme.px(kRing - 1), color, 0, theme.px(2));
  const ImVec2 size = ui::text_size(theme.small, place.text);
  const float gap = theme.px(5);
  const bool fits = x + gap + size.x < plot.max().x;
  const float left = fits ? x + gap : x - gap - size.x;
  ui::draw_text(draw, theme.small, {left, plot.min().y}, color, place.text);
  placer.keep_free({left, plot.min().y}, {left + size.x, plot.min().y + size.y});
  placer.keep_free({x - theme.px(1), plot.min().y}, {x + theme.px(1), plot.max().y});
  return at;
}

}  // namespace

void mark(ImDrawList* draw, ImVec2 at, std::string_view name, float r, ImU32 color, bool filled) {
  if (name.substr(0, 2) == "V2") {
    const ImVec2 min = {at.x - r * 0.9f, at.y - r * 0.9f};
    const ImVec2 max = {at.x + r * 0.9f, at.y + r * 0.9f};
    filled ? draw->AddRectFilled(min, max, color) : draw->AddRect(min, max, color, 0, 0, r * 0.3f);
  } else if (name.substr(0, 2) == "V3") {
    const ImVec2 a = {at.x, at.y - r * 1.2f};
    const ImVec2 b = {at.x + r * 1.15f, at.y + r * 0.8f};
    const ImVec2 c = {at.x - r * 1.15f, at.y + r * 0.8f};
    filled ? draw->AddTriangleFilled(a, b, c, color) : draw->AddTriangle(a, b, c, color, r * 0.3f);
  } else if (name.substr(0, 2) == "V1" || name == "Conv MobileNet") {
    filled ? draw->AddCircleFilled(at, r, color) : draw->AddCircle(at, r, color, 0, r * 0.3f);
  } else {
    const float arm = r * 0.7f;
    draw->AddLine({at.x - arm, at.y - arm}, {at.x + arm, at.y + arm}, color, r * 0.4f);
    draw->AddLine({at.x - arm, at.y + arm}, {at.x + arm, at.y - arm}, color, r * 0.4f);
  }
}

namespace {

// Ours over the others, what is pointed at or chosen over all.
void draw_marks(const State& state, const ui::Plot& plot, const ui::Theme& theme, int hovered) {
  const ui::Palette& c = theme.color();
  std::vector<const Point*> lit;
  const auto draw = [&](const Point& point, float radius, ImU32 color) {
    mark(ImGui::GetWindowDrawList(), place(plot, state, point), point.result->name,
         theme.px(radius), color, true);
  };
  for (const bool ours : {false, true}) {
    for (std::size_t i = 0; i < state.points.size(); ++i) {
      const Point& point = state.points[i];
      if (!shown(state, point) || point.result->model.empty() == ours) continue;
      draw(point, kRadius, ours ? c.text : c.secondary);
      if (static_cast<int>(i) == hovered || is_chosen(state, point)) lit.push_back(&point);
    }
  }
  for (const Point* point : lit) draw(*point, kRadius + 2, c.accent);
}

}  // namespace

void draw_plot(Frame& frame, State& state, float height) {
  const ui::Theme& theme = frame.theme;
  double low = 100;
  for (const Point& point : state.points) {
    if (shown(state, point)) low = std::min(low, point.result->top1);
  }
  const ui::Plot plot(theme, "published", {ImGui::GetContentRegionAvail().x, height}, x_axis(state),
                      {.title = "top-1 accuracy on ImageNet, %", .low = low - 2, .high = 77});
  const int hovered = plot.hovered() ? nearest_point(state, plot, theme.px(24)) : -1;
  if (hovered >= 0 && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) state.chosen = hovered;
  ui::LabelPlacer placer(plot.min(), plot.max());
  const std::optional<ImVec2> ring = draw_here(frame, state, plot, placer);
  for (const Point& point : state.points) {
    if (shown(state, point)) draw_count(state, point, plot, theme);
  }
  draw_marks(state, plot, theme, hovered);
  draw_labels(state, plot, theme, placer, ring);
  if (hovered >= 0) {
    const Point& point = state.points[static_cast<std::size_t>(hovered)];
    ui::tooltip(theme, std::string(point.result->name) + ": " + in_words(point),
                source_of(*point.result));
  }
}

}  // namespace lens::published
