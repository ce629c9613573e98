#include "demos/gate_spread.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace lens::demos {

namespace {

constexpr double kClearly = 1.5;

double deviation(std::span<const std::vector<float>> photos, std::size_t channel) {
  const double count = static_cast<double>(photos.size());
  double sum = 0;
  for (const std::vector<float>& gates : photos) sum += static_cast<double>(gates[channel]);
  const double mean = sum / count;
  double squares = 0;
  for (const std::vector<float>& gates : photos) {
    const double off = static_cast<double>(gates[channel]) - mean;
    squares += off * off;
  }
  return std::sqrt(squares / count);
}

}  // namespace

std::vector<double> gate_spread(std::span<const std::vector<float>> photos) {
  std::vector<double> spread;
  if (photos.empty()) return spread;
  assert(std::all_of(photos.begin(), photos.end(),
                     [&](const auto& gates) { return gates.size() == photos[0].size(); }));
  for (std::size_t channel = 0; channel < photos[0].size(); ++channel) {
    spread.push_back(deviation(photos, channel));
  }
  return spread;
}

OverChannels over_channels(std::span<const float> gates) {
  if (gates.empty()) return {};
  const double count = static_cast<double>(gates.size());
  double sum = 0;
  for (const float gate : gates) sum += static_cast<double>(gate);
  const double mean = sum / count;
  double squares = 0;
  for (const float gate : gates) {
    const double off = static_cast<double>(gate) - mean;
    squares += off * off;
  }
  return {mean, std::sqrt(squares / count)};
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

EarlyLate compare_halves(std::span<const double> spreads) {
  EarlyLate result;
  result.half = spreads.size() / 2;
  result.early = mean_of(spreads.first(result.half));
  result.late = mean_of(spreads.last(result.half));
  if (result.late > kClearly * result.early) result.trend = Trend::late_differ_more;
  if (result.early > kClearly * result.late) result.trend = Trend::early_differ_more;
  return result;
}

}  // namespace lens::demos
