#include "views/what_if_numbers.h"

#include <algorithm>
#include <utility>

#include "cost/memory.h"
#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/what_if_choices.h"

namespace lens::what_if_nets {

Numbers numbers_of(const Graph& graph) {
  const Cost total = total_cost(graph);
  const std::vector<std::int64_t> live = live_bytes(graph);
  return {static_cast<double>(total.macs), static_cast<double>(total.parameters()),
          static_cast<double>(graph.node(largest_activation(graph)).out.count()),
          static_cast<double>(*std::max_element(live.begin(), live.end()))};
}

std::string times(double after, double before) {
  const double ratio = after / before;
  return ratio == 1 ? "the same" : ui::format(ratio < 0.1 ? "× %.3f" : "× %.2f", ratio);
}

namespace {

// The whole as one bar, its types of layers side by side; `whole` MACs fill the width.
void type_bar(const ui::Theme& theme, const Graph& graph, double whole, float width) {
  const ui::Meaning& c = theme.role();
  const std::pair<LayerType, ImU32> types[] = {{LayerType::pointwise, c.pointwise},
                                               {LayerType::depthwise, c.depthwise},
                                               {LayerType::standard, c.standard},
                                               {LayerType::squeeze_excite, c.squeeze_excite},
                                               {LayerType::fully_connected, c.head}};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = theme.px(14);
  const float top = at.y + (ImGui::GetTextLineHeight() - height) / 2;
  float x = at.x;
  for (const auto& [type, color] : types) {
    const double macs = static_cast<double>(cost_of_type(graph, type).macs);
    const float part = width * static_cast<float>(macs / whole);
    ImGui::GetWindowDrawList()->AddRectFilled({x, top}, {x + part, top + height}, color);
    x += part;
  }
  ImGui::Dummy({width, ImGui::GetTextLineHeight()});
}

void right_cell(ImFont* font, ImU32 color, const std::string& text) {
  ImGui::TableNextColumn();
  ui::right_label(font, color, text);
}

void number_row(const ui::Theme& theme, const std::string& name, const Numbers& n) {
  const ui::Palette& c = theme.color();
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ui::label(theme.strong, c.text, name);
  right_cell(theme.body, c.text, ui::grouped(static_cast<std::int64_t>(n.macs)));
  right_cell(theme.body, c.text, ui::grouped(static_cast<std::int64_t>(n.parameters)));
  right_cell(theme.body, c.text, ui::grouped(static_cast<std::int64_t>(n.largest)));
  right_cell(theme.body, c.text, ui::bytes(static_cast<std::int64_t>(n.peak_bytes)));
}

void ratio_row(const ui::Theme& theme, const Numbers& own, const Numbers& varied) {
  const ImU32 color = theme.color().accent;
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ui::label(theme.body, color, "what-if against own");
  right_cell(theme.strong, color, times(varied.macs, own.macs));
  right_cell(theme.strong, color, times(varied.parameters, own.parameters));
  right_cell(theme.strong, color, times(varied.largest, own.largest));
  right_cell(theme.strong, color, times(varied.peak_bytes, own.peak_bytes));
}

}  // namespace

void numbers(const ui::Theme& theme, const Comparison& nets, const std::string& title) {
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {theme.px(6), theme.px(2)});
  if (ImGui::BeginTable("numbers", 5, ImGuiTableFlags_BordersInnerH)) {
    ImGui::TableSetupColumn("net", ImGuiTableColumnFlags_WidthFixed, theme.px(164));
    for (const char* name : {"macs", "parameters", "largest", "peak"}) {
      ImGui::TableSetupColumn(name);
    }
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    for (const char* name : {"MACs", "parameters", "largest, values", "peak alive"}) {
      right_cell(theme.small, theme.color().secondary, name);
    }
    const Numbers own = numbers_of(nets.own);
    const Numbers varied = numbers_of(nets.varied);
    number_row(theme, title, own);
    number_row(theme, "What-if", varied);
    ratio_row(theme, own, varied);
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

void bars(const ui::Theme& theme, const Comparison& nets, const std::string& title) {
  const double whole =
      static_cast<double>(std::max(total_cost(nets.own).macs, total_cost(nets.varied).macs));
  const float names = theme.px(kNames);
  const auto bar = [&](const std::string& name, const Graph& graph) {
    ui::label(theme.body, theme.color().text, name);
    ImGui::SameLine(names + ImGui::GetStyle().WindowPadding.x);
    type_bar(theme, graph, whole, ImGui::GetContentRegionAvail().x);
  };
  bar(title, nets.own);
  bar("What-if", nets.varied);
}

// MACs over every option of a choice, the others as they are.
void curve(Frame& frame, State& state, const Graph& base, float height) {
  const ui::Theme& theme = frame.theme;
  const bool expands = has_choice(base, Choice::expansion);
  const Choice choice = expands ? Choice::expansion : Choice::width;
  const std::vector<std::string> names = options(base, choice);
  std::vector<double> macs;
  for (int option = 0; option < static_cast<int>(names.size()); ++option) {
    Variation variation = state.variation;
    choose(base, variation, choice, option);
    macs.push_back(static_cast<double>(total_cost(varied(base, variation)).macs));
  }
  const int count = static_cast<int>(macs.size());
  const ui::Axis y = ui::axis_over(
      std::string("MACs for each ") + (expands ? "t" : "α") + ", the other choices as above", 0,
      *std::max_element(macs.begin(), macs.end()) * 1.05);
  const ui::Plot plot(theme, "curve", {ImGui::GetContentRegionAvail().x, height},
                      {.low = 0, .high = static_cast<double>(count), .numbers = false}, y);
  const int now = option_of(base, state.variation, choice);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (int i = 0; i < count; ++i) {
    const double value = macs[static_cast<std::size_t>(i)];
    const ImU32 color = i == now ? theme.color().accent : theme.role().pointwise;
    plot.bar(i + 0.2, i + 0.8, value, color);
    ui::draw_text(draw, theme.small,
                  {plot.x(i + 0.5), plot.y(value) - ui::text_size(theme.small, "0").y},
                  theme.color().text, ui::compact(value), 0.5f);
    ui::draw_text(draw, theme.small, {plot.x(i + 0.5), plot.max().y + theme.px(1)},
                  theme.color().secondary, names[static_cast<std::size_t>(i)], 0.5f);
  }
  if (!plot.hovered()) return;
  const int on = std::clamp(static_cast<int>(plot.pointed().x), 0, count - 1);
  ui::tooltip(theme,
              name_of(choice) + " " + names[static_cast<std::size_t>(on)] + ": " +
                  ui::grouped(static_cast<std::int64_t>(macs[static_cast<std::size_t>(on)])) +
                  " MACs");
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) choose(base, state.variation, choice, on);
}

}  // namespace lens::what_if_nets
