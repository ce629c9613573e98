// Six activations over the values that one layer really applies its own to, and the swap.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "views/frame.h"

namespace lens::activation_lab {

constexpr Activation kCandidates[] = {Activation::relu,    Activation::relu6,
                                      Activation::swish,   Activation::hard_swish,
                                      Activation::sigmoid, Activation::hard_sigmoid};
constexpr std::size_t kCandidateCount = std::size(kCandidates);

// Of a layer's pre-activations.
struct Measures {
  std::uint64_t snapshot = 0;
  NodeId node = kNoNode;
  float lowest = 0;
  float highest = 0;
  double low = 0;  // the histogram's ends
  double high = 1;
  std::vector<double> bins;                      // share of values, 0..1
  double outside = 0;                            // share beyond the ends
  double zeros[kCandidateCount] = {};            // share that the candidate sets to zero
  double mean_difference[kCandidateCount] = {};  // |candidate - the layer's own|
  double swish_mean = 0;                         // |h-swish - swish|
  double swish_largest = 0;

  double bin_width() const { return (high - low) / static_cast<double>(bins.size()); }
};

struct State {
  std::size_t candidate = 2;            // of kCandidates
  std::optional<std::size_t> in_force;  // the one that the what-if runs the layer with
  std::optional<Measures> measures;
};

// own: the layer's activation.
Measures measure(std::span<const float> preactivations, Activation own);
// The layer that a selection means: the nearest one before it with weights.
NodeId weighted(const Graph& graph, NodeId selected);

void draw(Frame& frame, State& state);
// [ ]: previous, next activation; R: swap it in; X: as trained.
bool press(Frame& frame, State& state, std::string_view key);
// A row per activation.
Table table(const Frame& frame, const State& state);

}  // namespace lens::activation_lab
