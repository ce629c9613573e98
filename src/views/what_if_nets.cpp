#include "views/what_if_nets.h"

#include <algorithm>
#include <cmath>

#include "cost/published.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/what_if_choices.h"
#include "views/what_if_numbers.h"

namespace lens::what_if_nets {

namespace {

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
  const float half = ImGui::GetContentRegionAvail().x / 2 + theme.px(8);
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
  const double own = static_cast<double>(total_cost(nets.own).macs);
  if (words.empty()) {
    return std::string(model.entry->title) + " as published needs " + ui::compact(own) +
           " MACs. Change a choice to see what it was worth.";
  }
  const double other = static_cast<double>(total_cost(nets.varied).macs);
  const char* which = other >= own ? "more" : "less";
  return words + ". That is " + ui::compact(std::abs(other - own)) + " MACs " + which + ", " +
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

// The way back stands at the right end while there is one.
void header(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  const ImVec2 at = ImGui::GetCursorPos();
  const float right = at.x + ImGui::GetContentRegionAvail().x;
  ui::label(theme.title, theme.color().text,
            "What if " + std::string(frame.model.entry->title) + " had been built otherwise?");
  const float below = ImGui::GetCursorPosY();
  if (!in_words(frame.model, state.variation).empty()) {
    const float width = ui::text_size(theme.body, "Reset").x + theme.px(24);
    ImGui::SetCursorPos({right - width, at.y - theme.px(2)});
    if (ui::button(theme, "Reset")) state.variation = own_variation(frame.model);
  }
  ImGui::SetCursorPos({at.x, below + theme.px(4)});
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  follow_model(frame, state);
  const Graph base = base_of(*frame.model.entry);
  const std::string title = title_of(frame.model);
  header(frame, state);
  choices(theme, state, base);
  const Comparison nets = compare(frame.model, state.variation);
  ImGui::Dummy({1, theme.px(2)});
  bars(theme, nets, title);
  numbers(theme, nets, title);
  const float footer = ui::takeaway_height(theme, 2, 2) + theme.px(6);
  const float room = ImGui::GetContentRegionAvail().y - footer;
  if (room > theme.px(70)) curve(frame, state, base, room);
  ImGui::Dummy({1, theme.px(6)});
  ui::takeaway(theme, takeaway(frame.model, state.variation, nets), note(frame.model, state));
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
    words += (words.empty() ? "" : ", ") + name_of(choice) + ": " +
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
