// A published 8-bit file's own numbers on our graph: bytes for weights and outputs, 32-bit biases,
// scales. The graph stays the paper's; where the file has several tensors in one node (a layer,
// then its h-swish), what follows the layer is a table from byte to byte. Knows no file format.
#pragma once

#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "base/result.h"
#include "engine/arena.h"
#include "engine/graph.h"
#include "engine/kernels/kernels_int8.h"

namespace lens {

// One node as the file has it. Which fields count depends on the operation.
struct QuantizedNode {
  Affine out;  // of the node's output: every node

  // conv, depthwise, dense; filter in the canonical layout of weights.h
  std::vector<std::int8_t> filter;
  int filter_zero = 0;
  std::vector<float> filter_scales;  // one, or one per output channel
  std::vector<std::int32_t> bias;
  Affine written;                   // what the layer itself writes
  ByteRange range;                  // its fused activation
  std::vector<std::uint8_t> table;  // 256: written -> out; empty when they are the same tensor

  // global_pool: the file has AVERAGE_POOL_2D, not MEAN
  bool plain_average = false;
};

struct QuantizedWeights {
  std::vector<QuantizedNode> nodes;  // by NodeId
};

struct QuantizedOptions {
  DotProduct dot = probe_dot_product();
  Rounding rounding = Rounding::fixed_point;
};

class QuantizedModel {
 public:
  // Fails with the layer's name, what was expected and what was found: sizes, sums that could leave
  // 32 bits, ratios of scales that no fixed-point factor holds. The graph must be valid (asserted).
  static Result<std::shared_ptr<const QuantizedModel>> create(const Graph& graph,
                                                              const QuantizedWeights& weights,
                                                              const QuantizedOptions& options = {});

  // Brings the filters into the layout of the fast kernels, once; before the first run(). Not part
  // of create(): most visits see float32 alone, and it takes a twentieth of a start. Any thread may
  // call.
  void pack() const;

  // Computes rows of a node's output from the outputs of earlier nodes, all in one arena. The input
  // node is write_input()'s.
  void run(const ByteKernelSet& kernels, NodeId id, Rows rows, std::uint8_t* arena) const;

  // The input's bytes from what the float network reads.
  void write_input(TensorView input, std::uint8_t* arena) const;

  const Affine& affine(NodeId id) const { return nodes_[static_cast<std::size_t>(id)].out; }

  // Where a node's output begins in the arena, in bytes: a multiple of 64, growing with the id.
  std::size_t offset(NodeId id) const { return nodes_[static_cast<std::size_t>(id)].offset; }

  std::size_t arena_bytes() const { return arena_bytes_; }

  // Of the weights, biases, factors and tables that the fast kernels read; packs nothing.
  std::size_t packed_bytes() const;

  // Blocks of at least arena_bytes(), for bytes.
  ArenaPool& arenas() const { return *arenas_; }

  DotProduct dot_product() const { return options_.dot; }

 private:
  struct Layer {
    ByteFilter filter;
    mutable PackedBytes packed;  // pack()
    std::vector<std::uint8_t> table;
  };

  struct NodePlan {
    Affine out;
    std::size_t offset = 0;
    std::variant<std::monostate, Layer, AddScales, MulScales, BytePool> work;
  };

  QuantizedModel() = default;

  std::optional<Error> plan(NodeId id, const QuantizedNode& node);
  std::optional<Error> plan_layer(NodeId id, const QuantizedNode& node, Layer& layer) const;
  std::optional<Error> plan_pool(NodeId id, const QuantizedNode& node, BytePool& pool) const;
  void run_layer(const ByteKernelSet& kernels, NodeId id, Rows rows, std::uint8_t* arena) const;
  const Affine& read(NodeId id, std::size_t input) const;

  Graph graph_;
  QuantizedOptions options_;
  std::vector<NodePlan> nodes_;
  mutable std::once_flag packed_;
  std::size_t arena_bytes_ = 0;
  std::shared_ptr<ArenaPool> arenas_;
};

}  // namespace lens
