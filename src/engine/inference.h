// One run of a model over one input, in slices small enough for a frame's budget. The same slices
// in any number give the same bits. Keeps every node's output.
#pragma once

#include <memory>
#include <vector>

#include "engine/intervention.h"
#include "engine/kernels/kernels.h"
#include "engine/model.h"
#include "engine/parallel.h"
#include "engine/snapshot.h"

namespace lens {

struct RunOptions {
  // int8 needs a model with quantized() (asserted).
  Precision precision = Precision::float32;
  // What to do otherwise; each must be valid for the graph and the precision (asserted).
  std::vector<Intervention> interventions = {};
  // A finished inference of the same model (asserted) on the same input (the caller's promise). The
  // outputs of all nodes before the first one that is treated differently are copied from it. One
  // of the other precision is left aside.
  std::shared_ptr<const Snapshot> base = {};
  const KernelSet* kernels = &simd_kernels();
  const ByteKernelSet* byte_kernels = &simd_byte_kernels();
  // Shares out large layers; must outlive the inference. Null: all on the caller's thread. Any
  // number of threads gives the same bits.
  ThreadPool* pool = nullptr;
};

class Inference {
 public:
  // input must have the shape of the graph's input node (asserted); it is copied.
  Inference(std::shared_ptr<const Model> model, TensorView input, const RunOptions& options = {});

  bool done() const { return node_ >= model_->graph().size(); }

  // Runs the next few rows of the current node: about a millisecond of work or less, on all
  // threads.
  void step();
  // The rest at once.
  void run_to_end();

  // The node that step() works on next; graph().size() when done.
  NodeId node() const { return node_; }

  // After done(): moves the result out; the inference is empty afterwards.
  std::shared_ptr<const Snapshot> finish();

 private:
  void take_arena(TensorView input);
  void copy_base(const Snapshot& base);
  int threads() const;
  void run_next_rows(int count);
  int run_rows(NodeId id, int begin, int end);
  void share(NodeId id, Rows rows);
  void run_part(NodeId id, Rows part);
  void intervene(NodeId id, Rows rows);
  ConvArgs conv_args(NodeId id) const;
  ConvArgs pixel_args(NodeId id) const;
  BinaryArgs binary_args(NodeId id) const;
  UnaryArgs unary_args(NodeId id) const;
  float* output(NodeId id) const;

  std::shared_ptr<const Model> model_;
  const KernelSet& kernels_;
  const ByteKernelSet& byte_kernels_;
  ThreadPool* pool_;
  std::shared_ptr<Snapshot> snapshot_;
  NodeId node_ = 0;
  int row_ = 0;       // of node_, the next to compute
  int next_row_ = 0;  // of the node after it, where the two take turns or are one
};

// Runs to the end at once: tests and the command line.
std::shared_ptr<const Snapshot> run(std::shared_ptr<const Model> model, TensorView input,
                                    const RunOptions& options = {});

}  // namespace lens
