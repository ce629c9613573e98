// What ImGui has drawn in the latest frame, read back from its triangles: text by the glyphs'
// places in the font atlas, boxes by their colour. Knows ImGui's built-in font, which a
// HeadlessPage has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

namespace lens::test {

struct DrawnBox {
  ImVec2 min;
  ImVec2 max;
};

// Larger than any page.
const DrawnBox kWholePage = {{-1e6f, -1e6f}, {1e6f, 1e6f}};

// All that is written, window by window in the order of drawing, a new line where the colour
// changes. Blanks draw nothing and are missing; characters that the font lacks are "?".
std::string drawn_text(const DrawnBox& area = kWholePage);

// A text as drawn_text() has it: "5 → 6 ms" is "5?6ms".
std::string as_drawn(std::string_view text);

// Whether the text is written somewhere.
bool is_drawn(std::string_view text);

// Where the text stands by itself: nothing in its colour is written right before or behind it. The
// first place in the order of drawing.
std::optional<DrawnBox> text_place(std::string_view text, const DrawnBox& area = kWholePage);

// How many corners of what is drawn lie within an area.
int vertices_in(const DrawnBox& area);

// The panel in the middle of the page, and what of it lies below its names and notices.
DrawnBox window_of_panel();
DrawnBox drawn_panel();

// Differs where anything is drawn elsewhere, or in another colour.
std::size_t fingerprint(const DrawnBox& area);

// Square pictures, all or those of one side, in the order of drawing.
std::vector<DrawnBox> drawn_pictures();
std::vector<DrawnBox> drawn_pictures(float side);

// What is drawn in a colour (alpha is not looked at) within `area`: the box around it.
std::optional<DrawnBox> drawn_in_color(ImU32 color, const DrawnBox& area);

}  // namespace lens::test
