// Values to colours. Sequential (viridis) where nothing lies below zero, diverging blue-white-red
// with white at zero where something does. Both are safe for colour-blind readers, and so are the
// two colours that mark values beyond a scale: neither scale has them.
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

enum class ScaleChoice { automatic, sequential, diverging };

// The mapping for values in [lowest, highest]: 0 is always on the scale.
Mapping mapping_for(float lowest, float highest, ScaleChoice choice = ScaleChoice::automatic);

// Colour at 0..1 along a scale.
ImU32 color_at(ColorScale scale, float position);

// Of values beyond the ends of a scale.
ImU32 above_color(ColorScale scale);
ImU32 below_color(ColorScale scale);

// One RGBA pixel per value; values beyond the scale take its marking colours.
void map_colors(const Mapping& mapping, std::span<const float> values, std::uint32_t* rgba);
// The mappings take turns, one after the other: one per channel of a channels-last tensor. All have
// the same colour scale.
void map_colors(std::span<const Mapping> mappings, std::span<const float> values,
                std::uint32_t* rgba);

}  // namespace lens::ui
