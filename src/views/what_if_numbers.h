// What a what-if net costs beside the own one: as bars, in numbers, and over all options of the
// choice that moves it most.
#pragma once

#include <string>

#include "views/what_if_nets.h"

namespace lens::what_if_nets {

constexpr float kNames = 152;  // px at 1280, left of the choices and the bars

struct Numbers {
  double macs = 0;
  double parameters = 0;
  double largest = 0;  // values
  double peak_bytes = 0;
};

Numbers numbers_of(const Graph& graph);
// "× 0.73", or "the same".
std::string times(double after, double before);

// `title` names the own net.
void bars(const ui::Theme& theme, const Comparison& nets, const std::string& title);
void numbers(const ui::Theme& theme, const Comparison& nets, const std::string& title);
// MACs over every option of a choice, the others as they are; a click chooses.
void curve(Frame& frame, State& state, const Graph& base, float height);

}  // namespace lens::what_if_nets
