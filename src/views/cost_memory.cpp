// Memory of a run: what is alive while each layer runs, what is kept here, and what all versions
// need.
#include <algorithm>

#include "cost/memory.h"
#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/cost_charts.h"
#include "views/describe.h"

namespace lens::cost_charts {

namespace {

double megabytes(std::int64_t bytes) {
  return static_cast<double>(bytes) / 1e6;
}

std::int64_t most(const std::vector<std::int64_t>& bytes) {
  return *std::max_element(bytes.begin(), bytes.end());
}

NodeId layer_under_pointer(const ui::Plot& plot, int nodes) {
  if (!plot.hovered()) return kNoNode;
  return std::clamp(static_cast<int>(plot.pointed().x), 0, nodes - 1);
}

ui::Axis live_axis(const std::vector<std::int64_t>& live) {
  return ui::axis_over(
      "MB alive while the layer runs, if each tensor is freed after its last reader", 0,
      megabytes(most(live)) * 1.08);
}

ui::Axis kept_axis(const std::vector<std::int64_t>& kept) {
  return ui::axis_over(
      "MB as this page keeps them: the input and every output, so that you can look at it", 0,
      megabytes(kept.back()));
}

void live_plot(Frame& frame, const std::vector<std::int64_t>& live, const ui::Axis& y,
               float height) {
  const ui::Theme& theme = frame.theme;
  const int nodes = frame.graph.size();
  const ui::Axis x = {.low = 0, .high = static_cast<double>(nodes), .numbers = false};
  const ui::Plot plot(theme, "live", {ImGui::GetContentRegionAvail().x, height}, x, y);
  for (NodeId id = 0; id < nodes; ++id) {
    const double mb = megabytes(live[static_cast<std::size_t>(id)]);
    plot.bar(id + 0.08, id + 0.92, mb, role_color(theme, frame.graph.node(id)));
    if (id == frame.selection.node || id == frame.hovered.node) {
      ImGui::GetWindowDrawList()->AddRect(plot.at(id, mb), plot.at(id + 1, 0), theme.color().accent,
                                          0, 0, theme.px(2));
    }
  }
  const double peak = megabytes(most(live));
  plot.level(peak, theme.color().accent, ui::format("peak %.2f MB", peak));
  const NodeId on = layer_under_pointer(plot, nodes);
  if (on == kNoNode) return;
  frame.hover.node = on;
  const std::size_t at = static_cast<std::size_t>(on);
  ui::tooltip(theme, frame.graph.node(on).name + ": " + ui::bytes(live[at]) + " alive",
              summary(frame.graph.node(on)));
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) frame.selection.node = on;
}

void kept_plot(Frame& frame, const std::vector<std::int64_t>& kept, const ui::Axis& y,
               float height) {
  const ui::Theme& theme = frame.theme;
  const int nodes = frame.graph.size();
  const ui::Axis x = {.title = "layers in the order in which they run",
                      .low = 0,
                      .high = static_cast<double>(nodes),
                      .numbers = false};
  const ui::Plot plot(theme, "kept", {ImGui::GetContentRegionAvail().x, height}, x, y);
  std::vector<ui::PlotPoint> steps;
  for (NodeId id = 0; id < nodes; ++id) {
    const double mb = megabytes(kept[static_cast<std::size_t>(id)]);
    steps.push_back({static_cast<double>(id), mb});
    steps.push_back({id + 1.0, mb});
  }
  plot.line(steps, theme.color().text);
  const NodeId on = layer_under_pointer(plot, nodes);
  if (on == kNoNode) return;
  frame.hover.node = on;
  ui::tooltip(theme, frame.graph.node(on).name + ": " +
                         ui::bytes(kept[static_cast<std::size_t>(on)]) + " kept so far");
}

// What one version needs.
struct Need {
  std::string name;
  Shape largest;
  std::int64_t peak = 0;
  std::int64_t kept = 0;
  std::int64_t between = 0;  // 16 bit, V2's table 3
  const char* printed = "–";
};

Need need_of(const Net& net) {
  Need need;
  need.name = net.entry->title;
  need.largest = net.graph.node(largest_activation(net.graph)).out;
  need.peak = most(live_bytes(net.graph));
  need.kept = kept_bytes(net.graph).back();
  for (const StoredAt& at : stored_by_resolution(net.graph)) {
    need.between = std::max(need.between, at.bytes_16_bit);
  }
  if (net.entry->id == "v1") need.printed = "1600";
  if (net.entry->id == "v2") need.printed = "400";
  return need;
}

void cell(const ui::Theme& theme, const std::string& text) {
  ImGui::TableNextColumn();
  ui::right_label(theme.body, theme.color().text, text);
}

void needs(const ui::Theme& theme, const std::vector<Net>& nets) {
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {theme.px(6), theme.px(1)});
  if (ImGui::BeginTable("needs", 6, ImGuiTableFlags_BordersInnerH)) {
    const char* const names[] = {"at 1.0 / 224", "largest tensor", "its values",
                                 "peak alive",   "kept here",      "16-bit kB between (table 3)"};
    const float widths[] = {80, 120, 80, 76, 76, 0};
    for (int i = 0; i < 6; ++i) {
      ImGui::TableSetupColumn(
          names[i],
          widths[i] > 0 ? ImGuiTableColumnFlags_WidthFixed : ImGuiTableColumnFlags_WidthStretch,
          widths[i] > 0 ? theme.px(widths[i]) : 1);
    }
    ImGui::TableNextRow();
    for (int i = 0; i < 6; ++i) {
      ImGui::TableSetColumnIndex(i);
      const ImU32 color = theme.color().secondary;
      i == 0 ? ui::label(theme.small, color, names[i])
             : ui::right_label(theme.small, color, names[i]);
    }
    for (const Net& net : nets) {
      const Need need = need_of(net);
      ImGui::TableNextRow();
      ImGui::TableNextColumn();
      ui::label(theme.strong, theme.color().text, need.name);
      cell(theme, ui::shape(need.largest.h, need.largest.w, need.largest.c));
      cell(theme, ui::grouped(static_cast<std::int64_t>(need.largest.count())));
      cell(theme, ui::bytes(need.peak));
      cell(theme, ui::bytes(need.kept));
      cell(theme, ui::format("%.0f (%s)", static_cast<double>(need.between) / 1000, need.printed));
    }
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

std::string takeaway(const std::vector<Net>& nets) {
  double values[2] = {0, 0};
  for (const Net& net : nets) {
    const double count =
        static_cast<double>(net.graph.node(largest_activation(net.graph)).out.count());
    if (net.entry->id == "v1") values[0] = count;
    if (net.entry->id == "v2") values[1] = count;
  }
  return ui::format(
      "Run layer by layer, V2's largest tensor is %.1f times V1's: the saving of V2's "
      "table 3 needs an engine that never stores an expanded tensor whole.",
      values[1] / values[0]);
}

}  // namespace

namespace {

std::string peak_text(const ShownModel& model) {
  std::string text;
  for (const Precision precision : {Precision::float32, Precision::int8}) {
    const std::optional<RunMemory>& memory = model.memory(precision);
    if (!memory) continue;
    text += text.empty() ? "One run here: " : "; ";
    text += ui::bytes(memory->peak_bytes()) + " in " + std::string(to_string(precision)) +
            " (weights " + ui::bytes(memory->weight_bytes) + ", outputs " +
            ui::bytes(memory->arena_bytes) + ")";
  }
  return text.empty() ? text : text + ".";
}

}  // namespace

void draw_memory(Frame& frame, const std::vector<Net>& nets) {
  const ui::Theme& theme = frame.theme;
  const float lines = 5 * (ImGui::GetTextLineHeight() + theme.px(3)) +
                      2 * ui::text_size(theme.small, "x").y + theme.px(16);
  const float room = ImGui::GetContentRegionAvail().y - lines - ui::takeaway_height(theme, 2, 2);
  const std::vector<std::int64_t> live = live_bytes(frame.graph);
  const std::vector<std::int64_t> kept = kept_bytes(frame.graph);
  ui::Axis of_live = live_axis(live);
  ui::Axis of_kept = kept_axis(kept);
  const float left = std::max(ui::number_room(theme, of_live), ui::number_room(theme, of_kept));
  of_live.least_room = of_kept.least_room = left;
  live_plot(frame, live, of_live, room * 0.6f);
  kept_plot(frame, kept, of_kept, room * 0.4f);
  needs(theme, nets);
  ui::wrapped(theme.small, theme.color().secondary, peak_text(frame.model));
  ui::takeaway(
      theme, takeaway(nets),
      "Float32 but for the last column, which counts as MobileNetV2's table 3 does, with what "
      "it prints in brackets; its 400 leaves out the 32 channels of the stem.");
}

}  // namespace lens::cost_charts
