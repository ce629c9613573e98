// Networks that nobody trained: the version on the screen with a design decision taken otherwise,
// and what that costs, exactly. Says nothing of accuracy, which only training could.
#pragma once

#include "models/variation.h"
#include "views/frame.h"

namespace lens::what_if_nets {

struct State {
  const CatalogEntry* entry = nullptr;  // that the choices belong to; another one starts anew
  Variant variant;
  Variation variation;
  int focused = 0;  // the choice that the arrow keys change
};

void draw(Frame& frame, State& state);
bool press(State& state, std::string_view key);

// The network on the screen, as the papers count it, and the varied one.
struct Comparison {
  Graph own;
  Graph varied;
};

Comparison compare(const ShownModel& model, const Variation& variation);

// What the variation says, in words: "Expansion t: 3, Squeeze-excite: Without"; empty when
// nothing differs.
std::string in_words(const ShownModel& model, const Variation& variation);

Table table(const ShownModel& model, const State& state);

}  // namespace lens::what_if_nets
