#include "demos/gate_presets.h"

#include <utility>

#include "demos/random.h"

namespace lens::demos {

namespace {

constexpr std::pair<GatePreset, std::string_view> kNames[] = {{GatePreset::ones, "ones"},
                                                              {GatePreset::mean, "mean"},
                                                              {GatePreset::invert, "invert"},
                                                              {GatePreset::shuffle, "shuffle"},
                                                              {GatePreset::off, "off"}};

float mean_of(std::span<const float> gates) {
  double sum = 0;
  for (const float gate : gates) sum += static_cast<double>(gate);
  return static_cast<float>(sum / static_cast<double>(gates.size()));
}

// Fisher and Yates, from the end.
void shuffle(std::vector<float>& gates, std::uint64_t seed) {
  Random random(seed);
  for (std::size_t left = gates.size(); left > 1; --left) {
    const double place = random.uniform() * static_cast<double>(left);
    std::swap(gates[left - 1], gates[static_cast<std::size_t>(place)]);
  }
}

}  // namespace

std::optional<GatePreset> find_gate_preset(std::string_view name) {
  for (const auto& [preset, known] : kNames) {
    if (known == name) return preset;
  }
  return std::nullopt;
}

std::string_view to_string(GatePreset preset) {
  for (const auto& [known, name] : kNames) {
    if (known == preset) return name;
  }
  return "";
}

std::vector<float> preset_gates(GatePreset preset, std::span<const float> own, std::uint64_t seed) {
  std::vector<float> gates(own.begin(), own.end());
  switch (preset) {
    case GatePreset::ones:
      gates.assign(own.size(), 1.0f);
      break;
    case GatePreset::mean:
      gates.assign(own.size(), own.empty() ? 0.0f : mean_of(own));
      break;
    case GatePreset::invert:
      for (float& gate : gates) gate = 1.0f - gate;
      break;
    case GatePreset::shuffle:
      shuffle(gates, seed);
      break;
    case GatePreset::off:
      gates.assign(own.size(), 0.0f);
      break;
  }
  return gates;
}

}  // namespace lens::demos
