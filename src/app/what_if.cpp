// The what-if: a second run of the photo on the screen, with interventions.
#include "app/app.h"
#include "app/intervene_request.h"
#include "app/page_json.h"
#include "platform/shell.h"

namespace lens {

const Snapshot* App::shown_snapshot() const {
  return what_if_ && !selection_.before ? what_if_.get() : snapshot_.get();
}

// Follows history_: whatever what-if was running is out of date. A plain run under way goes first,
// and comes here when it has ended.
void App::run_what_if() {
  if (job_.model || !snapshot_) return;
  if (history_.current().empty()) {
    runner_.stop();
    adopt_what_if(nullptr);
    return;
  }
  runner_.start(
      snapshot_->model, snapshot_->output(0),
      {.precision = snapshot_->precision, .interventions = history_.current(), .base = snapshot_});
}

// A drag asks for more than can be run: what is under way ends and is shown, then the latest wish
// gets its turn. Starting anew each time, a drag would show nothing until it rests.
void App::follow_gesture() {
  if (!runner_.busy()) run_what_if();
}

void App::adopt_what_if(std::shared_ptr<const Snapshot> snapshot) {
  if (!snapshot && !what_if_) return;
  what_if_ = std::move(snapshot);
  if (!what_if_) selection_.before = false;
  what_if_predictions_ = predictions(what_if_.get(), kShownPredictions);
  shell::event("prediction", state_json(*this));
  if (what_if_ && !(what_if_->interventions == history_.current())) run_what_if();
}

Result<bool> App::intervene(std::string_view request) {
  if (!snapshot_ || job_.model) {
    return Error{"There is no finished run to change.", "Wait until the photo is classified."};
  }
  Result<std::vector<Intervention>> parsed = parse_interventions(request, *snapshot_);
  if (!parsed) return parsed.error();
  selection_.before = false;
  history_.set(std::move(parsed).value(), false);
  run_what_if();
  return true;
}

// With it what has been measured of the old run.
void App::end_what_if() {
  measurement_.stop();
  history_.clear();
  what_if_.reset();
  selection_.before = false;
}

}  // namespace lens
