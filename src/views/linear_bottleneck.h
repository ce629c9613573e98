// ReLU against linear on the trained network: put a nonlinearity behind a projection, or take one
// out, and see the values, the rank and the prediction. A what-if: nothing is trained anew.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "demos/singular_values.h"
#include "ui/widgets.h"
#include "views/frame.h"

namespace lens::linear_bottleneck {

enum class Experiment {
  add,  // a nonlinearity after the linear projection (V2, V3)
  drop  // none after the expansion (V2, V3) or the pointwise layer (V1)
};

// One layer without its change and with it, on the values that the plain run gave it.
struct Comparison {
  std::uint64_t snapshot = 0;
  NodeId node = kNoNode;
  Activation activation = Activation::none;
  Tensor after;
  demos::Spectrum spectrum_before;
  demos::Spectrum spectrum_after;
  ui::Mapping mapping;  // one for both, or their maps would not compare
  ui::Beyond beyond_before;
  ui::Beyond beyond_after;
};

struct State {
  Experiment experiment = Experiment::add;
  Activation added = Activation::relu;
  std::optional<Comparison> comparison;
};

// The layers that an experiment changes, block by block; empty where a network has none.
std::vector<NodeId> targets(const Graph& graph, Experiment experiment);
// The interventions that put `activation` after all of `nodes`, beside those of `present` that
// concern other layers.
std::vector<Intervention> with_activation_at(std::span<const Intervention> present,
                                             std::span<const NodeId> experiment_nodes,
                                             std::span<const NodeId> nodes, Activation activation);
Comparison compare(const Snapshot& plain, NodeId node, Activation activation);
// The share of a layer's values that the activation sets to zero: of what it is applied to.
double zeroed_share(const Comparison& comparison);

void draw(Frame& frame, State& state);
// R: this block, A: all, X: none, E: the other experiment, T: ReLU, ReLU6 or h-swish, [ ]: previous
// and next block.
bool press(Frame& frame, State& state, std::string_view key);
// A row per block; what is still being worked out is empty.
Table table(const Frame& frame, const State& state);

}  // namespace lens::linear_bottleneck
