// What the application works out for the views while nothing else runs: series of what-ifs, and the
// zeros of models that are not on the screen. Plain results, asked for by commands (selection.h).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "classes/top_k.h"
#include "engine/snapshot.h"
#include "models/catalog.h"

namespace lens {

// What one layer with another activation makes of the plain run's likeliest class.
struct SweepOutcome {
  float probability = 0;  // of that class
  float logit = 0;
  std::vector<Prediction> top;  // the changed run's likeliest, kTop of them

  static constexpr int kTop = 5;
};

// A what-if per layer, each alone, on the photo and the model of the screen.
struct Sweep {
  Activation activation = Activation::none;
  std::vector<NodeId> nodes;
  std::vector<SweepOutcome> outcomes;  // of the first so many nodes, in their order

  bool complete() const { return outcomes.size() == nodes.size(); }
};

// One layer's output: how much of it is exactly zero.
struct LayerZeros {
  NodeId node = kNoNode;
  float zeros = 0;    // share of values, 0..1
  float clipped = 0;  // share at ReLU6's upper end
};

// The feature maps of a whole network on one photo: every layer with weights outside squeeze-and-
// excite and before the global pool.
struct ZeroMeter {
  const CatalogEntry* entry = nullptr;
  Variant variant;
  bool untrained = false;
  Graph graph;
  std::vector<LayerZeros> layers;
};

bool has_feature_map(const Node& node);
LayerZeros layer_zeros(const Snapshot& snapshot, NodeId id);

// For a Frame: results for the photo on the screen.
struct Background {
  std::span<const Sweep> sweeps;            // of the model on the screen
  std::span<const ZeroMeter> meters;        // one per model
  const CatalogEntry* measuring = nullptr;  // whose zeros are being worked out, or null
};

const Sweep* find_sweep(const Background& background, Activation activation,
                        std::span<const NodeId> nodes);

}  // namespace lens
