// What a font file says of its own proportions. Draws nothing.
#pragma once

#include <cstdint>
#include <span>

namespace lens::ui {

// The height of a line, from the highest ascender to the lowest descender, in ems: what ImGui and
// stb_truetype call a font's size is that height, what a typographer calls so is the em. 1.21 for
// Inter. 1 where the bytes are no font.
float line_in_ems(std::span<const std::uint8_t> font);

}  // namespace lens::ui
