#include "views/activation_lab.h"

#include <algorithm>

#include "engine/kernels/kernels.h"
#include "engine/preactivation.h"
#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"

namespace lens::activation_lab {

namespace {

constexpr double kHighest = 7;  // of the values after the activation

double applied(Activation activation, double x) {
  return static_cast<double>(activate(activation, static_cast<float>(x)));
}

// What the what-if runs the layer with, where that is another one than its own.
std::optional<std::size_t> swapped_in(const Frame& frame, NodeId node) {
  const std::vector<Intervention> list(frame.interventions.begin(), frame.interventions.end());
  const Activation now = effective_activation(frame.graph, node, list);
  const auto at = std::find(std::begin(kCandidates), std::end(kCandidates), now);
  if (now == frame.graph.node(node).activation || at == std::end(kCandidates)) return std::nullopt;
  return static_cast<std::size_t>(at - std::begin(kCandidates));
}

// A what-if that begins, here or elsewhere, is what the panel talks of; then the reader may look at
// another activation beside it.
void follow_what_if(const Frame& frame, State& state, NodeId node) {
  const std::optional<std::size_t> now = swapped_in(frame, node);
  if (now && now != state.in_force) state.candidate = *now;
  state.in_force = now;
}

// The layer's own activation is no what-if: it takes back the one that is there.
void swap_in(Frame& frame, NodeId node, std::optional<Activation> activation) {
  if (activation == frame.graph.node(node).activation) activation.reset();
  std::vector<Intervention> list;
  for (const Intervention& one : frame.interventions) {
    const bool same = std::holds_alternative<ReplaceActivation>(one) && target(one) == node;
    if (!same) list.push_back(one);
  }
  if (activation) list.push_back(ReplaceActivation{node, *activation});
  frame.commands.push_back(Intervene{std::move(list)});
}

void controls(Frame& frame, State& state, NodeId node) {
  const ui::Theme& theme = frame.theme;
  std::vector<std::string> names;
  for (const Activation one : kCandidates) names.emplace_back(activation_name(one));
  const int clicked = ui::segmented(theme, "candidate", names, static_cast<int>(state.candidate));
  if (clicked >= 0) state.candidate = static_cast<std::size_t>(clicked);
  ImGui::SameLine(0, theme.px(12));
  const Activation candidate = kCandidates[state.candidate];
  const bool own = candidate == frame.graph.node(node).activation;
  const bool done = own || state.in_force == state.candidate;
  ImGui::BeginDisabled(done);
  if (ui::button(theme, "Swap it in", done ? ui::ButtonKind::plain : ui::ButtonKind::primary)) {
    swap_in(frame, node, candidate);
  }
  ImGui::EndDisabled();
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
    ui::tooltip(theme, own    ? "The layer's own activation"
                       : done ? "The what-if runs this layer with it"
                              : "Run this layer with it: key R");
  }
  ImGui::SameLine(0, theme.px(6));
  if (ui::button(theme, "As trained")) swap_in(frame, node, std::nullopt);
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "Take it back: key X");
}

void histogram(const ui::Theme& theme, const ui::Plot& plot, const Measures& measures, double top) {
  const double tallest = *std::max_element(measures.bins.begin(), measures.bins.end());
  const double width = measures.bin_width();
  if (tallest <= 0) return;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImU32 color = ui::mix(theme.color().panel, theme.color().strong_line, 0.35f);
  for (std::size_t i = 0; i < measures.bins.size(); ++i) {
    const double from = measures.low + static_cast<double>(i) * width;
    // As high as the plot for the tallest: shares are read by pointing.
    const float height =
        static_cast<float>(measures.bins[i] / tallest) * (plot.max().y - plot.y(top)) * 0.9f;
    draw->AddRectFilled({plot.x(from), plot.max().y - height},
                        {plot.x(from + width) - 1, plot.max().y}, color);
  }
}

void curve(const ui::Plot& plot, const Measures& measures, Activation activation, ImU32 color,
           float thickness) {
  std::vector<ui::PlotPoint> points;
  for (int i = 0; i <= 240; ++i) {
    const double x = measures.low + (measures.high - measures.low) * i / 240;
    points.push_back({x, applied(activation, x)});
  }
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->PushClipRect(plot.min(), plot.max(), true);
  plot.line(points, color, thickness);
  draw->PopClipRect();
}

void key_line(const ui::Theme& theme, ImVec2 at, ImU32 color, const std::string& text,
              float thickness = 4) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float half = ui::text_size(theme.strong, "0").y / 2;
  draw->AddLine({at.x, at.y + half}, {at.x + theme.px(22), at.y + half}, color,
                theme.px(thickness));
  ui::draw_text(draw, theme.strong, {at.x + theme.px(30), at.y}, color, text);
}

void chart(const Frame& frame, const State& state, const Node& node, float height) {
  const ui::Theme& theme = frame.theme;
  const Measures& measures = *state.measures;
  const double top = std::min(kHighest, measures.high) + 0.5;
  const ui::Plot plot(
      theme, "curves", {ImGui::GetContentRegionAvail().x, height},
      {.title = "before the activation", .low = measures.low, .high = measures.high},
      {.title = "after the activation; columns: how often this photo gives the value",
       .low = -1,
       .high = top});
  histogram(theme, plot, measures, top);
  const Activation candidate = kCandidates[state.candidate];
  for (const Activation other : kCandidates) {
    curve(plot, measures, other, theme.color().strong_line, 1);
  }
  curve(plot, measures, node.activation, theme.color().text, 3.5f);
  curve(plot, measures, candidate, theme.role().head, 3.5f);
  const ImVec2 at = {plot.min().x + theme.px(14), plot.min().y + theme.px(8)};
  const float line = ui::text_size(theme.strong, "0").y + theme.px(3);
  key_line(theme, at, theme.color().text, "as trained: " + activation_name(node));
  key_line(theme, {at.x, at.y + line}, theme.role().head,
           "instead: " + std::string(activation_name(candidate)));
  key_line(theme, {at.x, at.y + 2 * line}, theme.color().strong_line, "the others", 1);
  if (!plot.hovered()) return;
  const double x = plot.pointed().x;
  const int last = static_cast<int>(measures.bins.size()) - 1;
  const int bin = std::clamp(static_cast<int>((x - measures.low) / measures.bin_width()), 0, last);
  ui::tooltip(theme,
              ui::format("%.2f: ", x) + activation_name(node) +
                  ui::format(" gives %.3f, ", applied(node.activation, x)) +
                  std::string(activation_name(candidate)) +
                  ui::format(" %.3f", applied(candidate, x)),
              ui::percent(measures.bins[static_cast<std::size_t>(bin)]) +
                  " of the layer's values lie in this bar");
}

void number(const ui::Theme& theme, const std::string& text, bool strong) {
  ImGui::TableNextColumn();
  ui::right_label(strong ? theme.strong : theme.body, theme.color().text, text);
}

void comparison(const ui::Theme& theme, const State& state, const Node& node) {
  const Measures& measures = *state.measures;
  if (!ImGui::BeginTable("activations", 3, ImGuiTableFlags_BordersInnerH, {theme.px(360), 0})) {
    return;
  }
  ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthStretch, 2);
  ImGui::TableSetupColumn("zeros", ImGuiTableColumnFlags_WidthStretch, 1);
  ImGui::TableSetupColumn("difference", ImGuiTableColumnFlags_WidthStretch, 1.3f);
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ui::label(theme.strong, theme.color().secondary, "Activation");
  for (const char* name : {"Zeroed", "Mean change"}) {
    ImGui::TableNextColumn();
    ui::right_label(theme.strong, theme.color().secondary, name);
  }
  for (std::size_t i = 0; i < kCandidateCount; ++i) {
    const bool strong = i == state.candidate;
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    const std::string name(activation_name(kCandidates[i]));
    ui::label(strong ? theme.strong : theme.body, theme.color().text,
              state.in_force == i ? name + " (what-if)" : name);
    number(theme, ui::percent(measures.zeros[i]), strong);
    number(theme,
           kCandidates[i] == node.activation ? "as trained"
                                             : ui::format("%.3f", measures.mean_difference[i]),
           strong);
  }
  ImGui::EndTable();
}

void notes(const ui::Theme& theme, const Measures& measures) {
  ui::label(theme.strong, theme.color().text, "How good a stand-in is h-swish?");
  ui::wrapped(theme.body, theme.color().text,
              ui::format("On this layer it differs from swish by %.3f on average, by %.3f at most. "
                         "It can be no more than 0.142, at ±3.",
                         measures.swish_mean, measures.swish_largest));
  ui::label(theme.strong, theme.color().text, "What does it cost?");
  ui::wrapped(
      theme.body, theme.color().text,
      "V3-Large on a Pixel 1: ReLU everywhere 50.5 ms, 74.5 % top-1; h-swish from 80 channels "
      "up 51.4 ms, 75.2 %.");
  ui::wrapped(theme.small, theme.color().secondary, "V3 paper, arXiv 1905.02244, table 5, 2019.");
}

std::string takeaway(const Measures& measures, const Node& node, std::size_t candidate) {
  const std::string name(activation_name(kCandidates[candidate]));
  std::string text = ui::format("%s is applied to values from %s to %s. ", node.name.c_str(),
                                ui::value(static_cast<double>(measures.lowest)).c_str(),
                                ui::value(static_cast<double>(measures.highest)).c_str());
  return text + name + " would set " + ui::percent(measures.zeros[candidate]) + " of them to zero" +
         (kCandidates[candidate] == node.activation
              ? ": it is what this layer was trained with."
              : ui::format(" and change a value by %.3f on average.",
                           measures.mean_difference[candidate]));
}

void refresh(const Frame& frame, State& state, NodeId id) {
  if (state.measures && state.measures->snapshot == frame.now->id && state.measures->node == id) {
    return;
  }
  const Tensor values = preactivations(*frame.now, id);
  state.measures = measure(values.data, frame.graph.node(id).activation);
  state.measures->snapshot = frame.now->id;
  state.measures->node = id;
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  const NodeId id = weighted(frame.graph, frame.selection.node);
  const Node& node = frame.graph.node(id);
  refresh(frame, state, id);
  follow_what_if(frame, state, id);
  ui::label(theme.title, theme.color().text,
            ui::fitted(theme.title, "What would another activation do to " + node.name + "?",
                       ImGui::GetContentRegionAvail().x));
  ui::label(theme.body, theme.color().secondary,
            summary(node) + without_what_if(frame.interventions));
  ImGui::Dummy({1, theme.px(2)});
  controls(frame, state, id);
  const float line = ImGui::GetTextLineHeight();
  const float below = 7 * (line + theme.px(9)) + theme.px(6);
  const float footer = ui::takeaway_height(theme, 2, 0) + theme.px(8);
  chart(frame, state, node, ImGui::GetContentRegionAvail().y - below - footer);
  ImGui::BeginChild("comparison", {theme.px(370), below}, false, ImGuiWindowFlags_NoScrollbar);
  comparison(theme, state, node);
  ImGui::EndChild();
  ImGui::SameLine(0, theme.px(20));
  ImGui::BeginChild("notes", {0, below}, false, ImGuiWindowFlags_NoScrollbar);
  notes(theme, *state.measures);
  ImGui::EndChild();
  ui::takeaway(theme, takeaway(*state.measures, node, state.candidate));
}

bool press(Frame& frame, State& state, std::string_view key) {
  const NodeId id = weighted(frame.graph, frame.selection.node);
  if (key == "[") {
    state.candidate = (state.candidate + kCandidateCount - 1) % kCandidateCount;
  } else if (key == "]") {
    state.candidate = (state.candidate + 1) % kCandidateCount;
  } else if (key == "r") {
    swap_in(frame, id, kCandidates[state.candidate]);
  } else if (key == "x") {
    swap_in(frame, id, std::nullopt);
  } else {
    return false;
  }
  return true;
}

Table table(const Frame& frame, const State& state) {
  State fresh = state;
  refresh(frame, fresh, weighted(frame.graph, frame.selection.node));
  const Measures& measures = *fresh.measures;
  Table result;
  result.columns = {"layer", "activation", "share of zeros", "mean change"};
  for (std::size_t i = 0; i < kCandidateCount; ++i) {
    result.rows.push_back({frame.graph.node(measures.node).name,
                           std::string(activation_name(kCandidates[i])), measures.zeros[i],
                           measures.mean_difference[i]});
  }
  return result;
}

}  // namespace lens::activation_lab
