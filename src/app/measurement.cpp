#include "app/measurement.h"

namespace lens {

void Measurement::start(std::shared_ptr<const Snapshot> plain) {
  stop();
  plain_ = std::move(plain);
  run_again();
}

void Measurement::stop() {
  runner_.stop();
  runs_.clear();
  plain_.reset();
}

void Measurement::run_again() {
  runner_.start(plain_->model, plain_->output(0), {.precision = plain_->precision});
}

std::optional<Timing> Measurement::advance(double budget_ms) {
  if (!busy()) return std::nullopt;
  const std::shared_ptr<const Snapshot> finished = runner_.advance(budget_ms);
  if (!finished) return std::nullopt;
  runs_.push_back(finished->node_ms);
  if (done() < kMeasuredRuns) {
    run_again();
    return std::nullopt;
  }
  Timing timing = timing_of(runs_);
  timing.threads = finished->threads;
  stop();
  return timing;
}

}  // namespace lens
