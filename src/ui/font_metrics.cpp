#include "ui/font_metrics.h"

// ImGui keeps its copy of these functions to itself, so this file has its own; only those in use
// reach the program.
#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#include "imstb_truetype.h"

namespace lens::ui {

float line_in_ems(std::span<const std::uint8_t> font) {
  stbtt_fontinfo info;
  const int offset = font.empty() ? -1 : stbtt_GetFontOffsetForIndex(font.data(), 0);
  if (offset < 0 || !stbtt_InitFont(&info, font.data(), offset)) return 1;
  return stbtt_ScaleForMappingEmToPixels(&info, 1) / stbtt_ScaleForPixelHeight(&info, 1);
}

}  // namespace lens::ui
