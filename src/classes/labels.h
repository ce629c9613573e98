// The names of the ImageNet-1k classes, from the label file that goes with the published weights.
// Does not know where the file comes from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lens {

constexpr int kImageNetClasses = 1000;

struct Label {
  std::string name;  // the first synonym: "tiger shark"
  std::string full;  // all of them: "tiger shark, Galeocerdo cuvieri"
};

// One label per class, by 0-based ImageNet-1k number. text has one line per class, 1000 of them or
// 1001 with the background first, which is left out. Fails on any other number of lines and on an
// empty one.
Result<std::vector<Label>> parse_labels(std::string_view text);

}  // namespace lens
