#include "views/embedding.h"

#include <algorithm>
#include <cmath>

#include "ui/slider.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/embedding_picture.h"

namespace lens::embedding {

namespace {

using demos::ReluEmbedding;

bool previous_matrix(State& state) {
  if (state.seed <= 1) return false;
  --state.seed;
  return true;
}

void draw_pen(const ui::Theme& theme, const State& state, const Square& square) {
  ImGui::GetWindowDrawList()->AddCircle(place_in(square, state.results.large, pen(state)),
                                        theme.px(7), theme.color().accent, 0, theme.px(2));
}

// The matrix that is shown, at the right end of the title's line.
void matrix_controls(const ui::Theme& theme, State& state) {
  const std::string seed = ui::format("seed %llu", static_cast<unsigned long long>(state.seed));
  const char* const next = "New T";
  const char* const before = "Previous T";
  const float gap = theme.px(8);
  float width = 2 * gap + 4 * ImGui::GetStyle().FramePadding.x;
  for (const std::string& text : {std::string(next), std::string(before)}) {
    width += ui::text_size(theme.strong, text).x;
  }
  width += ui::text_size(theme.body, seed).x;
  ImGui::SameLine(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - width);
  ImGui::AlignTextToFramePadding();
  ui::label(theme.body, theme.color().secondary, seed);
  ImGui::SameLine(0, gap);
  if (ui::button(theme, before)) previous_matrix(state);
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "Back to the random matrix before", "Key P");
  ImGui::SameLine(0, gap);
  if (ui::button(theme, next)) ++state.seed;
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "Another random matrix", "Key N");
}

void controls(const ui::Theme& theme, State& state) {
  const std::string figures[] = {"Spiral", "Circle", "Grid", "Scribble"};
  const int figure = ui::segmented(theme, "figure", figures, static_cast<int>(state.figure));
  if (figure >= 0) state.figure = static_cast<Figure>(figure);
  ImGui::SameLine(0, theme.px(16));
  const std::string decoders[] = {"Back by T+, best scale", "Units on"};
  const int decoder = ui::segmented(theme, "decoder", decoders, static_cast<int>(state.decoder));
  if (decoder >= 0) state.decoder = static_cast<Decoder>(decoder);
}

std::string lost_text(double share) {
  return share > 0 ? ui::percent(share) + " lost" : "none lost";
}

// The paper's five dimensions beside the input; a click brings one to the slider.
void small_multiples(const ui::Theme& theme, State& state) {
  const float gap = theme.px(8);
  const int count = static_cast<int>(std::size(demos::kPaperDimensions)) + 1;
  const float room = ImGui::GetContentRegionAvail().x - gap * static_cast<float>(count - 1);
  const float side = std::floor(room / static_cast<float>(count));
  const float line = ImGui::GetTextLineHeight() + theme.px(2);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const auto caption = [&](float x, const std::string& name, const std::string& below,
                           const std::string& small) {
    const float middle = x + side / 2;
    ui::draw_text(draw, theme.strong, {middle, corner.y}, theme.color().text, name, 0.5f);
    const float under = corner.y + line + side + theme.px(2);
    ui::draw_text(draw, theme.strong, {middle, under}, theme.color().text, below, 0.5f);
    ui::draw_text(draw, theme.small, {middle, under + line}, theme.color().secondary, small, 0.5f);
  };
  const Square first = {{corner.x, corner.y + line}, side};
  draw_points(theme, first, state.results.large, Show::input);
  caption(corner.x, "Input, 2-D", lost_text(0), "before T");
  for (int i = 0; i + 1 < count; ++i) {
    const int n = demos::kPaperDimensions[i];
    const float x = corner.x + static_cast<float>(i + 1) * (side + gap);
    const Square square = {{x, corner.y + line}, side};
    const ReluEmbedding& result = state.results.paper[static_cast<std::size_t>(i)];
    ImGui::SetCursorScreenPos(square.min);
    ImGui::PushID(n);
    if (ImGui::InvisibleButton("n", {side, side})) state.dimensions = n;
    if (ImGui::IsItemHovered()) ui::tooltip(theme, ui::format("Show n = %d large", n));
    ImGui::PopID();
    draw_points(theme, square, result, shown_by(state.decoder));
    if (state.dimensions == n) outline(theme, square);
    caption(x, ui::format("n = %d", n), lost_text(result.not_recoverable_share),
            "expected " + ui::percent(demos::expected_not_recoverable_share(n)));
  }
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy({1, side + 3 * line + theme.px(4)});
}

// The input, large: also the paper to draw on.
void input_square(const ui::Theme& theme, State& state, const Square& square) {
  ImGui::SetCursorScreenPos(square.min);
  ImGui::InvisibleButton("paper", {square.side, square.side});
  if (ImGui::IsItemActivated()) {
    state.figure = Figure::scribble;
    state.scribble.clear();
  }
  if (ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const auto unit = [&](float at, float from) {
      return std::clamp(static_cast<double>((at - from) / square.side) * 2 - 1, -1.0, 1.0);
    };
    scribble_to(state, {unit(mouse.x, square.min.x), -unit(mouse.y, square.min.y)});
  }
  draw_points(theme, square, state.results.large, Show::input_with_losses);
  if (state.figure != Figure::scribble) return;
  draw_pen(theme, state, square);
  if (!state.scribble.empty()) return;
  float y = square.min.y + square.side * 0.3f;
  for (const char* line : {"Draw here with the mouse,", "or by Shift + arrow keys"}) {
    ui::draw_text(ImGui::GetWindowDrawList(), theme.strong, {square.min.x + square.side / 2, y},
                  theme.color().secondary, line, 0.5f);
    y += ImGui::GetTextLineHeight();
  }
}

void facts(const ui::Theme& theme, State& state, float width) {
  const ReluEmbedding& result = state.results.large;
  const int n = state.dimensions;
  ImGui::BeginChild("facts", {width, 0}, false, ImGuiWindowFlags_NoScrollbar);
  ui::label(theme.strong, theme.color().text, ui::format("n = %d dimensions", n));
  const ui::Slider range = {.low = demos::kMinDimensions, .high = demos::kMaxDimensions};
  ui::bare_slider(theme, "n", range, width, state.dimensions);
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "How many units T has", "Keys [ and ]");
  ImGui::Dummy({1, theme.px(2)});
  ui::fact(theme, "Points lost", ui::percent(result.not_recoverable_share));
  ui::fact(theme, "expected (n+1)/2ⁿ", ui::percent(demos::expected_not_recoverable_share(n)));
  ui::fact(theme, "All units off", ui::percent(result.all_off_share));
  ui::fact(theme, "expected 1/2ⁿ", ui::percent(demos::expected_all_off_share(n)));
  ImGui::Dummy({1, theme.px(4)});
  ui::fact(theme, "Error of T+", ui::format("%.2f", result.relative_rmse));
  ui::fact(theme, ui::format("with scale × %.2f", result.scale),
           ui::format("%.2f", result.rescaled_relative_rmse));
  ui::wrapped(theme.small, theme.color().secondary, "Error: RMS over the input's size.");
  ImGui::EndChild();
}

void large(const ui::Theme& theme, State& state, float height) {
  const float gap = theme.px(16);
  const float fact_width = theme.px(172);
  const float line = ImGui::GetTextLineHeight() + theme.px(3);
  const float width = ImGui::GetContentRegionAvail().x;
  const float side = std::min(height - line, (width - fact_width - 2 * gap) / 2);
  const ImVec2 origin = ImGui::GetCursorPos();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Square left = {{corner.x, corner.y + line}, side};
  const Square right = {{corner.x + side + gap, corner.y + line}, side};
  ui::draw_text(draw, theme.body, {left.min.x, corner.y}, theme.color().secondary,
                "In (draw your own here)");
  ui::draw_text(draw, theme.body, {right.min.x, corner.y}, theme.color().secondary,
                "Back from n dimensions");
  input_square(theme, state, left);
  draw_points(theme, right, state.results.large, shown_by(state.decoder));
  ImGui::SetCursorPos({origin.x + 2 * (side + gap), origin.y});
  facts(theme, state, width - 2 * (side + gap));
  ImGui::SetCursorPos({origin.x, origin.y + height});
}

std::string takeaway(const State& state) {
  const double lost = state.results.large.not_recoverable_share;
  const std::string n = ui::format("n = %d", state.dimensions);
  if (state.results.points.empty()) return "Draw a figure in the left square.";
  if (lost > 0) {
    return "With " + n + ", " + ui::percent(lost) +
           " of the points leave fewer than 2 units on: no decoder brings them back. V2 puts no "
           "ReLU where channels are few.";
  }
  return "With " + n +
         ", every point leaves at least 2 units on, so nothing is lost: ReLU is safe where "
         "channels are many, as in V2's expanded layers.";
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  ui::label(theme.title, theme.color().text, "What does ReLU erase for good?");
  matrix_controls(theme, state);
  ui::wrapped(theme.body, theme.color().secondary,
              "Points → random T (n × 2) → ReLU → back (V2 paper, Fig. 1). Grey crosses are lost.");
  ImGui::Dummy({1, theme.px(2)});
  controls(theme, state);
  update(state);
  ImGui::Dummy({1, theme.px(2)});
  small_multiples(theme, state);
  const float footer = ui::takeaway_height(theme, 2, 0) + theme.px(8);
  large(theme, state, ImGui::GetContentRegionAvail().y - footer);
  update(state);
  ImGui::Dummy({1, theme.px(2)});
  ui::takeaway(theme, takeaway(state));
}

bool press(State& state, std::string_view key) {
  if (key == "n") {
    ++state.seed;
  } else if (key == "p") {
    return previous_matrix(state);
  } else if (key == "Backspace" && state.figure == Figure::scribble) {
    state.scribble.clear();
  } else if (key == "[") {
    state.dimensions = std::max(demos::kMinDimensions, state.dimensions - 1);
  } else if (key == "]") {
    state.dimensions = std::min(demos::kMaxDimensions, state.dimensions + 1);
  } else if (key == "s") {
    state.figure = static_cast<Figure>((static_cast<int>(state.figure) + 1) % 4);
  } else if (key == "e") {
    const bool scaled = state.decoder == Decoder::scaled_inverse;
    state.decoder = scaled ? Decoder::active_rows : Decoder::scaled_inverse;
  } else {
    return move_pen(state, key);
  }
  return true;
}

}  // namespace lens::embedding
