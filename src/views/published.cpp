#include "views/published.h"

#include <algorithm>
#include <array>

#include "ui/text.h"
#include "ui/widgets.h"
#include "views/published_chart.h"

namespace lens::published {

bool shown(const State& state, const Point& point) {
  return belongs(*point.result, state.sources) && point.printed(state.axis) > 0;
}

namespace {

std::string amounts(const Point& point, Axis axis, const char* pattern, const char* unit) {
  const double printed = point.printed(axis);
  if (printed <= 0) return "";
  std::string text = ", " + ui::format("%g", printed) + unit;
  if (point.disagrees(axis)) {
    text += " (counted here: " + ui::format(pattern, point.counted_on(axis)) + " M)";
  }
  return text;
}

// V3's tables print three phones.
std::string later_pixels(const PublishedResult& row) {
  if (row.pixel2_ms <= 0) return "";
  return ui::format(", %g on a Pixel 2, %g on a Pixel 3", row.pixel2_ms, row.pixel3_ms);
}

}  // namespace

std::string in_words(const Point& point) {
  return ui::format("%.1f %% top-1", point.result->top1) +
         amounts(point, Axis::macs, "%.1f", " M MACs") +
         amounts(point, Axis::parameters, "%.2f", " M parameters") +
         amounts(point, Axis::latency, "%.1f", " ms on a Pixel 1") + later_pixels(*point.result);
}

std::string source_of(const PublishedResult& row) {
  return std::string(row.source->short_name) + " · " + std::string(row.source->date) + " · " +
         std::string(row.source->where);
}

namespace {

void switches(const ui::Theme& theme, State& state) {
  const std::array<std::string, 3> axes = {"MACs", "Parameters", "Latency"};
  const int axis = ui::segmented(theme, "axis", axes, static_cast<int>(state.axis));
  if (axis >= 0) state.axis = static_cast<Axis>(axis);
  ImGui::SameLine(0, theme.px(16));
  const std::array<std::string, 3> sources = {"Papers", "Releases", "All"};
  const int source = ui::segmented(theme, "sources", sources, static_cast<int>(state.sources));
  if (source >= 0) state.sources = static_cast<Sources>(source);
}

void legend(const ui::Theme& theme, Axis axis) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui::text_size(theme.small, "0").y;
  const float width = ImGui::GetContentRegionAvail().x;

  const ui::Palette& c = theme.color();

  struct Entry {
    const char* form;
    const char* text;
    ImU32 color;
    bool filled;
  };

  for (const Entry& entry :
       {Entry{"V1", "V1", c.text, true}, Entry{"V2", "V2", c.text, true},
        Entry{"V3", "V3", c.text, true}, Entry{"", "others", c.secondary, true},
        Entry{"V1", "grey: not built here", c.secondary, true},
        Entry{"V1", "counted here, where it disagrees", theme.role().head, false}}) {
    if (!entry.filled && axis == Axis::latency) continue;  // no count has a time
    const ImVec2 centre = {at.x + theme.px(6), at.y + height / 2};
    mark(draw, centre, entry.form, theme.px(kRadius), entry.color, entry.filled);
    at.x += theme.px(16) +
            ui::draw_text(draw, theme.small, {at.x + theme.px(15), at.y}, c.secondary, entry.text) +
            theme.px(14);
  }
  ImGui::Dummy({width, height});
}

const Point* find_shown(const State& state, std::string_view name) {
  for (const Point& point : state.points) {
    if (point.result->name == name && shown(state, point)) return &point;
  }
  return nullptr;
}

// From the first version to the largest of the last: what was won, and what it costs.
std::string progress(const State& state) {
  if (state.axis == Axis::latency) {
    return "The same V2 on the same Pixel 1 is printed as 75, 73.8 and 64 ms: latency belongs to a "
           "model, its kernels and a date.";
  }
  const Point* first = find_shown(state, "V1");
  const Point* last = find_shown(state, "V3-Large");
  if (!first || !last) return "";
  const char* unit = state.axis == Axis::macs ? "MACs" : "parameters";
  return ui::format("From V1 to V3-Large: %.1f → %.1f %% top-1, with %g → %g M %s.",
                    first->result->top1, last->result->top1, first->printed(state.axis),
                    last->printed(state.axis), unit);
}

// Nothing counted here has a time to disagree with.
std::string disagreements(const State& state) {
  if (state.axis == Axis::latency) return "";
  const auto count =
      std::count_if(state.points.begin(), state.points.end(), [](const Point& point) {
        return point.disagrees(Axis::macs) || point.disagrees(Axis::parameters);
      });
  return ui::format("%d of %d printed results disagree with a count of the network. ",
                    static_cast<int>(count), static_cast<int>(state.points.size()));
}

// The chosen point; before one is chosen, what the whole chart says.
void words(const Frame& frame, const State& state) {
  const ui::Theme& theme = frame.theme;
  if (state.chosen >= 0) {
    const Point& point = state.points[static_cast<std::size_t>(state.chosen)];
    return ui::takeaway(theme, std::string(point.result->name) + ": " + in_words(point) + ".",
                        source_of(*point.result));
  }
  ui::takeaway(theme, progress(state),
               disagreements(state) +
                   "Point at a mark, or walk with ← and →, for its numbers and "
                   "source. No accuracy is measured here.");
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  if (state.points.empty()) state.points = points();
  ui::label(theme.title, theme.color().text, "What did each network's accuracy cost?");
  switches(theme, state);
  legend(theme, state.axis);
  draw_plot(frame, state, ImGui::GetContentRegionAvail().y - ui::takeaway_height(theme, 2, 2));
  words(frame, state);
}

bool press(State& state, std::string_view key) {
  if (key == "x") {
    state.axis = static_cast<Axis>((static_cast<int>(state.axis) + 1) % 3);
  } else if (key == "s") {
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
