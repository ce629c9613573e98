// The damage block by block.
#include <algorithm>

#include "engine/kernels/kernels.h"
#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/linear_bottleneck_parts.h"

namespace lens::linear_bottleneck {

namespace {

constexpr float kLabelGap = 8;  // px at 1280, from the bars to what stands below them

std::string bar_text(const Frame& frame, const Setup& setup, NodeId id) {
  std::string text = ui::percent(zeros_at(frame, setup, id)) + " of its values are zeroed";
  const std::optional<SweepOutcome> outcome = outcome_at(setup, id);
  if (!outcome) return text + "; the what-if is still to come";
  const ShownPrediction& first = frame.predictions[0];
  text += "\n" + first.label + ": " + ui::percent(static_cast<double>(first.probability)) + " → " +
          ui::percent(static_cast<double>(outcome->probability)) +
          ui::format(", logit %.2f → %.2f", static_cast<double>(first.logit),
                     static_cast<double>(outcome->logit));
  text += "\nTop 5 then (before):";
  const std::span<const float> before = frame.now->output(frame.now->graph().last()).data;
  for (const Prediction& one : outcome->top) {
    text += "\n" + ui::percent(static_cast<double>(one.probability)) + " (" +
            ui::percent(static_cast<double>(before[static_cast<std::size_t>(one.output)])) + ")  " +
            class_name(frame, one);
  }
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

double zeros_at(const Frame& frame, const Setup& setup, NodeId id) {
  return setup.experiment == Experiment::add
             ? zeroed_by(frame.now->output(id), setup.activation)
             : static_cast<double>(layer_zeros(*frame.now, id).zeros);
}

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
  const float left = ImGui::GetCursorScreenPos().x;
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
    ui::draw_text(ImGui::GetWindowDrawList(), theme.small, {left, y_name}, theme.color().secondary,
                  name);
    y_name += line;
  }
  ImGui::Dummy({1, labels - ImGui::GetStyle().ItemSpacing.y});
}

}  // namespace lens::linear_bottleneck
