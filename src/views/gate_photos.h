// The gates of several photos over each other: do different photos open different channels, and
// where in the network? The experiment of Squeeze-and-Excitation Networks, arXiv 1709.01507,
// section 6, on MobileNet V3 and the visitor's own photos.
#pragma once

#include <string_view>

#include "views/se_blocks.h"

namespace lens::gate_photos {

struct State {
  int block = 0;               // looked at last
  bool chosen = false;         // by the reader
  bool by_index = false;       // channels in their own order; else from the largest mean gate down
  bool over_channels = false;  // the lower chart; else over the photos
  bool begun = false;          // the photo on the screen has been put in
};

void draw(Frame& frame, State& state);
bool press(Frame& frame, State& state, std::string_view key);

// Every block's channels: one column per photo, and the standard deviation over the photos.
Table table(const Frame& frame);

}  // namespace lens::gate_photos
