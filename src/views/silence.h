// Channels switched off by the what-if, and how to ask for it.
#pragma once

#include <vector>

#include "views/frame.h"

namespace lens {

std::vector<int> silenced_channels(std::span<const Intervention> interventions, NodeId node);
bool is_silenced(std::span<const Intervention> interventions, NodeId node, int channel);
// The list with one channel switched off, or on again if it was off.
std::vector<Intervention> toggled(std::span<const Intervention> interventions,
                                  const SilenceChannel& change);
// Asks for it; everything after the node is run again.
void toggle_silence(Frame& frame, NodeId node, int channel);
// The button that does it, for the selected layer.
void silence_button(Frame& frame, int channel);

}  // namespace lens
