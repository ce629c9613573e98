// What the activation lab measures of a layer: no drawing.
#include <algorithm>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "views/activation_lab.h"

namespace lens::activation_lab {

namespace {

constexpr int kBins = 72;
// The curves bend between -4 and 7; beyond 12 they are straight.
constexpr double kNearest = 4;
constexpr double kAboveSix = 7;
constexpr double kFarthest = 12;

}  // namespace

NodeId weighted(const Graph& graph, NodeId selected) {
  NodeId id = selected;
  while (id > 0 && !has_weights(graph.node(id).op)) --id;
  return std::max(id, NodeId{1});
}

Measures measure(std::span<const float> preactivations, Activation own) {
  Measures of;
  const auto [lowest, highest] = std::minmax_element(preactivations.begin(), preactivations.end());
  of.lowest = *lowest;
  of.highest = *highest;
  of.low = std::clamp(static_cast<double>(of.lowest), -kFarthest, -kNearest);
  of.high = std::clamp(static_cast<double>(of.highest), kAboveSix, kFarthest);
  of.bins.assign(kBins, 0);
  const double share = 1.0 / static_cast<double>(preactivations.size());
  const double bins_per_unit = kBins / (of.high - of.low);
  for (const float x : preactivations) {
    const double place = (static_cast<double>(x) - of.low) * bins_per_unit;
    if (place < 0 || place > kBins) {
      of.outside += share;
    } else {
      of.bins[std::min<std::size_t>(kBins - 1, static_cast<std::size_t>(place))] += share;
    }
    const float kept = activate(own, x);
    float swish = 0;
    float hard_swish = 0;
    for (std::size_t i = 0; i < kCandidateCount; ++i) {
      const float value = activate(kCandidates[i], x);
      if (value == 0.0f) of.zeros[i] += share;
      of.mean_difference[i] += share * static_cast<double>(std::fabs(value - kept));
      if (kCandidates[i] == Activation::swish) swish = value;
      if (kCandidates[i] == Activation::hard_swish) hard_swish = value;
    }
    const double gap = static_cast<double>(std::fabs(swish - hard_swish));
    of.swish_mean += share * gap;
    of.swish_largest = std::max(of.swish_largest, gap);
  }
  return of;
}

}  // namespace lens::activation_lab
