// The choices of the what-if nets: which a version has, what stands for each, and how one changes.
#pragma once

#include <string>
#include <vector>

#include "models/catalog.h"
#include "models/variation.h"

namespace lens::what_if_nets {

enum class Choice { width, resolution, expansion, convolutions, squeeze_excite, stem, last_stage };

constexpr int kChoices = 7;

// False where the version has nothing to choose: no squeeze-and-excitation in V1 and V2, no
// expansion and no features before the pool in V1.
bool has_choice(const Graph& base, Choice choice);

std::string name_of(Choice choice);
std::vector<std::string> options(const Graph& base, Choice choice);
// Which option a variation stands at, and the variation with another.
int option_of(const Graph& base, const Variation& variation, Choice choice);
void choose(const Graph& base, Variation& variation, Choice choice, int option);

}  // namespace lens::what_if_nets
