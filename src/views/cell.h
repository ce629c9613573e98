// One value of the selected channel, taken apart: what it reads, the weights, the products, their
// sum, the bias, the activation. The same arithmetic as the run's, so the result is the value
// shown.
#pragma once

#include "engine/explain.h"
#include "views/map_layer.h"

namespace lens::cell {

// In which order a value's terms are told.
enum class TermOrder { product, weight };

// A value of the selected layer.
struct Place {
  NodeId node = kNoNode;
  int y = 0;
  int x = 0;
  int channel = 0;
  bool operator==(const Place&) const = default;
};

// The term of a value that the keys have chosen from its list.
struct ChosenTerm {
  Place place;          // the value
  int rank = -1;        // in the order shown; -1: none
  bool scroll = false;  // into sight, at the next drawing
};

struct State {
  TermOrder order = TermOrder::product;
  Pin pointed;  // the cell under the pointer, on the layer's map; a node of kNoNode: none
  ChosenTerm chosen;
};

// The one on the screen: under the pointer, else pinned, else the channel's most telling, which is
// farthest from what its bias alone gives; the selected channel, else the layer's strongest.
Place place_shown(const Frame& frame, const State& state);

// Largest product, or largest weight, first; by magnitude.
std::vector<Term> in_order(std::vector<Term> terms, TermOrder order);

// What the numbers say, in one sentence.
std::string takeaway(const Node& node, Activation activation, const Explanation& why);

void draw(Frame& frame, State& state, MapScaleState& scale);
bool press(Frame& frame, State& state, std::string_view key);
// A row per term.
Table table(const Frame& frame, const State& state);

}  // namespace lens::cell
