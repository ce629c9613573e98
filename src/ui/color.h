// Colours as ImGui's packed ABGR, written as the hex that designers write.
#pragma once

#include "imgui.h"

namespace lens::ui {

// rgb(0xE69F00) is Okabe-Ito orange; alpha 0..255.
constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  const unsigned r = (hex >> 16) & 0xFF;
  const unsigned g = (hex >> 8) & 0xFF;
  const unsigned b = hex & 0xFF;
  return r | (g << 8) | (b << 16) | (alpha << 24);
}

constexpr ImU32 with_alpha(ImU32 color, float alpha) {
  return (color & 0x00FFFFFF) | (static_cast<unsigned>(alpha * 255.0f + 0.5f) << 24);
}

// Part of the way from one colour to another, 0..1; alpha too.
ImU32 mix(ImU32 from, ImU32 to, float part);

// Black or white, whichever stands out more from a ground.
ImU32 ink_on(ImU32 ground);

}  // namespace lens::ui
