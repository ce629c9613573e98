#include "views/cost_header.h"

#include <algorithm>

#include "ui/text.h"
#include "ui/widgets.h"
#include "views/cost_rows.h"
#include "views/describe.h"

namespace lens::cost_table {

namespace {

struct TypeLook {
  const char* name;
  ImU32 color;
};

TypeLook look_of(const ui::Theme& theme, std::optional<LayerType> type) {
  const ui::Meaning& c = theme.role();
  if (!type) return {"Sums, pools, scaling", c.other};
  switch (*type) {
    case LayerType::standard:
      return {"Conv 3×3", c.standard};
    case LayerType::depthwise:
      return {"Depthwise", c.depthwise};
    case LayerType::pointwise:
      return {"Conv 1×1", c.pointwise};
    case LayerType::squeeze_excite:
      return {"Squeeze-excite FC", c.squeeze_excite};
    case LayerType::fully_connected:
      return {"Fully connected", c.head};
  }
  return {"", c.other};
}

void big_number(const ui::Theme& theme, float x, const std::string& number, const char* unit) {
  ImGui::SetCursorPosX(x);
  ImGui::BeginGroup();
  ui::label(theme.strong, theme.color().text, number);
  ui::label(theme.small, theme.color().secondary, unit);
  ImGui::EndGroup();
}

void totals(const Frame& frame, float width) {
  const ui::Theme& theme = frame.theme;
  Cost total;
  for (const Cost& cost : frame.costs) total += cost;
  const float left = ImGui::GetCursorPosX();
  const float right = left + width / 2;
  big_number(theme, left, ui::grouped(total.macs), "MACs");
  ImGui::SameLine();
  big_number(theme, right, ui::grouped(total.parameters()), "parameters");
  big_number(theme, left, ui::bytes(total.activation_bytes / 4 * frame.value_bytes()),
             "activations");
  ImGui::SameLine();
  const double ms = frame.run_ms();
  const std::string time = ms > 0 ? ui::milliseconds(ms) + " ms" : "–";
  big_number(theme, right, time, frame.timing ? "median time" : "time of this run");
}

// One share: a bar from the left of its cell, the number at the right.
void share_cell(const ui::Theme& theme, double part, const char* pattern, ImU32 color) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float number = theme.px(46);
  const float height = ImGui::GetTextLineHeight();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float bar = (width - number) * static_cast<float>(part);
  const float inset = theme.px(3);
  draw->AddRectFilled({at.x, at.y + inset}, {at.x + width - number, at.y + height - inset},
                      theme.color().sunken);
  draw->AddRectFilled({at.x, at.y + inset}, {at.x + bar, at.y + height - inset}, color);
  ui::draw_text(draw, theme.body, {at.x + width, at.y}, theme.color().text,
                ui::format(pattern, 100 * part), 1);
  ImGui::Dummy({width, height});
}

void share_row(const Frame& frame, const TypeShare& share) {
  const ui::Theme& theme = frame.theme;
  const TypeLook look = look_of(theme, share.type);
  ImGui::TableNextRow();
  ImGui::TableSetColumnIndex(0);
  ui::label(theme.body, theme.color().text, look.name);
  ImGui::TableSetColumnIndex(1);
  share_cell(theme, share.macs, "%.2f", look.color);
  ImGui::TableSetColumnIndex(2);
  share_cell(theme, share.weights, "%.2f", look.color);
  ImGui::TableSetColumnIndex(3);
  share_cell(theme, share.ms, "%.1f", look.color);
}

void shares(const Frame& frame, float width) {
  const ui::Theme& theme = frame.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {theme.px(6), 0});
  if (ImGui::BeginTable("shares", 4, ImGuiTableFlags_None, {width, 0})) {
    ImGui::TableSetupColumn("type", ImGuiTableColumnFlags_WidthFixed, theme.px(148));
    for (const char* name : {"macs", "weights", "ms"}) ImGui::TableSetupColumn(name);
    ImGui::TableNextRow();
    const char* const names[] = {"Share in %", "of MACs", "of weights",
                                 frame.timing ? "of time" : "of one run"};
    for (int column = 0; column < 4; ++column) {
      ImGui::TableSetColumnIndex(column);
      ui::label(theme.small, theme.color().secondary, names[column]);
    }
    for (const TypeShare& share : type_shares(frame)) share_row(frame, share);
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

}  // namespace

std::string method(const Frame& frame) {
  const std::string runs =
      frame.timing ? ui::format("median of %d runs", frame.timing->runs) : std::string("one run");
  return "ms: " + runs + ", this browser, " + std::string(to_string(frame.precision())) + ", " +
         std::string(build_name(frame.build)) + ", " + threads_text(frame.run_threads());
}

std::string not_measured(const char* button) {
  return ui::format("One run is no measurement of time: %s gives the median of %d.", button,
                    kMeasuredRuns);
}

void draw_measuring(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const bool under_way = frame.runs_measured >= 0;
  if (!frame.now) return;
  const char* text = under_way ? "Stop" : frame.timing ? "Measure again" : "Measure";
  if (ui::button(theme, text)) frame.commands.push_back(MeasureTimes{});
  if (ImGui::IsItemHovered()) {
    ui::tooltip(theme, ui::format("Times %d plain runs of this network (key P)", kMeasuredRuns),
                "One run on a busy machine is noise. The page stays usable meanwhile.");
  }
  ImGui::SameLine(0, theme.px(10));
  ImGui::AlignTextToFramePadding();
  if (!under_way) {
    ui::label(theme.small, theme.color().secondary, method(frame));
    return;
  }
  ui::label(theme.small, theme.color().secondary,
            ui::format("run %d of %d", frame.runs_measured + 1, kMeasuredRuns));
  ImGui::SameLine(0, theme.px(10));
  const float height = theme.px(8);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (ImGui::GetFrameHeight() - height) / 2);
  ui::progress_bar(theme, static_cast<float>(frame.runs_measured) / kMeasuredRuns,
                   {theme.px(160), height}, theme.color().accent);
}

void draw_header(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  ui::label(theme.title, theme.color().text,
            "Where do " + std::string(frame.model.entry->title) + "'s multiply-adds go?");
  const float all = ImGui::GetContentRegionAvail().x;
  const float left = theme.px(216);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme.px(8), theme.px(2)});
  ImGui::BeginGroup();
  totals(frame, left);
  ImGui::EndGroup();
  ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + left + theme.px(16));
  shares(frame, all - left - theme.px(16));
  ImGui::PopStyleVar();
}

}  // namespace lens::cost_table
