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

// All that is written, window by window in the order of drawing, a new line where the colour
// changes. Blanks draw nothing and are missing; characters that the font lacks are "?".
std::string drawn_text();

// A text as drawn_text() has it: "5 → 6 ms" is "5?6ms".
std::string as_drawn(std::string_view text);

// Whether the text is written somewhere.
bool is_drawn(std::string_view text);

// Square pictures of this side, in the order of drawing.
std::vector<DrawnBox> drawn_pictures(float side);

// What is drawn in a colour (alpha is not looked at) within `area`: the box around it.
std::optional<DrawnBox> drawn_in_color(ImU32 color, const DrawnBox& area);

}  // namespace lens::test
