// One layer before and after.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/plot.h"
#include "ui/text.h"
#include "ui/tile_grid.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/linear_bottleneck_parts.h"

namespace lens::linear_bottleneck {

namespace {

constexpr int kShownMaps = 16;
constexpr float kNarrowestPlot = 200;  // px at 1280, its numbers included

// Of the largest singular value: below it floats hold little but rounding.
constexpr double kSmallestSingularValue = 1e-6;

// A layer's maps in one of the two states.
struct Side {
  const char* id;
  std::string title;
  TensorView values;
  ui::Beyond beyond;
};

ui::Texture picture(Frame& frame, const Comparison& comparison, const Side& side) {
  const std::string key =
      ui::format("bottleneck/%llu/%d/%d/%s", static_cast<unsigned long long>(comparison.snapshot),
                 comparison.node, static_cast<int>(comparison.activation), side.id);
  return frame.textures.get(key, [&] {
    return ui::paint_atlas(side.values, {&comparison.mapping, 1});
  });
}

void maps_tooltip(const ui::Theme& theme, const Comparison& comparison, const Side& side,
                  int channel) {
  const ui::Mapping& mapping = comparison.mapping;
  std::string text = "Colours of both: " + ui::value(static_cast<double>(mapping.low)) + " to " +
                     ui::value(static_cast<double>(mapping.high)) + ".";
  const double beyond = side.beyond.below + side.beyond.above;
  if (beyond > 0) text += "\n" + ui::percent(beyond) + " of the values lie beyond, and are marked.";
  ui::tooltip(theme, side.title + ui::format(", channel %d", channel), text);
}

// The first channels as a square of tiles.
void maps(Frame& frame, const Comparison& comparison, const Side& side, ImVec2 corner, float size) {
  const ui::Texture texture = picture(frame, comparison, side);
  const Shape& shape = side.values.shape;
  const int shown = std::min(kShownMaps, shape.c);
  const int columns = static_cast<int>(std::ceil(std::sqrt(static_cast<float>(shown))));
  const float tile = size / static_cast<float>(columns);
  const float gap = frame.theme.px(2);
  for (int channel = 0; channel < shown; ++channel) {
    const ImVec2 min = {corner.x + static_cast<float>(channel % columns) * tile,
                        corner.y + static_cast<float>(channel / columns) * tile};
    const ImVec2 max = {min.x + tile - gap, min.y + tile - gap};
    ui::draw_tile(ImGui::GetWindowDrawList(), texture, ui::atlas_for(shape), channel, min, max);
    if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max)) {
      maps_tooltip(frame.theme, comparison, side, channel);
    }
  }
}

// The round number (1, 2 or 5 times a power of ten) below the smallest share of the largest
// singular value that is not noise.
double lowest_shown(const Comparison& comparison, double largest) {
  double smallest = 0.1;
  for (const demos::Spectrum* one : {&comparison.spectrum_before, &comparison.spectrum_after}) {
    for (const double value : one->values) {
      if (value > kSmallestSingularValue * largest) smallest = std::min(smallest, value / largest);
    }
  }
  const double power = std::pow(10.0, std::floor(std::log10(smallest)));
  for (const double factor : {5.0, 2.0}) {
    if (factor * power <= smallest) return factor * power;
  }
  return power;
}

struct Curve {
  const char* name;
  ImU32 color;
  std::vector<ui::PlotPoint> points;
};

// The names in the corner that fewer points lie in: curves that fall from left to right leave one
// of two free.
void name_curves(const ui::Theme& theme, const ui::Plot& plot, std::span<const Curve> curves) {
  const float line = ui::text_size(theme.strong, "0").y + theme.px(2);
  const float inset = theme.px(6);
  ImVec2 size = {0, line * static_cast<float>(curves.size())};
  for (const Curve& curve : curves) {
    size.x = std::max(size.x, ui::text_size(theme.strong, curve.name).x);
  }
  const auto covered = [&](ImVec2 corner) {
    std::ptrdiff_t points = 0;
    for (const Curve& curve : curves) {
      points += std::count_if(curve.points.begin(), curve.points.end(), [&](ui::PlotPoint point) {
        const ImVec2 at = plot.at(point.x, point.y);
        return at.x >= corner.x - inset && at.x <= corner.x + size.x + inset &&
               at.y >= corner.y - inset && at.y <= corner.y + size.y + inset;
      });
    }
    return points;
  };
  const ImVec2 upper = {plot.max().x - size.x - inset, plot.min().y + theme.px(2)};
  const ImVec2 lower = {plot.min().x + inset, plot.max().y - size.y - theme.px(4)};
  ImVec2 at = covered(upper) <= covered(lower) ? upper : lower;
  for (const Curve& curve : curves) {
    ui::draw_text(ImGui::GetWindowDrawList(), theme.strong, at, curve.color, curve.name);
    at.y += line;
  }
}

void spectra(const Frame& frame, const Comparison& comparison, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const double largest =
      std::max(comparison.spectrum_before.values.front(), comparison.spectrum_after.values.front());
  const double count = static_cast<double>(comparison.spectrum_before.values.size());
  const double low = lowest_shown(comparison, largest);
  const ui::Plot plot(theme, "spectrum", size,
                      {.title = "strongest first", .low = 1, .high = std::max(2.0, count)},
                      {.title = "singular values", .low = low, .high = 1, .logarithmic = true});
  const auto curve = [&](const char* name, const demos::Spectrum& spectrum, ImU32 color) {
    std::vector<ui::PlotPoint> points;
    for (std::size_t i = 0; i < spectrum.values.size(); ++i) {
      const double value = largest > 0 ? spectrum.values[i] / largest : 0;
      if (value < low) break;
      points.push_back({static_cast<double>(i + 1), value});
    }
    plot.line(points, color, 2.5f);
    return Curve{name, color, std::move(points)};
  };
  const Curve curves[] = {curve("as trained", comparison.spectrum_before, theme.role().project),
                          curve("changed", comparison.spectrum_after, theme.role().head)};
  name_curves(theme, plot, curves);
}

std::string arrow(double from, double to, const char* pattern = "%.1f") {
  const auto text = [&](double value) {
    return std::string(pattern) == "%.1f" ? ui::format("%.1f", value) : ui::format("%.0f", value);
  };
  return text(from) + " → " + text(to);
}

void facts(const Frame& frame, const Setup& setup, const Comparison& comparison) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(comparison.node);
  const demos::Spectrum& before = comparison.spectrum_before;
  const demos::Spectrum& after = comparison.spectrum_after;
  ui::label(theme.strong, theme.color().text, node.name);
  ui::label(theme.small, theme.color().secondary, ui::shape(node.out.h, node.out.w, node.out.c));
  ui::fact(theme, "Zeroed", ui::percent(zeros_at(frame, setup, comparison.node)));
  ui::fact(theme, "Eff. rank", arrow(demos::effective_rank(before), demos::effective_rank(after)));
  ui::fact(theme, "Rank",
           arrow(demos::numerical_rank(before, demos::rank_tolerance(before)),
                 demos::numerical_rank(after, demos::rank_tolerance(after)), "%.0f"));
  const std::optional<SweepOutcome> outcome = outcome_at(setup, comparison.node);
  if (!outcome || frame.predictions.empty()) return;
  ui::fact(
      theme, "Logit",
      arrow(static_cast<double>(frame.predictions[0].logit), static_cast<double>(outcome->logit)));
}

}  // namespace

void before_and_after(Frame& frame, const Setup& setup, const Comparison& comparison,
                      float height) {
  const ui::Theme& theme = frame.theme;
  const float line = ImGui::GetTextLineHeight() + theme.px(2);
  const float gap = theme.px(14);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 origin = ImGui::GetCursorPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float fact_width = theme.px(158);
  const float beside = width - fact_width - theme.px(kNarrowestPlot) - 3 * gap;
  const float tall = std::min(height, theme.px(240) + line);
  const float side = std::min(tall - line, beside / 2);
  const Side sides[] = {
      {"before", "As trained", frame.now->output(comparison.node), comparison.beyond_before},
      {"after",
       setup.experiment == Experiment::add
           ? "With " + std::string(activation_name(setup.activation))
           : "Linear",
       comparison.after.view(), comparison.beyond_after}};
  for (int i = 0; i < 2; ++i) {
    const ImVec2 at = {corner.x + static_cast<float>(i) * (side + gap), corner.y};
    ui::draw_text(ImGui::GetWindowDrawList(), theme.strong, at, theme.color().text, sides[i].title);
    maps(frame, comparison, sides[i], {at.x, at.y + line}, side);
  }
  const float left = 2 * (side + gap);
  ImGui::SetCursorPos({origin.x + left, origin.y});
  spectra(frame, comparison, {width - left - fact_width - gap, tall});
  ImGui::SetCursorPos({origin.x + width - fact_width, origin.y});
  ImGui::BeginChild("facts", {fact_width, tall}, false, ImGuiWindowFlags_NoScrollbar);
  facts(frame, setup, comparison);
  ImGui::EndChild();
  ImGui::SetCursorPos({origin.x, origin.y + tall + theme.px(8)});
}

}  // namespace lens::linear_bottleneck
