// Which interventions the visitor has asked for, and the way back through earlier ones.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/intervention.h"

namespace lens {

using Interventions = std::vector<Intervention>;

class InterventionHistory {
 public:
  const Interventions& current() const { return steps_[at_]; }

  // Forgets what had been undone. same_gesture: replaces what this gesture has set before, so that
  // one undo takes a whole drag back; a gesture ends with the first call that is none. False when
  // nothing has changed.
  bool set(Interventions interventions, bool same_gesture);
  void undo();
  void redo();
  // Another model: nothing here fits it.
  void clear();

  bool can_undo() const { return at_ > 0; }

  bool can_redo() const { return at_ + 1 < steps_.size(); }

 private:
  std::vector<Interventions> steps_ = {{}};
  std::size_t at_ = 0;
  bool in_gesture_ = false;
};

}  // namespace lens
