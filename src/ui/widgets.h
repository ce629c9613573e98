// The few controls and marks of the interface, drawn in the theme. All immediate mode: call every
// frame, get what happened.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ui/colormap.h"
#include "ui/theme.h"

namespace lens::ui {

// Text in a font and colour, at the cursor; `wrapped` breaks lines at the window's right edge.
void label(ImFont* font, ImU32 color, std::string_view text);
void wrapped(ImFont* font, ImU32 color, std::string_view text);
// `text` with line breaks in place of blanks, so that no line is wider than `width` (but for a word
// that is). ImGui's own wrapping would also break after the dot of "bneck6.project".
std::string in_lines(ImFont* font, std::string_view text, float width);

// What a panel comes to, in one sentence at its foot: strong, beside a bar that the eye finds at
// once; below it a note in small letters.
void takeaway(const Theme& theme, std::string_view text, std::string_view note = {});
// The height to leave for it: constant, so that nothing moves when the sentence changes.
float takeaway_height(const Theme& theme, int lines, int note_lines);

// A number at the right edge of its cell.
void right_label(ImFont* font, ImU32 color, std::string_view text);
// Text at a place of a draw list; right-aligned when `align` is 1, centred at 0.5. Returns width.
float draw_text(ImDrawList* draw, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float align = 0);
ImVec2 text_size(ImFont* font, std::string_view text);
// `text`, cut with "…" where it is wider than max_width.
std::string fitted(ImFont* font, std::string_view text, float max_width);

// A section's name above its content.
void heading(const Theme& theme, std::string_view text);
// A name on the left, a value right-aligned on the same line.
void fact(const Theme& theme, std::string_view name, std::string_view value);

enum class ButtonKind { plain, primary };
bool button(const Theme& theme, const char* label, ButtonKind kind = ButtonKind::plain);

// One row of exclusive choices; returns the clicked one or -1. A pending choice (still loading) is
// outlined, a disabled one is pale and cannot be clicked. The whole row is the last item.
int segmented(const Theme& theme, const char* id, std::span<const std::string> labels, int active,
              int pending = -1, int disabled = -1);

// A panel's title with a small choice at its right end; returns the clicked one or -1.
struct TitleChoice {
  const char* id = "";
  std::span<const std::string> names = {};
  int active = 0;
  std::string_view what = {};  // the tooltip: what is chosen,
  std::string_view key = {};   // and by which key
};

int title_with_choice(const Theme& theme, std::string_view title, const TitleChoice& choice);

// A tooltip with a strong first line.
void tooltip(const Theme& theme, std::string_view title, std::string_view text = {});

// Shares of values beyond the two ends of a scale.
struct Beyond {
  double below = 0;
  double above = 0;
};

// A colour bar with its two ends (and zero where it lies between) in numbers; where values lie
// beyond an end, a patch of the colour that marks them stands there over "<" or ">".
void legend(const Theme& theme, const Mapping& mapping, float width, const Beyond& beyond = {});

// A button that opens a list of choices; returns the clicked one or -1. The text after "##" in
// `title` is its id alone.
int dropdown(const Theme& theme, const std::string& title, std::span<const std::string> choices,
             int active);

// A bar of 0..1 on a sunken ground.
void progress_bar(const Theme& theme, float part, ImVec2 size, ImU32 color);

// Diagonal stripes over a rectangle: "linear" in the network, "what-if" in a banner.
void hatch(ImDrawList* draw, ImVec2 min, ImVec2 max, ImU32 color, float spacing, float thickness);

}  // namespace lens::ui
