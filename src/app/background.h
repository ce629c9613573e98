// The work that may wait: one inference after another, advanced only while the page has nothing
// else to run, so that neither the screen nor the what-if on it is ever held up. Keeps results,
// not snapshots.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "app/library.h"
#include "app/runner.h"
#include "views/background.h"

namespace lens {

class BackgroundWork {
 public:
  // A plain run has come onto the screen. Results are kept by model and photo; what was wanted for
  // another photo is dropped.
  void show(std::shared_ptr<const Snapshot> plain, std::uint64_t photo);

  // The model on the screen with this activation in place of each node's own, one node at a time.
  // Nothing to do where that has been worked out for this model and photo. In float32 alone: while
  // an int8 run is on the screen, sweeps rest.
  void sweep(Activation activation, std::vector<NodeId> nodes);

  // The zeros of the run on the screen (in float32), or of a model that is run for it. A version
  // has one meter: of the variant that came last.
  void measure(const ReadyModel& shown);
  void measure(std::shared_ptr<const ReadyModel> model, Tensor input);
  // Any variant, or this one; under way counts too.
  bool measured(const CatalogEntry& entry, const Variant* variant = nullptr) const;

  std::uint64_t photo() const { return photo_; }

  bool busy() const;
  // Works for about so long; true when a result has arrived.
  bool advance(double budget_ms);

  Background results() const;

 private:
  // Sweeps of one model on one photo.
  struct Kept {
    std::weak_ptr<const Model> model;
    std::uint64_t photo = 0;
    std::vector<Sweep> sweeps;
  };

  struct PlainRun {
    std::shared_ptr<const ReadyModel> model;
    Tensor input;
  };

  // A finished run whose layers are being counted, a few at a time.
  struct Count {
    std::shared_ptr<const Snapshot> snapshot;
    ZeroMeter meter;
    NodeId next = 0;
  };

  bool is_of_now(const Kept& kept) const;
  Kept* kept_now();
  Sweep* open_sweep();
  bool start_next();
  void take(std::shared_ptr<const Snapshot> snapshot);
  bool count_on(double end_ms);

  std::shared_ptr<const Snapshot> plain_;
  std::uint64_t photo_ = 0;
  std::vector<Kept> kept_;
  std::vector<ZeroMeter> meters_;  // of photo_
  std::deque<PlainRun> runs_;
  std::shared_ptr<const ReadyModel> running_;  // the front of runs_, or null: a sweep's what-if
  std::deque<Count> counts_;
  Runner runner_;
};

}  // namespace lens
