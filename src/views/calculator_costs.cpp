// The calculator's answer: four ways to build the layer, and the papers' ratio.
#include <algorithm>
#include <array>

#include "ui/text.h"
#include "ui/widgets.h"
#include "views/calculator.h"

namespace lens::calculator {

namespace {

using demos::ConvolutionCost;
using demos::ConvolutionLayer;

struct Kind {
  const char* name;
  const char* formula;
  ConvolutionCost cost;
};

std::array<Kind, 4> kinds_of(const ConvolutionLayer& layer) {
  return {{{"Standard", "Dk² · M · N · DF²", demos::standard_cost(layer)},
           {"Depthwise", "Dk² · M · DF²", demos::depthwise_cost(layer)},
           {"Pointwise", "M · N · DF²", demos::pointwise_cost(layer)},
           {"Separable, both", "Dk² · M · DF² + M · N · DF²", demos::separable_cost(layer)}}};
}

void kind_row(const ui::Theme& theme, const Kind& kind, double whole, ImU32 color) {
  const ui::Palette& c = theme.color();
  ImGui::TableNextRow();
  ImGui::TableSetColumnIndex(0);
  ui::label(theme.strong, c.text, kind.name);
  ImGui::TableSetColumnIndex(1);
  ui::label(theme.body, c.secondary, kind.formula);
  ImGui::TableSetColumnIndex(2);
  ui::right_label(theme.body, c.text, ui::grouped(kind.cost.macs));
  ImGui::TableSetColumnIndex(3);
  ui::right_label(theme.body, c.text, ui::grouped(kind.cost.parameters));
  ImGui::TableSetColumnIndex(4);
  // A depthwise half is often too small for a pixel: it is never nothing.
  const float part =
      std::max(0.012f, static_cast<float>(static_cast<double>(kind.cost.macs) / whole));
  const float height = theme.px(10);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (ImGui::GetTextLineHeight() - height) / 2);
  ui::progress_bar(theme, part, {ImGui::GetContentRegionAvail().x, height}, color);
}

}  // namespace

void results(const ui::Theme& theme, const ConvolutionLayer& layer) {
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {theme.px(6), theme.px(5)});
  if (ImGui::BeginTable("costs", 5, ImGuiTableFlags_BordersInnerH)) {
    const auto fixed = [&](const char* name, float width) {
      ImGui::TableSetupColumn(name, ImGuiTableColumnFlags_WidthFixed, theme.px(width));
    };
    fixed("kind", 116);
    fixed("formula", 196);
    fixed("macs", 118);
    fixed("parameters", 90);
    ImGui::TableSetupColumn("share", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableNextRow();
    const char* const names[] = {"", "MACs by formula", "MACs", "weights", "against standard"};
    for (int column = 0; column < 5; ++column) {
      ImGui::TableSetColumnIndex(column);
      const bool number = column == 2 || column == 3;
      if (number) {
        ui::right_label(theme.small, theme.color().secondary, names[column]);
      } else {
        ui::label(theme.small, theme.color().secondary, names[column]);
      }
    }
    const std::array<Kind, 4> kinds = kinds_of(layer);
    const ui::Meaning& c = theme.role();
    const ImU32 colors[] = {c.standard, c.depthwise, c.pointwise, c.project};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      kind_row(theme, kinds[i], static_cast<double>(kinds[0].cost.macs), colors[i]);
    }
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

void ratio(const ui::Theme& theme, const ConvolutionLayer& layer) {
  const double value = demos::separable_ratio(layer);
  const std::string less = value < 1 ? ui::format("%.1f times less", 1 / value)
                                     : ui::format("%.2f times as much", value);
  ui::label(theme.title, theme.color().text,
            ui::format("1/N + 1/Dk² = 1/%d + 1/%d = %.4f: ", layer.out_channels,
                       layer.kernel * layer.kernel, value) +
                less);
}

Table table(const ConvolutionLayer& layer) {
  Table result;
  result.columns = {"kind", "Dk", "M", "N", "DF", "MACs", "weights", "against standard"};
  const std::array<Kind, 4> kinds = kinds_of(layer);
  const auto number = [](auto value) { return TableCell(static_cast<double>(value)); };
  for (const Kind& kind : kinds) {
    const double share =
        static_cast<double>(kind.cost.macs) / static_cast<double>(kinds[0].cost.macs);
    result.rows.push_back({std::string(kind.name), number(layer.kernel), number(layer.in_channels),
                           number(layer.out_channels), number(layer.extent), number(kind.cost.macs),
                           number(kind.cost.parameters), number(share)});
  }
  return result;
}

}  // namespace lens::calculator
