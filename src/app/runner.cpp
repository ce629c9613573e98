#include "app/runner.h"

#include <utility>

#include "base/clock.h"

namespace lens {

void Runner::start(std::shared_ptr<const Model> model, TensorView input, RunOptions options) {
  options.pool = pool_;
  inference_.emplace(std::move(model), input, options);
  started_ms_ = now_ms();
}

std::shared_ptr<const Snapshot> Runner::advance(double budget_ms) {
  if (!inference_) return nullptr;
  const double end = now_ms() + budget_ms;
  while (!inference_->done() && now_ms() < end) inference_->step();
  if (!inference_->done()) return nullptr;
  std::shared_ptr<const Snapshot> snapshot = inference_->finish();
  inference_.reset();
  return snapshot;
}

double Runner::elapsed_ms() const {
  return inference_ ? now_ms() - started_ms_ : 0;
}

}  // namespace lens
