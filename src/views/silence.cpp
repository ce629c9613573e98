#include "views/silence.h"

#include <algorithm>

#include "ui/widgets.h"

namespace lens {

std::vector<int> silenced_channels(std::span<const Intervention> interventions, NodeId node) {
  std::vector<int> channels;
  for (const Intervention& one : interventions) {
    const auto* silence = std::get_if<SilenceChannel>(&one);
    if (silence && silence->node == node) channels.push_back(silence->channel);
  }
  return channels;
}

bool is_silenced(std::span<const Intervention> interventions, NodeId node, int channel) {
  const Intervention wanted = SilenceChannel{node, channel};
  return std::find(interventions.begin(), interventions.end(), wanted) != interventions.end();
}

std::vector<Intervention> toggled(std::span<const Intervention> interventions,
                                  const SilenceChannel& change) {
  std::vector<Intervention> list(interventions.begin(), interventions.end());
  const auto end = std::remove(list.begin(), list.end(), Intervention(change));
  const bool was_off = end != list.end();
  list.erase(end, list.end());
  if (!was_off) list.emplace_back(change);
  return list;
}

void toggle_silence(Frame& frame, NodeId node, int channel) {
  frame.commands.push_back(Intervene{toggled(frame.interventions, {node, channel})});
}

void silence_button(Frame& frame, int channel) {
  const NodeId node = frame.selection.node;
  const bool off = is_silenced(frame.interventions, node, channel);
  if (ui::button(frame.theme, off ? "Switch on (X)###silence" : "Switch off (X)###silence")) {
    toggle_silence(frame, node, channel);
  }
  if (ImGui::IsItemHovered()) {
    ui::tooltip(frame.theme, "What does the network lose without this channel?",
                "Sets it to zero and runs every later layer again. Shift-click on a map does the "
                "same.");
  }
}

}  // namespace lens
