// What-if changes to one inference: the same model and input, one thing done otherwise. Applied to
// a node's output as it is computed, in list order; every later node sees the changed values.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/graph.h"
#include "engine/precision.h"

namespace lens {

// Another activation on a weighted node; the last one given for a node counts.
struct ReplaceActivation {
  NodeId node = kNoNode;
  Activation activation = Activation::none;
  bool operator==(const ReplaceActivation&) const = default;
};

// Given gates in place of those that a squeeze-and-excite block computes (a node with Role::gate).
struct OverrideGates {
  NodeId node = kNoNode;
  std::vector<float> gates;  // one per channel
  bool operator==(const OverrideGates&) const = default;
};

// Zero in one channel of a node's output, after its activation. The input node has channels too.
struct SilenceChannel {
  NodeId node = kNoNode;
  int channel = 0;
  bool operator==(const SilenceChannel&) const = default;
};

using Intervention = std::variant<ReplaceActivation, OverrideGates, SilenceChannel>;

NodeId target(const Intervention& intervention);

// What is wrong with an intervention on this graph (no such node, a wrong count of gates), or
// nothing. Inference asserts that nothing is. In int8 an activation cannot be replaced: the scale
// of its output was measured with it.
std::optional<std::string> validate(const Graph& graph, const Intervention& intervention,
                                    Precision precision = Precision::float32);

// The activation that a node is run with.
Activation effective_activation(const Graph& graph, NodeId id,
                                const std::vector<Intervention>& interventions);

// The first node that two lists treat differently; graph.size() if none. All outputs before it are
// equal in the two inferences.
NodeId first_difference(const Graph& graph, const std::vector<Intervention>& a,
                        const std::vector<Intervention>& b);

}  // namespace lens
