// Model = graph + weights, packed for the kernels once. Immutable and shared: many inferences may
// run on one. Where the weights came from is the caller's; that they fit is checked here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/aligned.h"
#include "engine/arena.h"
#include "engine/graph.h"
#include "engine/quantized_model.h"
#include "engine/spare_memory.h"
#include "engine/weights.h"

namespace lens {

// How an 8-bit pixel becomes the number that the network reads: scale * (byte - zero_point).
// The default is TF-slim's [-1, 1].
struct InputScaling {
  float scale = 1.0f / 127.5f;
  float zero_point = 127.5f;
};

class Model {
 public:
  // Fails with the layer's name, what was expected and what was found, when a filter or a bias
  // has the wrong size or a value that is not finite. The graph must be valid (asserted).
  // quantized: the same layers in the integers of an 8-bit file; none where there is no such file.
  static Result<std::shared_ptr<const Model>> create(
      Graph graph, Weights weights, InputScaling input,
      std::shared_ptr<const QuantizedModel> quantized = {});

  const Graph& graph() const { return graph_; }

  const Weights& weights() const { return weights_; }

  const InputScaling& input() const { return input_; }

  // What Precision::int8 runs on; null when the model has float weights only.
  const QuantizedModel* quantized() const { return quantized_.get(); }

  // Filter and bias of a node in the layout that its fast kernel reads, pack_filter() in kernels.h;
  // empty for nodes without weights.
  const AlignedFloats& packed(NodeId id) const { return packed_[static_cast<std::size_t>(id)]; }

  // Where a node's output begins in the arena of an inference, in floats: a multiple of 16, growing
  // with the id. Every output is kept, so none overlap.
  std::size_t offset(NodeId id) const { return offsets_[static_cast<std::size_t>(id)]; }

  std::size_t arena_size() const { return arena_size_; }

  // The arenas of this model's inferences; those of dead snapshots are used again.
  ArenaPool& arenas() const { return *arenas_; }

  // The small memory of this model's inferences.
  const std::shared_ptr<SpareMemory>& spare_memory() const { return spare_memory_; }

 private:
  Model() = default;

  void pack_filters();
  void plan_arena();

  Graph graph_;
  Weights weights_;
  InputScaling input_;
  std::shared_ptr<const QuantizedModel> quantized_;
  std::vector<AlignedFloats> packed_;
  std::vector<std::size_t> offsets_;
  std::size_t arena_size_ = 0;
  std::shared_ptr<ArenaPool> arenas_;
  std::shared_ptr<SpareMemory> spare_memory_ = std::make_shared<SpareMemory>();
};

}  // namespace lens
