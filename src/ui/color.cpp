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

}  // namespace lens::ui
