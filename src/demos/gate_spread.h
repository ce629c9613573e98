// How far the gates of a squeeze-and-excite block differ from photo to photo: the question of
// Squeeze-and-Excitation Networks, arXiv 1709.01507, section 6 (figures of excitations by class),
// in numbers.
#pragma once

#include <span>
#include <vector>

namespace lens::demos {

// Over photos, per channel: the population's standard deviation, in units of a gate (0 .. 0.5).
// Every photo has one gate per channel, the same count (asserted); zeros for a single photo.
std::vector<double> gate_spread(std::span<const std::vector<float>> photos);

// Over the channels of one photo: mean and the population's standard deviation; 0 without any.
struct OverChannels {
  double mean = 0;
  double deviation = 0;
};

OverChannels over_channels(std::span<const float> gates);

double mean_of(std::span<const double> values);  // 0 when there are none

enum class Trend { alike, late_differ_more, early_differ_more };

// The first half of the blocks against the last; the one in the middle belongs to neither.
struct EarlyLate {
  std::size_t half = 0;  // so many blocks
  double early = 0;      // means of their spreads
  double late = 0;
  Trend trend = Trend::alike;  // one differs when its spread is over 1.5 times the other's
};

// spreads: each block's mean over its channels, in network order.
EarlyLate compare_halves(std::span<const double> spreads);

}  // namespace lens::demos
