#include "views/cost_table.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/cost_header.h"
#include "views/describe.h"

namespace lens::cost_table {

namespace {

struct Heading {
  const char* text;
  float width;  // px at 1280; 0 takes the rest
  const char* what;
};

constexpr float kWidestName = 170;  // px at 1280

constexpr Heading kHeadings[kColumns] = {
    {"Layer", 0, "In the network's order"},
    {"Output", 112, "Height × width × channels"},
    {"MACs", 86, "Multiply-adds for one image: convolutions and fully connected layers alone"},
    {"Params", 74, "Weights, biases and batch-norm's gamma and beta, for 1,000 classes"},
    {"kB", 50,
     "The outputs as executed here: 4 bytes a value in float32, 1 in int8; in units of 1,000 "
     "bytes"},
    {"between", 58, "Of these kB, what leaves a bottleneck: V2's table 3 counts no others"},
    {"ms", 42, "Measured in this browser; a residual's sum is computed with its projection"},
    {"GMAC/s", 58, "Thousand million MACs per second: how well the layer uses the processor"},
};

std::string amount(std::int64_t value) {
  return value == 0 ? "–" : ui::grouped(value);
}

std::string kilobytes(std::int64_t bytes) {
  if (bytes == 0) return "–";
  if (bytes >= 1'000'000) return ui::grouped((bytes + 500) / 1000);
  return ui::format("%.1f", static_cast<double>(bytes) / 1000);
}

// Largest first, then smallest first, then the network's own order again.
void cycle_sort(State& state, Column column) {
  if (state.sorted_by != column) {
    state.sorted_by = column;
    state.descending = true;
  } else if (state.descending) {
    state.descending = false;
  } else {
    state.sorted_by.reset();
  }
}

// By key: column after column, largest first, then the network's own order again.
void sort_by_next(State& state) {
  const int next =
      state.sorted_by ? static_cast<int>(*state.sorted_by) + 1 : static_cast<int>(Column::output);
  state.sorted_by.reset();
  if (next < kColumns) state.sorted_by = static_cast<Column>(next);
  state.descending = true;
}

void sort_arrow(const ui::Theme& theme, ImVec2 centre, bool descending) {
  const float half = theme.px(4);
  const float tip = descending ? half : -half;
  ImGui::GetWindowDrawList()->AddTriangleFilled(
      {centre.x - half, centre.y - tip / 2}, {centre.x + half, centre.y - tip / 2},
      {centre.x, centre.y + tip / 2}, theme.color().accent);
}

void header_cell(const ui::Theme& theme, State& state, Column column, const Heading& heading) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const char* text = column == Column::name && state.by_block ? "Block" : heading.text;
  const ImVec2 extent = ui::text_size(theme.small, text);
  ImGui::PushID(static_cast<int>(column));
  // As high as a row, so that whole rows fit below it.
  const float height = ImGui::GetTextLineHeight();
  if (ImGui::InvisibleButton("sort", {width, height})) cycle_sort(state, column);
  ImGui::PopID();
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ui::tooltip(theme, heading.what, "Click to sort");
  const bool sorted = state.sorted_by == column;
  const ImU32 color = sorted || hovered ? theme.color().accent : theme.color().secondary;
  const bool left = column == Column::name;
  ui::draw_text(ImGui::GetWindowDrawList(), theme.small,
                {left ? at.x : at.x + width, at.y + height - extent.y}, color, text,
                left ? 0.0f : 1.0f);
  if (!sorted) return;
  const float offset = extent.x + theme.px(7);
  sort_arrow(theme, {left ? at.x + offset : at.x + width - offset, at.y + height - extent.y / 2},
             state.descending);
}

void header_row(const ui::Theme& theme, State& state) {
  ImGui::TableNextRow();
  for (int column = 0; column < kColumns; ++column) {
    ImGui::TableSetColumnIndex(column);
    header_cell(theme, state, static_cast<Column>(column),
                kHeadings[static_cast<std::size_t>(column)]);
  }
}

bool contains(const Row& row, NodeId id) {
  return row.first <= id && id <= row.last;
}

std::string row_summary(const Graph& graph, const Row& row) {
  if (row.first != row.last) return "";
  std::string text = summary(graph.node(row.first));
  if (row.timed_with == kNoNode) return text;
  return text + ". Its time is in that of " + graph.node(row.timed_with).name +
         ": both are computed at once";
}

void name_cell(Frame& frame, const Row& row, ImU32 color) {
  const ui::Theme& theme = frame.theme;
  const bool selected = contains(row, frame.selection.node);
  if (selected || contains(row, frame.hovered.node)) {
    const ImU32 ground =
        selected ? ui::mix(theme.color().hover, theme.color().accent, 0.18f) : theme.color().hover;
    ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, ground);
  }
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered, ui::with_alpha(theme.color().hover, 0));
  ImGui::PushStyleColor(ImGuiCol_HeaderActive, ui::with_alpha(theme.color().hover, 0));
  ImGui::PushID(row.first);
  if (ImGui::Selectable("##row", false, ImGuiSelectableFlags_SpanAllColumns)) {
    frame.selection.node = row.last;
    frame.selection.channel = -1;
  }
  ImGui::PopID();
  ImGui::PopStyleColor(2);
  // Rows reach over each other by their padding: of two under the pointer the upper one answers.
  if (ImGui::IsItemHovered() && frame.hover.node == kNoNode) {
    frame.hover.node = row.last;
    ui::tooltip(theme, row.name, row_summary(frame.graph, row));
  }
  ImGui::SameLine(0, 0);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float chip = theme.px(10);
  const float top = at.y + (ImGui::GetTextLineHeight() - chip) / 2;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  // A block has layers of several colours.
  const bool layer = row.first == row.last;
  if (layer) draw->AddRectFilled({at.x, top}, {at.x + chip, top + chip}, color, theme.px(2));
  ui::draw_text(draw, theme.body, {at.x + (layer ? chip + theme.px(7) : 0), at.y},
                theme.color().text, row.name);
  ImGui::NewLine();
}

// The number over a bar of its size.
void macs_cell(const ui::Theme& theme, const Row& row, double largest, ImU32 color) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float part = static_cast<float>(static_cast<double>(row.cost.macs) / largest);
  const float width = ImGui::GetContentRegionAvail().x;
  const float bottom = at.y + ImGui::GetTextLineHeight() + theme.px(3);
  // A shorter one would be a stray dot under the last digit.
  if (width * part >= theme.px(3)) {
    ImGui::GetWindowDrawList()->AddRectFilled({at.x + width * (1 - part), bottom - theme.px(2.5f)},
                                              {at.x + width, bottom}, color);
  }
  ui::right_label(theme.body, theme.color().text, amount(row.cost.macs));
}

void number_cells(const Frame& frame, const Row& row, double largest_macs, ImU32 color) {
  const ui::Theme& theme = frame.theme;
  const auto cell = [&](Column column, const std::string& text) {
    ImGui::TableSetColumnIndex(static_cast<int>(column));
    ui::right_label(theme.body, theme.color().text, text);
  };
  cell(Column::output, ui::shape(row.out.h, row.out.w, row.out.c));
  ImGui::TableSetColumnIndex(static_cast<int>(Column::macs));
  macs_cell(theme, row, largest_macs, color);
  cell(Column::parameters, amount(row.cost.parameters()));
  cell(Column::executed_bytes, kilobytes(row.cost.activation_bytes));
  cell(Column::stored_bytes, kilobytes(row.stored_bytes));
  const bool has_time = frame.layer_ms() && row.timed_with == kNoNode;
  cell(Column::ms, has_time ? ui::format("%.2f", row.ms) : "–");
  const double speed = row.gmacs_per_second();
  cell(Column::speed, speed > 0 ? ui::format("%.1f", speed) : "–");
}

// How much wider the columns of numbers are than they need be: the width that the longest name
// leaves over is shared out, so that a row's numbers are found beside its name.
float column_scale(const ui::Theme& theme) {
  float needed = 0;
  for (const Heading& heading : kHeadings) needed += theme.px(heading.width);
  const float padding = 2 * kColumns * ImGui::GetStyle().CellPadding.x;
  const float room = ImGui::GetContentRegionAvail().x - padding - theme.px(kWidestName);
  return std::max(1.0f, room / needed);
}

float row_height() {
  return ImGui::GetTextLineHeight() + 2 * ImGui::GetStyle().CellPadding.y;
}

// Brings the selected layer into sight once, by whole rows: half of one under the header cannot be
// read.
void follow_selection(const Frame& frame, State& state, const std::vector<Row>& rows,
                      float height) {
  if (state.scrolled_to == frame.selection.node) return;
  state.scrolled_to = frame.selection.node;
  const auto selected = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
    return contains(row, frame.selection.node);
  });
  if (selected == rows.end()) return;
  const float row = row_height();
  const float above = std::floor(height / row / 2) - 1;
  ImGui::SetScrollY(std::max(0.0f, static_cast<float>(selected - rows.begin()) - above) * row);
}

void draw_table(Frame& frame, State& state, float height) {
  const ui::Theme& theme = frame.theme;
  const std::vector<Row> rows = shown_rows(frame, state);
  double largest = 1;
  for (const Row& row : rows) largest = std::max(largest, static_cast<double>(row.cost.macs));
  const ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {theme.px(3), theme.px(3)});
  // Whole rows, the header among them.
  const ImVec2 below = {ImGui::GetCursorPosX(), ImGui::GetCursorPosY() + height};
  height = std::floor(height / row_height()) * row_height();
  if (ImGui::BeginTable("cost", kColumns, flags, {0, height})) {
    ImGui::TableSetupScrollFreeze(0, 1);
    const float wider = column_scale(theme);
    for (const Heading& heading : kHeadings) {
      const bool rest = heading.width == 0;
      ImGui::TableSetupColumn(
          heading.text,
          rest ? ImGuiTableColumnFlags_WidthStretch : ImGuiTableColumnFlags_WidthFixed,
          rest ? 1 : wider * theme.px(heading.width));
    }
    header_row(theme, state);
    follow_selection(frame, state, rows, height);
    for (const Row& row : rows) {
      const ImU32 color = row.first == row.last ? role_color(theme, frame.graph.node(row.first))
                                                : theme.color().strong_line;
      ImGui::TableNextRow();
      ImGui::TableSetColumnIndex(0);
      name_cell(frame, row, color);
      number_cells(frame, row, largest, color);
    }
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
  ImGui::SetCursorPos(below);
}

std::string takeaway(const Frame& frame) {
  TypeShare pointwise;
  TypeShare depthwise;
  for (const TypeShare& share : type_shares(frame)) {
    if (share.type == LayerType::pointwise) pointwise = share;
    if (share.type == LayerType::depthwise) depthwise = share;
  }
  std::string text = "1×1 convolutions do " + ui::percent(pointwise.macs) +
                     " of the MACs, depthwise " + ui::percent(depthwise.macs) + ".";
  if (!frame.now) return text;
  if (!frame.timing) return text + " " + not_measured();
  return text + " Of the measured time they take " + ui::percent(pointwise.ms) + " and " +
         ui::percent(depthwise.ms) + ".";
}

std::string note(const Frame& frame) {
  const bool paper_net =
      frame.model.entry->id == "v1" && frame.model.variant == frame.model.entry->variants[0];
  if (paper_net) {
    return "Conv 3×3: MobileNets' table 2 prints 1.19 %, a digit swap: its own column adds up to "
           "99.29, with 1.91 to 100. The other rows are equal to the last digit.";
  }
  return "Counted as the papers do, for 1,000 classes: convolutions and FC alone, 1 MAC = one "
         "multiply and one add. Weights in the shares: without biases and batch-norm.";
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  draw_header(frame);
  ImGui::Dummy({1, theme.px(2)});
  const std::array<std::string, 2> names = {"Layers", "Blocks"};
  const int clicked = ui::segmented(theme, "rows", names, state.by_block ? 1 : 0);
  if (clicked >= 0) state.by_block = clicked == 1;
  ImGui::SameLine(0, theme.px(16));
  draw_measuring(frame);
  const float footer = ui::takeaway_height(theme, 2, 2) + theme.px(8);
  draw_table(frame, state, ImGui::GetContentRegionAvail().y - footer);
  ui::takeaway(theme, takeaway(frame), note(frame));
}

bool press(State& state, std::string_view key, Commands& commands) {
  if (key == "p") {
    commands.push_back(MeasureTimes{});
  } else if (key == "g") {
    state.by_block = !state.by_block;
  } else if (key == "s") {
    sort_by_next(state);
  } else if (key == "r" && state.sorted_by) {
    state.descending = !state.descending;
  } else {
    return false;
  }
  return true;
}

}  // namespace lens::cost_table
