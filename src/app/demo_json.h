// The numbers behind a maths demo, for window.lens.demo(name, parameters). Needs neither photo nor
// model. A new demo: a function as below, and its line in demo_json.cpp.
#pragma once

#include <string>
#include <string_view>

#include "app/demo_parameters.h"

namespace lens {

// parameters: "n=5&seed=7". JSON, or an error object for an unknown name and for parameters that
// the demo cannot take.
std::string demo_json(std::string_view name, std::string_view parameters);

// n: dimensions, 2..60 (default 5). seed: of T (1). points: how many of `shape` (spiral | circle |
// grid), 4..2000 (400), or the points themselves as "x,y,x,y,...".
Result<std::string> relu_embedding_json(const DemoParameters& parameters);

// dk, m, n, df: the four letters of MobileNets' section 3.1, each 1..4096; left out, those of its
// table 3 (3, 512, 512, 14).
Result<std::string> convolution_cost_json(const DemoParameters& parameters);

}  // namespace lens
