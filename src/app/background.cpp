#include "app/background.h"

#include <algorithm>

#include "base/clock.h"

namespace lens {

namespace {

constexpr std::size_t kMostKept = 8;  // pairs of a model and a photo

std::size_t largest(std::span<const float> values) {
  return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
}

// What has become of the class that `plain` finds likeliest.
SweepOutcome outcome_of(const Snapshot& plain, const Snapshot& changed) {
  const Graph& graph = plain.graph();
  const std::size_t first = largest(plain.output(graph.last()).data);
  const std::span<const float> logits = changed.output(graph.find("head.logits")).data;
  const std::span<const float> softmax = changed.output(graph.last()).data;
  return {softmax[first], logits[first], top_predictions(softmax, SweepOutcome::kTop, logits)};
}

ZeroMeter meter_of(const ReadyModel& model) {
  return {.entry = model.info.entry,
          .variant = model.info.variant,
          .untrained = model.info.origin == WeightsOrigin::untrained,
          .graph = model.graph,
          .layers = {}};
}

}  // namespace

void BackgroundWork::show(std::shared_ptr<const Snapshot> plain, std::uint64_t photo) {
  if (photo != photo_) {
    meters_.clear();
    runs_.clear();
    counts_.clear();
    running_.reset();
  }
  if (!running_) runner_.stop();
  plain_ = std::move(plain);
  photo_ = photo;
}

bool BackgroundWork::is_of_now(const Kept& kept) const {
  return plain_ && plain_->precision == Precision::float32 && kept.photo == photo_ &&
         kept.model.lock() == plain_->model;
}

BackgroundWork::Kept* BackgroundWork::kept_now() {
  const auto at =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return is_of_now(kept); });
  return at == kept_.end() ? nullptr : &*at;
}

void BackgroundWork::sweep(Activation activation, std::vector<NodeId> nodes) {
  if (!plain_ || plain_->precision == Precision::int8) return;
  if (find_sweep(results(), activation, nodes)) return;
  if (!kept_now()) {
    if (kept_.size() >= kMostKept) kept_.erase(kept_.begin());
    kept_.push_back({plain_->model, photo_, {}});
  }
  kept_now()->sweeps.push_back({activation, std::move(nodes), {}});
}

void BackgroundWork::measure(const ReadyModel& shown) {
  if (!plain_ || plain_->precision == Precision::int8) return;
  if (measured(*shown.info.entry, &shown.info.variant)) return;
  counts_.push_back({plain_, meter_of(shown), 0});
}

void BackgroundWork::measure(std::shared_ptr<const ReadyModel> model, Tensor input) {
  if (measured(*model->info.entry, &model->info.variant)) return;
  runs_.push_back({std::move(model), std::move(input)});
}

bool BackgroundWork::measured(const CatalogEntry& entry, const Variant* variant) const {
  const auto fits = [&](const CatalogEntry* one, const Variant& its) {
    return one == &entry && (!variant || its == *variant);
  };
  const auto of_meter = [&](const ZeroMeter& meter) { return fits(meter.entry, meter.variant); };
  const auto of_count = [&](const Count& count) { return of_meter(count.meter); };
  const auto of_run = [&](const PlainRun& run) {
    return fits(run.model->info.entry, run.model->info.variant);
  };
  return std::any_of(meters_.begin(), meters_.end(), of_meter) ||
         std::any_of(counts_.begin(), counts_.end(), of_count) ||
         std::any_of(runs_.begin(), runs_.end(), of_run);
}

Sweep* BackgroundWork::open_sweep() {
  Kept* kept = kept_now();
  if (!kept) return nullptr;
  const auto open = [](const Sweep& sweep) { return !sweep.complete(); };
  const auto at = std::find_if(kept->sweeps.begin(), kept->sweeps.end(), open);
  return at == kept->sweeps.end() ? nullptr : &*at;
}

bool BackgroundWork::busy() const {
  const auto waits = [&](const Kept& kept) {
    const auto open = [](const Sweep& sweep) { return !sweep.complete(); };
    return is_of_now(kept) && std::any_of(kept.sweeps.begin(), kept.sweeps.end(), open);
  };
  return runner_.busy() || !runs_.empty() || !counts_.empty() ||
         std::any_of(kept_.begin(), kept_.end(), waits);
}

// The models first: they are what the reader has asked for by a button.
bool BackgroundWork::start_next() {
  if (!runs_.empty()) {
    running_ = runs_.front().model;
    runner_.start(running_->model, runs_.front().input.view());
    return true;
  }
  const Sweep* sweep = open_sweep();
  if (!sweep) return false;
  const NodeId node = sweep->nodes[sweep->outcomes.size()];
  runner_.start(plain_->model, plain_->output(0),
                {.interventions = {ReplaceActivation{node, sweep->activation}}, .base = plain_});
  return true;
}

void BackgroundWork::take(std::shared_ptr<const Snapshot> snapshot) {
  if (running_) {
    counts_.push_back({std::move(snapshot), meter_of(*running_), 0});
    running_.reset();
    runs_.pop_front();
    return;
  }
  if (Sweep* sweep = open_sweep()) sweep->outcomes.push_back(outcome_of(*plain_, *snapshot));
}

// True when a network has been counted whole.
bool BackgroundWork::count_on(double end_ms) {
  Count& count = counts_.front();
  const Graph& graph = count.snapshot->graph();
  while (count.next < graph.size() && now_ms() < end_ms) {
    const NodeId id = count.next++;
    if (has_feature_map(graph.node(id))) {
      count.meter.layers.push_back(layer_zeros(*count.snapshot, id));
    }
  }
  if (count.next < graph.size()) return false;
  const auto same = [&](const ZeroMeter& meter) { return meter.entry == count.meter.entry; };
  meters_.erase(std::remove_if(meters_.begin(), meters_.end(), same), meters_.end());
  meters_.push_back(std::move(count.meter));
  counts_.pop_front();
  return true;
}

bool BackgroundWork::advance(double budget_ms) {
  const double end_ms = now_ms() + budget_ms;
  if (!counts_.empty()) return count_on(end_ms);
  if (!runner_.busy() && !start_next()) return false;
  std::shared_ptr<const Snapshot> snapshot = runner_.advance(budget_ms);
  if (!snapshot) return false;
  take(std::move(snapshot));
  return true;
}

Background BackgroundWork::results() const {
  Background background{.sweeps = {}, .meters = meters_};
  for (const Kept& kept : kept_) {
    if (is_of_now(kept)) background.sweeps = kept.sweeps;
  }
  if (!counts_.empty()) background.measuring = counts_.front().meter.entry;
  if (!runs_.empty()) background.measuring = runs_.front().model->info.entry;
  return background;
}

}  // namespace lens
