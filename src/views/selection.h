// What the reader is looking at, and what a view asks the application to do. Views write these two
// and nothing else; the application carries commands out before the next frame.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/graph.h"
#include "models/catalog.h"

namespace lens {

struct Selection {
  NodeId node = kNoNode;
  int channel = -1;  // -1: all channels
  std::string view = "feature_maps";
};

// What the pointer is on, for one frame; every view lights the same thing.
struct Hover {
  NodeId node = kNoNode;
  int channel = -1;
  int y = -1;  // cell of the channel's map
  int x = -1;
};

struct ChooseModel {
  std::string id;
  Variant variant;
};

struct ChooseSample {
  int index = 0;
};

struct OpenFile {};

struct ToggleTheme {};

struct ToggleHelp {};

struct DismissNotice {};

using Command =
    std::variant<ChooseModel, ChooseSample, OpenFile, ToggleTheme, ToggleHelp, DismissNotice>;
using Commands = std::vector<Command>;

}  // namespace lens
