#include "views/cost_table.h"

#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"

namespace lens::cost_table {

namespace {

// The table's columns, left to right.
constexpr int kLayer = 0;
constexpr int kOutput = 1;
constexpr int kMacs = 2;
constexpr int kShare = 3;
constexpr int kParameters = 4;
constexpr int kBytes = 5;
constexpr int kMs = 6;
constexpr int kColumns = 7;

struct Row {
  NodeId id;
  const Node* node;
  const Cost* cost;
  double ms;
};

double sort_key(const Row& row, int column) {
  switch (column) {
    case kOutput:
      return static_cast<double>(row.node->out.count());
    case kMacs:
    case kShare:
      return static_cast<double>(row.cost->macs);
    case kParameters:
      return static_cast<double>(row.cost->parameters());
    case kBytes:
      return static_cast<double>(row.cost->activation_bytes);
    case kMs:
      return row.ms;
    default:
      return row.id;
  }
}

std::vector<Row> rows_of(const Frame& frame) {
  std::vector<Row> rows;
  for (NodeId id = 1; id < frame.graph.size(); ++id) {
    const std::size_t at = static_cast<std::size_t>(id);
    rows.push_back(
        {id, &frame.graph.node(id), &frame.costs[at], frame.now ? frame.now->node_ms[at] : 0});
  }
  return rows;
}

void sort_rows(std::vector<Row>& rows, const State& state) {
  if (state.sorted_by < 0) return;
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    const double left = sort_key(a, state.sorted_by);
    const double right = sort_key(b, state.sorted_by);
    return state.descending ? left > right : left < right;
  });
}

void right_aligned(const ui::Theme& theme, ImFont* font, const std::string& text) {
  const float free = ImGui::GetContentRegionAvail().x - ui::text_size(font, text).x;
  if (free > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + free);
  ui::label(font, theme.color().text, text);
}

std::string amount(std::int64_t value) {
  return value == 0 ? "–" : ui::grouped(value);
}

// Largest first, then smallest first, then the network's own order again.
void cycle_sort(State& state, int column) {
  if (state.sorted_by != column) {
    state.sorted_by = column;
    state.descending = true;
  } else if (state.descending) {
    state.descending = false;
  } else {
    state.sorted_by = -1;
  }
}

void sort_arrow(const ui::Theme& theme, ImVec2 centre, bool descending) {
  const float half = theme.px(4);
  const float tip = descending ? half : -half;
  ImGui::GetWindowDrawList()->AddTriangleFilled(
      {centre.x - half, centre.y - tip / 2}, {centre.x + half, centre.y - tip / 2},
      {centre.x, centre.y + tip / 2}, theme.color().accent);
}

void header_cell(const ui::Theme& theme, State& state, int column, const char* name) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 extent = ui::text_size(theme.strong, name);
  ImGui::PushID(column);
  if (ImGui::InvisibleButton("sort", {width, extent.y})) cycle_sort(state, column);
  ImGui::PopID();
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ui::tooltip(theme, "Sort by this column");
  const bool sorted = state.sorted_by == column;
  const ImU32 color = sorted || hovered ? theme.color().accent : theme.color().secondary;
  const bool left = column == kLayer || column == kShare;
  ui::draw_text(ImGui::GetWindowDrawList(), theme.strong, {left ? at.x : at.x + width, at.y}, color,
                name, left ? 0.0f : 1.0f);
  if (!sorted) return;
  const float offset = extent.x + theme.px(8);
  sort_arrow(theme, {left ? at.x + offset : at.x + width - offset, at.y + extent.y / 2},
             state.descending);
}

void header_row(const ui::Theme& theme, State& state) {
  static constexpr const char* kNames[kColumns] = {"Layer",      "Output", "MACs", "MACs to scale",
                                                   "Parameters", "kB",     "ms"};
  ImGui::TableNextRow();
  for (int column = 0; column < kColumns; ++column) {
    ImGui::TableSetColumnIndex(column);
    header_cell(theme, state, column, kNames[column]);
  }
}

void layer_cell(Frame& frame, const Row& row) {
  const ui::Theme& theme = frame.theme;
  const bool selected = frame.selection.node == row.id;
  const bool lit = frame.hovered.node == row.id;
  if (selected || lit) {
    const ImU32 ground =
        selected ? ui::mix(theme.color().hover, theme.color().accent, 0.18f) : theme.color().hover;
    ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, ground);
  }
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered, ui::with_alpha(theme.color().hover, 0));
  ImGui::PushStyleColor(ImGuiCol_HeaderActive, ui::with_alpha(theme.color().hover, 0));
  ImGui::PushID(row.id);
  if (ImGui::Selectable("##row", false, ImGuiSelectableFlags_SpanAllColumns)) {
    frame.selection.node = row.id;
    frame.selection.channel = -1;
  }
  ImGui::PopID();
  ImGui::PopStyleColor(2);
  if (ImGui::IsItemHovered()) {
    frame.hover.node = row.id;
    ui::tooltip(theme, row.node->name, summary(*row.node));
  }
  ImGui::SameLine(0, 0);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float chip = theme.px(10);
  const float top = at.y + (ImGui::GetTextLineHeight() - chip) / 2;
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, top}, {at.x + chip, top + chip},
                                            role_color(theme, *row.node), theme.px(2));
  ui::draw_text(ImGui::GetWindowDrawList(), theme.body, {at.x + chip + theme.px(8), at.y},
                theme.color().text, row.node->name);
  ImGui::NewLine();
}

void number_cells(const Frame& frame, const Row& row, double largest_macs) {
  const ui::Theme& theme = frame.theme;
  const Shape& out = row.node->out;
  ImGui::TableSetColumnIndex(kOutput);
  right_aligned(theme, theme.body, ui::shape(out.h, out.w, out.c));
  ImGui::TableSetColumnIndex(kMacs);
  right_aligned(theme, theme.body, amount(row.cost->macs));
  ImGui::TableSetColumnIndex(kShare);
  const float height = theme.px(10);
  const float part = static_cast<float>(static_cast<double>(row.cost->macs) / largest_macs);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (ImGui::GetTextLineHeight() - height) / 2);
  ui::progress_bar(theme, part, {ImGui::GetContentRegionAvail().x, height},
                   role_color(theme, *row.node));
  ImGui::TableSetColumnIndex(kParameters);
  right_aligned(theme, theme.body, amount(row.cost->parameters()));
  ImGui::TableSetColumnIndex(kBytes);
  right_aligned(theme, theme.body,
                ui::format("%.1f", static_cast<double>(row.cost->activation_bytes) / 1000));
  ImGui::TableSetColumnIndex(kMs);
  right_aligned(theme, theme.body, frame.now ? ui::format("%.2f", row.ms) : "–");
}

// The measured time of one kind of layer, in all.
double ms_of(const std::vector<Row>& rows, Op op, bool pointwise) {
  double sum = 0;
  for (const Row& row : rows) {
    if (row.node->op == op && is_pointwise(*row.node) == pointwise) sum += row.ms;
  }
  return sum;
}

double macs_of(const std::vector<Row>& rows, Op op, bool pointwise) {
  double sum = 0;
  for (const Row& row : rows) {
    if (row.node->op == op && is_pointwise(*row.node) == pointwise) {
      sum += static_cast<double>(row.cost->macs);
    }
  }
  return sum;
}

void big_number(const ui::Theme& theme, const std::string& number, const char* unit) {
  ImGui::BeginGroup();
  ui::label(theme.title, theme.color().text, number);
  ui::label(theme.small, theme.color().secondary, unit);
  ImGui::EndGroup();
  ImGui::SameLine(0, theme.px(28));
}

void header(const Frame& frame, const Cost& total) {
  const ui::Theme& theme = frame.theme;
  ui::label(theme.title, theme.color().text,
            "Where do " + std::string(frame.model.entry->title) + "'s multiply-adds go?");
  ImGui::Dummy({1, theme.px(2)});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme.px(8), 0});
  big_number(theme, ui::grouped(total.macs), "multiply-adds (MACs)");
  big_number(theme, ui::grouped(total.parameters()), "parameters, with batch-norm");
  big_number(theme, ui::bytes(total.activation_bytes), "activations, float32");
  if (frame.now) {
    big_number(theme, ui::milliseconds(frame.now->total_ms()) + " ms", "measured, this run");
  }
  ImGui::NewLine();
  ImGui::PopStyleVar();
  ImGui::Dummy({1, theme.px(4)});
}

void footer(const Frame& frame, const std::vector<Row>& rows, const Cost& total) {
  const ui::Theme& theme = frame.theme;
  const double all = static_cast<double>(total.macs);
  std::string text = "1×1 convolutions do " + ui::percent(macs_of(rows, Op::conv, true) / all) +
                     " of the MACs, depthwise " +
                     ui::percent(macs_of(rows, Op::depthwise, false) / all) + ".";
  if (frame.now && frame.now->total_ms() > 0) {
    const double ms = frame.now->total_ms();
    text += " In measured time: " + ui::percent(ms_of(rows, Op::conv, true) / ms) + " and " +
            ui::percent(ms_of(rows, Op::depthwise, false) / ms) + ".";
  }
  ui::wrapped(theme.body, theme.color().text, text);
  ui::wrapped(theme.small, theme.color().secondary,
              "Counted as the papers do, for 1,000 classes: conv and FC only, 1 MAC = one multiply "
              "and one add. kB: the layer's output in float32.");
}

void setup_columns(const ui::Theme& theme) {
  ImGui::TableSetupScrollFreeze(0, 1);
  const auto fixed = [&](const char* name, float width) {
    ImGui::TableSetupColumn(name, ImGuiTableColumnFlags_WidthFixed, theme.px(width));
  };
  fixed("layer", 152);
  fixed("output", 112);
  fixed("macs", 84);
  ImGui::TableSetupColumn("share", ImGuiTableColumnFlags_WidthStretch);
  fixed("parameters", 84);
  fixed("bytes", 60);
  fixed("ms", 48);
}

void table(Frame& frame, State& state, std::vector<Row> rows, float height) {
  double largest = 1;
  for (const Row& row : rows) largest = std::max(largest, static_cast<double>(row.cost->macs));
  const ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {frame.theme.px(6), frame.theme.px(3)});
  if (ImGui::BeginTable("cost", kColumns, flags, {0, height})) {
    setup_columns(frame.theme);
    header_row(frame.theme, state);
    sort_rows(rows, state);
    for (const Row& row : rows) {
      ImGui::TableNextRow();
      ImGui::TableSetColumnIndex(kLayer);
      layer_cell(frame, row);
      number_cells(frame, row, largest);
      if (state.scrolled_to != row.id && frame.selection.node == row.id) {
        ImGui::SetScrollHereY(0.5f);
        state.scrolled_to = row.id;
      }
    }
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  Cost total;
  for (const Cost& cost : frame.costs) total += cost;
  const std::vector<Row> rows = rows_of(frame);
  header(frame, total);
  const float footer_height = theme.px(64);
  table(frame, state, rows, ImGui::GetContentRegionAvail().y - footer_height);
  footer(frame, rows, total);
}

Table table(const Frame& frame) {
  Table result;
  result.columns = {"layer", "operation",  "height",           "width", "channels",
                    "MACs",  "parameters", "activation bytes", "ms"};
  for (const Row& row : rows_of(frame)) {
    const Shape& out = row.node->out;
    const auto number = [](auto value) { return TableCell(static_cast<double>(value)); };
    result.rows.push_back({row.node->name, operation(*row.node), number(out.h), number(out.w),
                           number(out.c), number(row.cost->macs), number(row.cost->parameters()),
                           number(row.cost->activation_bytes), number(row.ms)});
  }
  return result;
}

}  // namespace lens::cost_table
