// The two pictures of the linear bottleneck panel: the damage block by block, and one layer before
// and after.
#pragma once

#include "views/background.h"
#include "views/linear_bottleneck.h"

namespace lens::linear_bottleneck {

// The experiment as it stands for the network on the screen.
struct Setup {
  Experiment experiment = Experiment::add;
  Activation activation = Activation::relu;
  std::vector<NodeId> nodes;     // one per block
  NodeId node = kNoNode;         // the selected one of them
  const Sweep* sweep = nullptr;  // null until it has been asked for
};

Setup setup_of(const Frame& frame, const State& state);
std::optional<SweepOutcome> outcome_at(const Setup& setup, NodeId node);
// Its number without a file of labels.
std::string class_name(const Frame& frame, const Prediction& prediction);
// The share of linear values that an activation sets to zero.
double zeroed_by(const TensorView& linear, Activation activation);

// The share of a layer's values that the experiment's nonlinearity sets to zero.
double zeros_at(const Frame& frame, const Setup& setup, NodeId node);

// A bar per block: what is left of the prediction; a dot: the share of zeros. A click selects.
void damage_chart(Frame& frame, const Setup& setup, float height);
// Maps without and with the change, their singular values, and what they come to.
void before_and_after(Frame& frame, const Setup& setup, const Comparison& comparison, float height);

}  // namespace lens::linear_bottleneck
