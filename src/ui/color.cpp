#include "ui/color.h"

namespace lens::ui {

ImU32 mix(ImU32 from, ImU32 to, float part) {
  ImU32 mixed = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const float a = static_cast<float>((from >> shift) & 0xFF);
    const float b = static_cast<float>((to >> shift) & 0xFF);
    mixed |= static_cast<ImU32>(a + (b - a) * part + 0.5f) << shift;
  }
  return mixed;
}

ImU32 ink_on(ImU32 ground) {
  const float red = static_cast<float>(ground & 0xFF);
  const float green = static_cast<float>((ground >> 8) & 0xFF);
  const float blue = static_cast<float>((ground >> 16) & 0xFF);
  // Perceived brightness, ITU-R BT.601.
  return 0.299f * red + 0.587f * green + 0.114f * blue > 140 ? rgb(0x000000) : rgb(0xFFFFFF);
}

}  // namespace lens::ui
