#include "views/linear_bottleneck_parts.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/tile_grid.h"
#include "ui/widgets.h"
#include "views/describe.h"

namespace lens::linear_bottleneck {

namespace {

constexpr int kShownMaps = 16;
constexpr float kLabelGap = 8;  // px at 1280, from the bars to what stands below them

// Of the largest singular value: below it floats hold little but rounding.
constexpr double kSmallestSingularValue = 1e-6;

double zeros_at(const Frame& frame, const Setup& setup, NodeId id) {
  return setup.experiment == Experiment::add
             ? zeroed_by(frame.now->output(id), setup.activation)
             : static_cast<double>(layer_zeros(*frame.now, id).zeros);
}

std::string bar_text(const Frame& frame, const Setup& setup, NodeId id) {
  std::string text = ui::percent(zeros_at(frame, setup, id)) + " of its values are zeroed";
  const std::optional<SweepOutcome> outcome = outcome_at(setup, id);
  if (!outcome) return text + "; the what-if is still to come";
  const ShownPrediction& first = frame.predictions[0];
  text += "\n" + first.label + ": " + ui::percent(static_cast<double>(first.probability)) + " → " +
          ui::percent(static_cast<double>(outcome->probability)) +
          ui::format(", logit %.2f → %.2f", static_cast<double>(first.logit),
                     static_cast<double>(outcome->logit));
  const std::size_t output = static_cast<std::size_t>(outcome->output);
  if (output < frame.labels.size()) text += "\nFirst is then: " + frame.labels[output];
  return text;
}

// Number of the block and its channels under a bar.
void bar_label(const Frame& frame, const ui::Plot& plot, std::size_t at, const Node& node) {
  const ui::Theme& theme = frame.theme;
  const float x = plot.x(static_cast<double>(at) + 0.5);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float line = ui::text_size(theme.small, "0").y;
  const float top = plot.max().y + theme.px(kLabelGap);
  ui::draw_text(draw, theme.small, {x, top}, theme.color().text, std::to_string(node.block), 0.5f);
  ui::draw_text(draw, theme.small, {x, top + line}, theme.color().secondary,
                std::to_string(node.out.c), 0.5f);
}

void legend(const Frame& frame, const Setup& setup, ImVec2 right_top) {
  const ui::Theme& theme = frame.theme;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const int done = setup.sweep ? static_cast<int>(setup.sweep->outcomes.size()) : 0;
  const int all = static_cast<int>(setup.nodes.size());
  const float height = ui::text_size(theme.small, "0").y;
  const char* zeroed = "values zeroed";
  const char* trained = "as trained";
  float x = right_top.x - ui::text_size(theme.small, zeroed).x;
  ui::draw_text(draw, theme.small, {x, right_top.y}, theme.color().text, zeroed);
  x -= theme.px(10);
  draw->AddCircleFilled({x, right_top.y + height / 2}, theme.px(4), theme.color().text);
  x -= theme.px(18) + ui::text_size(theme.small, trained).x;
  ui::draw_text(draw, theme.small, {x, right_top.y}, theme.color().text, trained);
  x -= theme.px(6);
  draw->AddLine({x - theme.px(18), right_top.y + height / 2}, {x, right_top.y + height / 2},
                theme.color().accent, theme.px(2));
  if (done >= all) return;
  ui::draw_text(draw, theme.strong, {x - theme.px(36), right_top.y}, theme.color().accent,
                ui::format("running block %d of %d", done + 1, all), 1);
}

}  // namespace

std::optional<SweepOutcome> outcome_at(const Setup& setup, NodeId node) {
  if (!setup.sweep) return std::nullopt;
  const auto at = std::find(setup.nodes.begin(), setup.nodes.end(), node) - setup.nodes.begin();
  const std::size_t index = static_cast<std::size_t>(at);
  if (index >= setup.sweep->outcomes.size()) return std::nullopt;
  return setup.sweep->outcomes[index];
}

double zeroed_by(const TensorView& linear, Activation activation) {
  const auto zeroed = [&](float value) { return activate(activation, value) == 0.0f; };
  const auto zeros = std::count_if(linear.data.begin(), linear.data.end(), zeroed);
  return static_cast<double>(zeros) / static_cast<double>(linear.data.size());
}

void damage_chart(Frame& frame, const Setup& setup, float height) {
  if (frame.predictions.empty()) return;
  const ui::Theme& theme = frame.theme;
  const ShownPrediction& first = frame.predictions[0];
  const double count = static_cast<double>(setup.nodes.size());
  const float labels = 2 * ui::text_size(theme.small, "0").y + theme.px(kLabelGap + 1);
  const ImVec2 size = {ImGui::GetContentRegionAvail().x, height - labels};
  ui::Axis x{.low = 0, .high = count, .numbers = false};
  ui::Axis y{
      .title = "% left of \"" + first.label + "\" with one block changed", .low = 0, .high = 100};
  const ui::Plot plot(theme, "damage", size, x, y);
  const int pointed = plot.hovered() ? static_cast<int>(plot.pointed().x) : -1;
  for (std::size_t i = 0; i < setup.nodes.size(); ++i) {
    const NodeId id = setup.nodes[i];
    const Node& node = frame.graph.node(id);
    const double at = static_cast<double>(i);
    const bool lit = id == setup.node || static_cast<int>(i) == pointed;
    if (lit) {
      const ImU32 ground = ui::mix(theme.color().panel, theme.color().accent, 0.14f);
      ImGui::GetWindowDrawList()->AddRectFilled({plot.x(at), plot.min().y},
                                                {plot.x(at + 1), plot.max().y}, ground);
    }
    const std::optional<SweepOutcome> outcome = outcome_at(setup, id);
    if (outcome) {
      const double percent = 100 * static_cast<double>(outcome->probability);
      plot.bar(at + 0.18, at + 0.82, std::max(percent, 0.5), role_color(theme, node));
    }
    plot.dot({at + 0.5, 100 * zeros_at(frame, setup, id)}, theme.color().text, 4);
    bar_label(frame, plot, i, node);
  }
  plot.level(100 * static_cast<double>(first.probability), theme.color().accent, "");
  legend(frame, setup,
         {plot.max().x, plot.min().y - ui::text_size(theme.small, "0").y - theme.px(4)});
  if (pointed >= 0 && pointed < static_cast<int>(count)) {
    const NodeId id = setup.nodes[static_cast<std::size_t>(pointed)];
    frame.hover.node = id;
    ui::tooltip(theme, frame.graph.node(id).name, bar_text(frame, setup, id));
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) frame.selection.node = id;
  }
  const float line = ui::text_size(theme.small, "0").y;
  float y_name = plot.max().y + theme.px(kLabelGap);
  for (const char* name : {"block", "ch."}) {
    ui::draw_text(ImGui::GetWindowDrawList(), theme.small, {plot.min().x - theme.px(6), y_name},
                  theme.color().secondary, name, 1);
    y_name += line;
  }
  ImGui::Dummy({1, labels - ImGui::GetStyle().ItemSpacing.y});
}

namespace {

// The first channels as a square of tiles.
void maps(Frame& frame, const ui::Texture& texture, const Shape& shape, ImVec2 corner, float side) {
  const int shown = std::min(kShownMaps, shape.c);
  const int columns = static_cast<int>(std::ceil(std::sqrt(static_cast<float>(shown))));
  const float tile = side / static_cast<float>(columns);
  const float gap = frame.theme.px(2);
  for (int channel = 0; channel < shown; ++channel) {
    const ImVec2 min = {corner.x + static_cast<float>(channel % columns) * tile,
                        corner.y + static_cast<float>(channel / columns) * tile};
    ui::draw_tile(ImGui::GetWindowDrawList(), texture, ui::atlas_for(shape), channel, min,
                  {min.x + tile - gap, min.y + tile - gap});
  }
}

ui::Texture picture(Frame& frame, const Comparison& comparison, const TensorView& values,
                    const char* when) {
  // One scale for both, over all but the outliers: a few large values would leave the rest pale.
  const TensorView both[] = {frame.now->output(comparison.node), comparison.after.view()};
  const float reach = magnitude_of_part(both, 0.99);
  const bool negative = frame.stats.of(*frame.now, comparison.node).lowest < 0 ||
                        *std::min_element(both[1].data.begin(), both[1].data.end()) < 0;
  const ui::Mapping mapping = ui::mapping_for(negative ? -reach : 0, reach);
  const std::string key =
      ui::format("bottleneck/%llu/%d/%d/%s", static_cast<unsigned long long>(comparison.snapshot),
                 comparison.node, static_cast<int>(comparison.activation), when);
  return frame.textures.get(key, [&] { return ui::paint_atlas(values, {&mapping, 1}); });
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

void spectra(const Frame& frame, const Comparison& comparison, ImVec2 size) {
  const ui::Theme& theme = frame.theme;
  const double largest =
      std::max(comparison.spectrum_before.values.front(), comparison.spectrum_after.values.front());
  const double count = static_cast<double>(comparison.spectrum_before.values.size());
  const double low = lowest_shown(comparison, largest);
  const ui::Plot plot(
      theme, "spectrum", size,
      {.title = "direction, strongest first", .low = 1, .high = std::max(2.0, count)},
      {.title = "singular values", .low = low, .high = 1, .logarithmic = true});
  const auto line = [&](const demos::Spectrum& spectrum, ImU32 color) {
    std::vector<ui::PlotPoint> points;
    for (std::size_t i = 0; i < spectrum.values.size(); ++i) {
      const double value = largest > 0 ? spectrum.values[i] / largest : 0;
      if (value < low) break;
      points.push_back({static_cast<double>(i + 1), value});
    }
    plot.line(points, color, 2.5f);
  };
  line(comparison.spectrum_before, theme.role().project);
  line(comparison.spectrum_after, theme.role().head);
  const float text = ui::text_size(theme.small, "0").y;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 at = {plot.max().x - theme.px(4), plot.min().y + theme.px(2)};
  ui::draw_text(draw, theme.strong, at, theme.role().project, "as trained", 1);
  ui::draw_text(draw, theme.strong, {at.x, at.y + text + theme.px(4)}, theme.role().head, "changed",
                1);
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
  const float side = std::min(height - line, theme.px(240));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 origin = ImGui::GetCursorPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const TensorView before = frame.now->output(comparison.node);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ui::draw_text(draw, theme.strong, corner, theme.color().text, "As trained");
  ui::draw_text(draw, theme.strong, {corner.x + side + gap, corner.y}, theme.color().text,
                setup.experiment == Experiment::add
                    ? "With " + std::string(activation_name(setup.activation))
                    : "Linear");
  maps(frame, picture(frame, comparison, before, "before"), before.shape,
       {corner.x, corner.y + line}, side);
  maps(frame, picture(frame, comparison, comparison.after.view(), "after"), before.shape,
       {corner.x + side + gap, corner.y + line}, side);
  const float fact_width = theme.px(158);
  const float left = 2 * (side + gap);
  ImGui::SetCursorPos({origin.x + left, origin.y});
  spectra(frame, comparison, {width - left - fact_width - gap, side + line});
  ImGui::SetCursorPos({origin.x + width - fact_width, origin.y});
  ImGui::BeginChild("facts", {fact_width, side + line}, false, ImGuiWindowFlags_NoScrollbar);
  facts(frame, setup, comparison);
  ImGui::EndChild();
  ImGui::SetCursorPos({origin.x, origin.y + side + line + theme.px(8)});
}

}  // namespace lens::linear_bottleneck
