#include "views/what_if_nets.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cost/memory.h"
#include "cost/published.h"
#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/what_if_choices.h"

namespace lens::what_if_nets {

namespace {

constexpr float kNames = 116;  // px at 1280

Graph base_of(const CatalogEntry& entry) {
  return entry.build({}, kPaperClasses);
}

Variation own_variation(const ShownModel& model) {
  return {.width = model.variant.width, .resolution = model.variant.resolution};
}

void follow_model(const Frame& frame, State& state) {
  const ShownModel& model = frame.model;
  if (state.entry == model.entry && state.variant == model.variant) return;
  state = {.entry = model.entry, .variant = model.variant, .variation = own_variation(model)};
}

void choice_row(const ui::Theme& theme, State& state, const Graph& base, Choice choice) {
  const bool focused = state.focused == static_cast<int>(choice);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string name = name_of(choice);
  const float text = ui::text_size(theme.body, name).y;
  ui::draw_text(ImGui::GetWindowDrawList(), focused ? theme.strong : theme.body,
                {at.x, at.y + (ImGui::GetFrameHeight() - text) / 2},
                focused ? theme.color().accent : theme.color().text, name);
  ImGui::SetCursorScreenPos({at.x + theme.px(kNames), at.y});
  const int clicked = ui::segmented(theme, name.c_str(), options(base, choice),
                                    option_of(base, state.variation, choice));
  if (clicked < 0) return;
  state.focused = static_cast<int>(choice);
  choose(base, state.variation, choice, clicked);
}

// The short choices stand two to a row.
void choices(const ui::Theme& theme, State& state, const Graph& base) {
  const float left = ImGui::GetCursorPosX();
  const float half = ImGui::GetContentRegionAvail().x / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme.px(8), theme.px(4)});
  bool second = false;
  for (int i = 0; i < kChoices; ++i) {
    const Choice choice = static_cast<Choice>(i);
    if (!has_choice(base, choice)) continue;
    const bool wide =
        choice == Choice::width || choice == Choice::resolution || choice == Choice::expansion;
    if (second && !wide) ImGui::SameLine(left + half);
    second = !wide && !second;
    ImGui::BeginGroup();
    choice_row(theme, state, base, choice);
    ImGui::EndGroup();
  }
  ImGui::PopStyleVar();
}

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

struct Numbers {
  double macs = 0;
  double parameters = 0;
  double largest = 0;  // values
  double peak_bytes = 0;
};

Numbers numbers_of(const Graph& graph) {
  const Cost total = total_cost(graph);
  const std::vector<std::int64_t> live = live_bytes(graph);
  return {static_cast<double>(total.macs), static_cast<double>(total.parameters()),
          static_cast<double>(graph.node(largest_activation(graph)).out.count()),
          static_cast<double>(*std::max_element(live.begin(), live.end()))};
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

std::string times(double after, double before) {
  const double ratio = after / before;
  return ratio == 1 ? "the same" : ui::format(ratio < 0.1 ? "× %.3f" : "× %.2f", ratio);
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

void numbers(const ui::Theme& theme, const Comparison& nets, const std::string& title) {
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {theme.px(6), theme.px(2)});
  if (ImGui::BeginTable("numbers", 5, ImGuiTableFlags_BordersInnerH)) {
    ImGui::TableSetupColumn("net", ImGuiTableColumnFlags_WidthFixed, theme.px(164));
    for (const char* name : {"macs", "parameters", "largest", "peak"}) {
      ImGui::TableSetupColumn(name);
    }
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    for (const char* name : {"MACs", "parameters", "largest tensor, values", "peak alive"}) {
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

// What a paper prints for exactly this network, if one does.
std::string printed(const ShownModel& model, const Variation& variation) {
  for (const PublishedResult& row : published_results()) {
    const Variation of_row = {.width = row.width,
                              .resolution = row.resolution,
                              .full_convolutions = row.full_convolutions};
    if (row.model != model.entry->id || !(of_row == variation) || row.million_macs <= 0) continue;
    std::string text = std::string(row.source->short_name) + " prints " +
                       ui::format("%g M MACs", row.million_macs);
    if (row.million_parameters > 0) text += ui::format(", %g M parameters", row.million_parameters);
    return text + ". ";
  }
  return "";
}

std::string title_of(const ShownModel& model) {
  return std::string(model.entry->title) +
         ui::format(" %.2f / %d", model.variant.width, model.variant.resolution);
}

std::string takeaway(const ShownModel& model, const Variation& variation, const Comparison& nets) {
  const std::string words = in_words(model, variation);
  if (words.empty()) return "Change a choice: MACs and parameters are counted anew at once.";
  const double own = static_cast<double>(total_cost(nets.own).macs);
  const double other = static_cast<double>(total_cost(nets.varied).macs);
  const char* which = other >= own ? "more" : "less";
  return words + ": " + ui::compact(std::abs(other - own)) + " MACs " + which + ", " +
         times(other, own) + ".";
}

std::string note(const ShownModel& model, const State& state) {
  std::string text = printed(model, state.variation);
  if (state.variation.full_convolutions) {
    text += model.entry->id == "v1"
                ? "Standard: depthwise and pointwise become one 3×3 convolution. "
                : "Standard: an expansion and the depthwise after it become one convolution. ";
  }
  return text + "Exact costs of networks that nobody has trained here: no accuracy is implied.";
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  follow_model(frame, state);
  const Graph base = base_of(*frame.model.entry);
  const std::string title = title_of(frame.model);
  ui::label(theme.title, theme.color().text,
            "What if " + std::string(frame.model.entry->title) + " had been built otherwise?");
  ImGui::SameLine(0, theme.px(12));
  if (!in_words(frame.model, state.variation).empty()) {
    if (ui::button(theme, "Reset")) state.variation = own_variation(frame.model);
  } else {
    ImGui::Dummy({1, ImGui::GetFrameHeight()});
  }
  choices(theme, state, base);
  const Comparison nets = compare(frame.model, state.variation);
  ImGui::Dummy({1, theme.px(2)});
  bars(theme, nets, title);
  numbers(theme, nets, title);
  const float footer = theme.px(66);
  const float room = ImGui::GetContentRegionAvail().y - footer;
  if (room > theme.px(70)) curve(frame, state, base, room);
  ImGui::Dummy({1, theme.px(10)});
  ui::wrapped(theme.body, theme.color().text, takeaway(frame.model, state.variation, nets));
  ui::wrapped(theme.small, theme.color().secondary, note(frame.model, state));
}

bool press(State& state, std::string_view key) {
  if (!state.entry) return false;
  const Graph base = base_of(*state.entry);
  if (key == "ArrowDown" || key == "ArrowUp") {
    const int by = key == "ArrowDown" ? 1 : kChoices - 1;
    do {
      state.focused = (state.focused + by) % kChoices;
    } while (!has_choice(base, static_cast<Choice>(state.focused)));
  } else if (key == "ArrowRight" || key == "ArrowLeft") {
    const Choice choice = static_cast<Choice>(state.focused);
    const int option = option_of(base, state.variation, choice);
    choose(base, state.variation, choice, option + (key == "ArrowRight" ? 1 : -1));
  } else {
    return false;
  }
  return true;
}

Comparison compare(const ShownModel& model, const Variation& variation) {
  const Graph base = base_of(*model.entry);
  return {varied(base, own_variation(model)), varied(base, variation)};
}

std::string in_words(const ShownModel& model, const Variation& variation) {
  const Graph base = base_of(*model.entry);
  const Variation own = own_variation(model);
  std::string words;
  for (int i = 0; i < kChoices; ++i) {
    const Choice choice = static_cast<Choice>(i);
    const int option = option_of(base, variation, choice);
    if (!has_choice(base, choice) || option == option_of(base, own, choice)) continue;
    words += (words.empty() ? "" : ", ") + name_of(choice) + " " +
             options(base, choice)[static_cast<std::size_t>(option)];
  }
  return words;
}

Table table(const ShownModel& model, const State& state) {
  const bool same = state.entry == model.entry && state.variant == model.variant;
  const Variation variation = same ? state.variation : own_variation(model);
  const Comparison nets = compare(model, variation);
  Table result;
  result.columns = {"network",    "what-if",        "MACs",
                    "parameters", "largest tensor", "peak live bytes"};
  const auto row = [&](const std::string& words, const Graph& graph) {
    const Numbers n = numbers_of(graph);
    result.rows.push_back({title_of(model), words, n.macs, n.parameters, n.largest, n.peak_bytes});
  };
  row("", nets.own);
  row(in_words(model, variation), nets.varied);
  return result;
}

}  // namespace lens::what_if_nets
