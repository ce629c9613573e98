// What window.lens.intervene asks for, as one line per intervention, checked whole before anything
// changes:
//   activation NODE linear|relu|relu6|h-swish|...      as graph() names them
//   gates NODE ones|mean|invert|shuffle|off      gates NODE 0.5,1,0.25,...
//   silence NODE CHANNEL
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/snapshot.h"

namespace lens {

// `plain` is the run that the presets take a block's own gates from.
Result<std::vector<Intervention>> parse_interventions(std::string_view text, const Snapshot& plain);

}  // namespace lens
