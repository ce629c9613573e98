// The part of the state that a link restores, as text after '#':
// "model=v2&node=bneck3.depthwise&channel=17&cell=12,7&view=cell".
#pragma once

#include <string>
#include <string_view>

#include "engine/precision.h"

namespace lens {

struct UrlState {
  std::string model = {};  // empty: the default
  double width = 1.0;
  int resolution = 224;
  Precision precision = Precision::float32;
  std::string node = {};  // empty: the default
  int channel = -1;
  std::string view = {};  // empty: the default
  int y = -1;             // the pinned cell of the node's maps; both -1: none
  int x = -1;
  bool operator==(const UrlState&) const = default;
};

std::string format_url(const UrlState& state);

// Unknown keys are ignored; values that cannot be read become the default. Whether the model, node
// and view exist is the caller's to check.
UrlState parse_url(std::string_view text);

}  // namespace lens
