// Timing the model on the screen: the reader asks, plain runs and what-ifs go first.
#include <algorithm>

#include "app/app.h"

namespace lens {

namespace {

bool same_network(const ShownModel& a, const ShownModel& b) {
  return a.entry == b.entry && a.variant == b.variant && a.origin == b.origin && a.file == b.file;
}

}  // namespace

const Timing* App::timing() const {
  for (const Measured& measured : measured_) {
    const bool same = same_network(measured.model, shown_->info);
    if (same && measured.precision == precision()) return &measured.timing;
  }
  return nullptr;
}

void App::toggle_measurement() {
  if (measurement_.busy()) {
    measurement_.stop();
  } else if (snapshot_) {
    measurement_.start(snapshot_);
  }
}

// True when the times have come.
bool App::measure(double budget_ms) {
  std::optional<Timing> timing = measurement_.advance(budget_ms);
  if (!timing) return false;
  const auto outdated = [&](const Measured& measured) {
    return same_network(measured.model, shown_->info) && measured.precision == precision();
  };
  measured_.erase(std::remove_if(measured_.begin(), measured_.end(), outdated), measured_.end());
  measured_.push_back({shown_->info, precision(), std::move(*timing)});
  return true;
}

}  // namespace lens
