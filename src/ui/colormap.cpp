#include "ui/colormap.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

namespace lens::ui {

namespace {

// Evenly spaced colours of matplotlib's viridis (CC0), interpolated in between.
constexpr ImU32 kViridis[] = {rgb(0x440154), rgb(0x482878), rgb(0x3E4A89), rgb(0x31688E),
                              rgb(0x26828E), rgb(0x1F9E89), rgb(0x35B779), rgb(0x6DCD59),
                              rgb(0xB4DE2C), rgb(0xFDE725)};
// ColorBrewer's RdBu, reversed: blue below zero, white at zero, red above.
constexpr ImU32 kBlueWhiteRed[] = {rgb(0x053061), rgb(0x2166AC), rgb(0x4393C3), rgb(0x92C5DE),
                                   rgb(0xD1E5F0), rgb(0xFFFFFF), rgb(0xFDDBC7), rgb(0xF4A582),
                                   rgb(0xD6604D), rgb(0xB2182B), rgb(0x67001F)};

std::span<const ImU32> stops(ColorScale scale) {
  if (scale == ColorScale::sequential) return kViridis;
  return kBlueWhiteRed;
}

}  // namespace

Mapping mapping_for(float lowest, float highest, ScaleChoice choice) {
  const float low = std::min(0.0f, lowest);
  const float high = std::max(0.0f, highest);
  const float reach = std::max(-low, high);
  if (reach == 0) return mapping_for(lowest, 1, choice);
  const bool diverging =
      choice == ScaleChoice::diverging || (choice == ScaleChoice::automatic && lowest < 0);
  if (diverging) return {ColorScale::diverging, -reach, reach};
  return {ColorScale::sequential, low, high};
}

ImU32 color_at(ColorScale scale, float position) {
  const auto colors = stops(scale);
  const float at = std::clamp(position, 0.0f, 1.0f) * static_cast<float>(colors.size() - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(at), colors.size() - 2);
  return mix(colors[below], colors[below + 1], at - static_cast<float>(below));
}

ImU32 above_color(ColorScale scale) {
  return scale == ColorScale::sequential ? rgb(0xFF5FCF) : rgb(0xFFC400);
}

ImU32 below_color(ColorScale scale) {
  return scale == ColorScale::sequential ? rgb(0xFFFFFF) : rgb(0x00B894);
}

void map_colors(const Mapping& mapping, std::span<const float> values, std::uint32_t* rgba) {
  map_colors({&mapping, 1}, values, rgba);
}

void map_colors(std::span<const Mapping> mappings, std::span<const float> values,
                std::uint32_t* rgba) {
  const ColorScale scale = mappings[0].scale;
  std::array<std::uint32_t, 256> table;
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i] = color_at(scale, static_cast<float>(i) / 255.0f);
  }
  const std::uint32_t above = above_color(scale);
  const std::uint32_t below = below_color(scale);
  std::vector<float> factors;
  for (const Mapping& mapping : mappings) {
    assert(mapping.scale == scale);
    factors.push_back(255.0f / (mapping.high - mapping.low));
  }
  std::size_t turn = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Mapping& mapping = mappings[turn];
    const float value = values[i];
    const float at = (value - mapping.low) * factors[turn] + 0.5f;
    rgba[i] = table[static_cast<std::size_t>(std::clamp(at, 0.0f, 255.0f))];
    if (value > mapping.high) rgba[i] = above;
    if (value < mapping.low) rgba[i] = below;
    turn = turn + 1 == mappings.size() ? 0 : turn + 1;
  }
}

}  // namespace lens::ui
