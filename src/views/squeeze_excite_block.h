// What the parts of the squeeze-excite view share: the block on the screen with its live values.
#pragma once

#include "views/squeeze_excite.h"

namespace lens::squeeze_excite {

struct Block {
  SeBlock nodes;
  std::span<const float> squeeze;  // of the run that is shown
  std::span<const float> hidden;
  std::span<const float> own;    // the plain run's gates
  std::span<const float> gates;  // those in effect
  std::vector<int> order;        // the channels as the bars stand
  int channel = -1;              // selected
  int lit = -1;                  // under the pointer, anywhere on the page

  int count() const { return static_cast<int>(own.size()); }

  float gate(int at) const { return gates[static_cast<std::size_t>(at)]; }

  float own_gate(int at) const { return own[static_cast<std::size_t>(at)]; }

  float mean(int at) const { return squeeze[static_cast<std::size_t>(at)]; }
};

// The channels in an order; gates and squeeze values largest first, equal ones by the other value.
// Gates are the photo's own, so that bars keep their places while one is pulled.
std::vector<int> ordered(const Block& block, Order order);

// "Channel 17", "squeeze 0.412, gate 0.83 (0.41 by itself)"
void channel_tooltip(const Frame& frame, const Block& block, int channel, std::string_view hint);

// The flow from squeeze values through the hidden units to the gates, top to bottom: `size` at the
// cursor. Gates follow the pointer when they are pulled.
void draw_flow(Frame& frame, State& state, const Block& block, ImVec2 size);

// One channel's map before and after scaling, under each other: the lit one, the selected one, or
// the one with the largest gate.
void draw_pair(Frame& frame, const Block& block, ImVec2 size);

// The ten channels with the largest and the ten with the smallest gates, with their maps.
void draw_extremes(Frame& frame, const Block& block);
float extremes_height(const ui::Theme& theme, float width);

// What the block comes to, the first classes' logits before and after a what-if, and the cost of
// this block's and of all squeeze-and-excitation.
void draw_footer(const Frame& frame, const Block& block, std::span<const SeBlock> blocks);
float footer_height(const Frame& frame);

}  // namespace lens::squeeze_excite
