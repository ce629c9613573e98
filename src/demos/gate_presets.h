// Ready-made ways to override the gates of a squeeze-and-excite block: what the block's choice is
// worth shows when it is taken away. Squeeze-and-Excitation Networks, arXiv 1709.01507.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace lens::demos {

enum class GatePreset {
  ones,     // every channel passes whole
  mean,     // every channel gets the block's mean gate
  invert,   // 1 - gate
  shuffle,  // the same gates on other channels, seeded
  off       // every channel is silenced
};

// "ones", "mean", "invert", "shuffle", "off"; nothing for another name.
std::optional<GatePreset> find_gate_preset(std::string_view name);
std::string_view to_string(GatePreset preset);

// The gates that a preset makes of a block's own (each in [0, 1]), one per channel.
std::vector<float> preset_gates(GatePreset preset, std::span<const float> own, std::uint64_t seed);

}  // namespace lens::demos
