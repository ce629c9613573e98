#include "demos/gate_presets.h"

#include <algorithm>

#include "catch2/catch.hpp"

using namespace lens::demos;

namespace {

const std::vector<float> kOwn = {0.0f, 0.25f, 0.5f, 1.0f, 0.75f, 0.125f};

}  // namespace

TEST_CASE("gate presets: ones, off, mean and invert do what they say", "[demos]") {
  CHECK(preset_gates(GatePreset::ones, kOwn, 0) == std::vector<float>(6, 1.0f));
  CHECK(preset_gates(GatePreset::off, kOwn, 0) == std::vector<float>(6, 0.0f));
  CHECK(preset_gates(GatePreset::mean, kOwn, 0) == std::vector<float>(6, 2.625f / 6));
  CHECK(preset_gates(GatePreset::invert, kOwn, 0) ==
        std::vector<float>{1.0f, 0.75f, 0.5f, 0.0f, 0.25f, 0.875f});
}

TEST_CASE("gate presets: a shuffle keeps the gates and its seed repeats it", "[demos]") {
  std::vector<float> once = preset_gates(GatePreset::shuffle, kOwn, 7);
  CHECK(once == preset_gates(GatePreset::shuffle, kOwn, 7));
  CHECK(once != kOwn);
  CHECK(std::is_permutation(once.begin(), once.end(), kOwn.begin()));
}

TEST_CASE("gate presets: each has a name of its own", "[demos]") {
  for (const GatePreset preset : {GatePreset::ones, GatePreset::mean, GatePreset::invert,
                                  GatePreset::shuffle, GatePreset::off}) {
    CHECK(find_gate_preset(to_string(preset)) == preset);
  }
  CHECK(find_gate_preset("half") == std::nullopt);
}
