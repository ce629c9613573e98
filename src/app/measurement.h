// Runs a model several times on the same input, in slices, to time its layers. Keeps the times and
// throws the outputs away.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/runner.h"
#include "views/timing.h"

namespace lens {

class Measurement {
 public:
  // The model, the input and the precision of a finished run.
  void start(std::shared_ptr<const Snapshot> plain);
  void stop();

  bool busy() const { return plain_ != nullptr; }

  // Runs that have ended.
  int done() const { return static_cast<int>(runs_.size()); }

  // Works until the budget is spent; the times once the last run has ended.
  std::optional<Timing> advance(double budget_ms);

  void set_pool(ThreadPool* pool) { runner_.set_pool(pool); }

 private:
  void run_again();

  std::shared_ptr<const Snapshot> plain_;  // null: nothing is being measured
  Runner runner_;
  std::vector<std::vector<double>> runs_;
};

}  // namespace lens
