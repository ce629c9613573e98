// Values to colours. Sequential (viridis) where nothing lies below zero, diverging blue-white-red
// with white at zero where something does. Both are safe for colour-blind readers.
#pragma once

#include <cstdint>
#include <span>

#include "ui/color.h"

namespace lens::ui {

enum class ColorScale { sequential, diverging };

// low is the value of the first colour, high of the last; diverging ones have low = -high.
struct Mapping {
  ColorScale scale = ColorScale::sequential;
  float low = 0;
  float high = 1;
  bool operator==(const Mapping&) const = default;
};

// The mapping for values in [lowest, highest]: 0 is always on the scale.
Mapping mapping_for(float lowest, float highest);

// Colour at 0..1 along a scale.
ImU32 color_at(ColorScale scale, float position);

// One RGBA pixel per value; values beyond the scale take its end colour.
void map_colors(const Mapping& mapping, std::span<const float> values, std::uint32_t* rgba);

}  // namespace lens::ui
