// One run of a model over one input, in slices small enough for a frame's budget. The same slices
// in any number give the same bits. Keeps every node's output.
#pragma once

#include <memory>

#include "engine/kernels/kernels.h"
#include "engine/model.h"
#include "engine/snapshot.h"

namespace lens {

class Inference {
 public:
  // input must have the shape of the graph's input node (asserted).
  Inference(std::shared_ptr<const Model> model, TensorView input,
            const KernelSet& kernels = simd_kernels());

  bool done() const { return node_ >= model_->graph().size(); }
  // Runs the next few rows of the current node: about a millisecond of work or less.
  void step();
  // The node that step() works on next, and how many rows of it are done.
  NodeId node() const { return node_; }
  // After done(): moves the result out; the inference is empty afterwards.
  std::shared_ptr<const Snapshot> finish();

 private:
  void run_rows(Rows rows);

  std::shared_ptr<const Model> model_;
  const KernelSet& kernels_;
  std::shared_ptr<Snapshot> snapshot_;
  NodeId node_ = 0;
  int row_ = 0;
};

// Runs to the end at once: tests and the command line.
std::shared_ptr<const Snapshot> run(std::shared_ptr<const Model> model, TensorView input,
                                    const KernelSet& kernels = simd_kernels());

}  // namespace lens
