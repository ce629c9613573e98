// Advances an inference within a frame's budget, so that the interface never waits for it.
#pragma once

#include <memory>
#include <optional>

#include "engine/inference.h"

namespace lens {

class Runner {
 public:
  // Those that work on the runs from now on; none before. It must outlive them.
  void set_pool(ThreadPool* pool) { pool_ = pool; }

  // Replaces whatever was running.
  void start(std::shared_ptr<const Model> model, TensorView input, RunOptions options = {});

  void stop() { inference_.reset(); }

  bool busy() const { return inference_.has_value(); }

  // Steps until the budget is spent or the run has ended; the snapshot when it has.
  std::shared_ptr<const Snapshot> advance(double budget_ms);

  NodeId node() const { return inference_ ? inference_->node() : kNoNode; }

  double elapsed_ms() const;

 private:
  ThreadPool* pool_ = nullptr;
  std::optional<Inference> inference_;
  double started_ms_ = 0;
};

}  // namespace lens
