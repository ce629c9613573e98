#include "views/published.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/color.h"
#include "ui/label_placer.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"

namespace lens::published {

namespace {

constexpr float kRadius = 5;  // px at 1280

bool shown(const State& state, const Point& point) {
  return belongs(*point.result, state.sources) && point.printed(state.axis) > 0;
}

// Versions are told apart by the mark's form: V1 round, V2 square, V3 a triangle, others a cross.
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

ui::Axis x_axis(const State& state) {
  double low = 1e9;
  double high = 0;
  for (const Point& point : state.points) {
    if (!shown(state, point)) continue;
    for (const double value : {point.printed(state.axis), point.counted_on(state.axis)}) {
      if (value <= 0) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  const char* titles[] = {"millions of multiply-adds (MACs)", "millions of parameters",
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
      result.x = static_cast<double>(total.macs) / 1e6;
      result.text = "on the screen: " + ui::format("%.1f M", result.x);
      break;
    case Axis::parameters:
      result.x = static_cast<double>(total.weights) / 1e6;
      result.text = "on the screen: " + ui::format("%.2f M", result.x);
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
  const ImVec2 from = plot.at(point.printed(state.axis), point.result->top1);
  const ImVec2 to = plot.at(point.counted_on(state.axis), point.result->top1);
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
    const ImVec2 at = plot.at(point.printed(state.axis), point.result->top1);
    const float distance = std::hypot(at.x - mouse.x, at.y - mouse.y);
    if (distance >= reach) continue;
    reach = distance;
    best = static_cast<int>(i);
  }
  return best;
}

void draw_labels(const State& state, const ui::Plot& plot, const ui::Theme& theme) {
  ui::LabelPlacer placer(plot.min(), plot.max());
  for (const Point& point : state.points) {
    if (shown(state, point)) {
      placer.keep_free(plot.at(point.printed(state.axis), point.result->top1), theme.px(kRadius));
    }
  }
  std::vector<std::string_view> written;
  for (const Point& point : state.points) {
    if (!shown(state, point)) continue;
    // The same network at nearly the same place needs its name once.
    const std::string_view name = point.result->name;
    if (std::find(written.begin(), written.end(), name) != written.end()) continue;
    const ImVec2 centre = plot.at(point.printed(state.axis), point.result->top1);
    const auto at = placer.place(centre, theme.px(kRadius), ui::text_size(theme.small, name));
    if (!at) continue;
    ui::draw_text(ImGui::GetWindowDrawList(), theme.small, *at, theme.color().text, name);
    written.push_back(name);
  }
}

void draw_here(const Frame& frame, const State& state, const ui::Plot& plot) {
  const ui::Theme& theme = frame.theme;
  const Here place = here(frame, state);
  if (place.x <= 0) return;
  const ImU32 color = theme.color().accent;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float x = std::clamp(plot.x(place.x), plot.min().x, plot.max().x);
  const ImVec2 at = {x, plot.y(place.top1)};
  draw->AddLine({x, plot.min().y}, {x, plot.max().y}, ui::with_alpha(color, 0.45f), theme.px(1.5f));
  draw->AddCircle(at, theme.px(9), color, 0, theme.px(2));
  const float width = ui::text_size(theme.small, place.text).x + theme.px(6);
  const bool fits = x + width < plot.max().x;
  ui::draw_text(draw, theme.small, {fits ? x + theme.px(5) : x - theme.px(5), plot.min().y}, color,
                place.text, fits ? 0.0f : 1.0f);
}

std::string amounts(const Point& point, Axis axis, const char* pattern, const char* unit) {
  const double printed = point.printed(axis);
  if (printed <= 0) return "";
  std::string text = ", " + ui::format("%g", printed) + unit;
  if (point.disagrees(axis)) {
    text += " (counted here: " + ui::format(pattern, point.counted_on(axis)) + " M)";
  }
  return text;
}

std::string in_words(const Point& point) {
  return ui::format("%.1f %% top-1", point.result->top1) +
         amounts(point, Axis::macs, "%.1f", " M MACs") +
         amounts(point, Axis::parameters, "%.2f", " M parameters") +
         amounts(point, Axis::latency, "%.1f", " ms on a Pixel 1");
}

std::string source_of(const PublishedResult& row) {
  return std::string(row.source->short_name) + " · " + std::string(row.source->date) + " · " +
         std::string(row.source->where);
}

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
  draw_here(frame, state, plot);
  for (const Point& point : state.points) {
    if (shown(state, point)) draw_count(state, point, plot, theme);
  }
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < state.points.size(); ++i) {
    const Point& point = state.points[i];
    if (!shown(state, point)) continue;
    const bool ours = !point.result->model.empty();
    const bool lit = static_cast<int>(i) == hovered || static_cast<int>(i) == state.chosen;
    const ImU32 color =
        lit ? theme.color().accent : (ours ? theme.color().text : theme.color().secondary);
    mark(draw, plot.at(point.printed(state.axis), point.result->top1), point.result->name,
         theme.px(lit ? kRadius + 2 : kRadius), color, true);
  }
  draw_labels(state, plot, theme);
  if (hovered >= 0) {
    const Point& point = state.points[static_cast<std::size_t>(hovered)];
    ui::tooltip(theme, std::string(point.result->name) + ": " + in_words(point),
                source_of(*point.result));
  }
}

void switches(const ui::Theme& theme, State& state) {
  const std::array<std::string, 3> axes = {"MACs", "Parameters", "Latency"};
  const int axis = ui::segmented(theme, "axis", axes, static_cast<int>(state.axis));
  if (axis >= 0) state.axis = static_cast<Axis>(axis);
  ImGui::SameLine(0, theme.px(16));
  const std::array<std::string, 3> sources = {"Papers", "Releases", "All"};
  const int source = ui::segmented(theme, "sources", sources, static_cast<int>(state.sources));
  if (source >= 0) state.sources = static_cast<Sources>(source);
}

void legend(const ui::Theme& theme) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui::text_size(theme.small, "0").y;
  const float width = ImGui::GetContentRegionAvail().x;

  struct Entry {
    const char* form;
    const char* text;
    bool filled;
  };

  for (const Entry& entry :
       {Entry{"V1", "V1", true}, Entry{"V2", "V2", true}, Entry{"V3", "V3", true},
        Entry{"", "others", true}, Entry{"V1", "counted here, where it disagrees", false}}) {
    const ImVec2 centre = {at.x + theme.px(6), at.y + height / 2};
    const ImU32 color = entry.filled ? theme.color().text : theme.role().head;
    mark(draw, centre, entry.form, theme.px(kRadius), color, entry.filled);
    at.x += theme.px(16) +
            ui::draw_text(draw, theme.small, {at.x + theme.px(15), at.y}, theme.color().secondary,
                          entry.text) +
            theme.px(14);
  }
  ImGui::Dummy({width, height});
}

// The chosen point; before one is chosen, what the whole chart says.
void words(const Frame& frame, const State& state) {
  const ui::Theme& theme = frame.theme;
  if (state.chosen >= 0) {
    const Point& point = state.points[static_cast<std::size_t>(state.chosen)];
    ui::wrapped(theme.body, theme.color().text,
                std::string(point.result->name) + ": " + in_words(point) + ".");
    ui::wrapped(theme.small, theme.color().secondary, source_of(*point.result));
    return;
  }
  int disagreeing = 0;
  for (const Point& point : state.points) {
    if (point.disagrees(Axis::macs) || point.disagrees(Axis::parameters)) ++disagreeing;
  }
  const std::string text =
      state.axis == Axis::latency
          ? "The same V2 on the same Pixel 1 is printed as 75, 73.8 and 64 ms: latency belongs to "
            "a "
            "model, its kernels and a date."
          : ui::format("Of %d printed results, %d disagree with a count of the network.",
                       static_cast<int>(state.points.size()), disagreeing);
  ui::wrapped(theme.body, theme.color().text, text);
  ui::wrapped(theme.small, theme.color().secondary,
              "Point at a mark, or walk with ← and →, for its numbers and source. Accuracies are "
              "the papers', none is measured here.");
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  if (state.points.empty()) state.points = points();
  ui::label(theme.title, theme.color().text, "What did each network's accuracy cost?");
  switches(theme, state);
  legend(theme);
  draw_plot(frame, state, ImGui::GetContentRegionAvail().y - theme.px(66));
  words(frame, state);
}

bool press(State& state, std::string_view key) {
  if (key == "x" || key == "X") {
    state.axis = static_cast<Axis>((static_cast<int>(state.axis) + 1) % 3);
  } else if (key == "s" || key == "S") {
    state.sources = static_cast<Sources>((static_cast<int>(state.sources) + 1) % 3);
  } else if (key == "Escape" && state.chosen >= 0) {
    state.chosen = -1;
  } else if (key == "ArrowRight" || key == "ArrowLeft") {
    const int count = static_cast<int>(state.points.size());
    const int by = key == "ArrowRight" ? 1 : count - 1;
    for (int i = 0; i < count; ++i) {
      state.chosen = (std::max(state.chosen, by == 1 ? -1 : 0) + by) % count;
      if (shown(state, state.points[static_cast<std::size_t>(state.chosen)])) break;
    }
  } else {
    return false;
  }
  return true;
}

}  // namespace lens::published
