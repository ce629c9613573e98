#include "app/intervention_history.h"

#include <utility>

namespace lens {

bool InterventionHistory::set(Interventions interventions, bool same_gesture) {
  const bool continues = same_gesture && in_gesture_ && can_undo();
  in_gesture_ = same_gesture;
  if (interventions == current()) return false;
  steps_.resize(at_ + 1);
  if (continues) {
    steps_.back() = std::move(interventions);
    return true;
  }
  steps_.push_back(std::move(interventions));
  ++at_;
  return true;
}

void InterventionHistory::undo() {
  in_gesture_ = false;
  if (can_undo()) --at_;
}

void InterventionHistory::redo() {
  in_gesture_ = false;
  if (can_redo()) ++at_;
}

void InterventionHistory::clear() {
  *this = {};
}

}  // namespace lens
