// One squeeze-and-excitation block at work on the photo: what it squeezes, what it makes of it, the
// gates and the maps that they scale. Every gate can be pulled, as a what-if.
#pragma once

#include <string_view>

#include "views/se_blocks.h"

namespace lens::squeeze_excite {

enum class Order { channel, gate, squeeze };

struct State {
  int block = 0;  // looked at last, for when a layer without gates is selected
  Order order = Order::gate;
  bool all_blocks = false;  // what the presets apply to
  int seed = 0;             // of the last shuffle; 0: none yet
  int pulled = -1;          // the channel whose gate the pointer holds
  bool pulling = false;     // and has moved
  // Where the bars stood when the pointer took hold, in pixels down the page: the banner of the
  // what-if pushes them down, and must not pull the gate with it.
  float pulled_from = 0;  // gate 0
  float pulled_to = 1;    // gate 1
};

void draw(Frame& frame, State& state);

// The view's own keys; false when a key means nothing to it.
bool press(Frame& frame, State& state, std::string_view key);

// The chosen block's channels: squeeze, gate, gate after the what-if.
Table table(const Frame& frame, const State& state);

}  // namespace lens::squeeze_excite
