#include "views/cost_charts.h"

#include <algorithm>
#include <array>

#include "cost/memory.h"
#include "ui/widgets.h"

namespace lens::cost_charts {

std::vector<Net> all_nets() {
  std::vector<Net> nets;
  for (const CatalogEntry& entry : catalog()) {
    Net net = {&entry, entry.build({}, kPaperClasses), {}, {}};
    net.costs = cost_of(net.graph);
    net.stages = stages_of(net.graph);
    nets.push_back(std::move(net));
  }
  // Large before Small: from the dearest to the cheapest.
  std::stable_sort(nets.begin(), nets.end(), [](const Net& a, const Net& b) {
    return total_cost(a.graph).macs > total_cost(b.graph).macs;
  });
  return nets;
}

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  if (state.nets.empty()) state.nets = all_nets();
  static constexpr const char* kTitles[] = {"Where along the net is the work?",
                                            "Does the time follow the multiply-adds?",
                                            "How much memory does a run need?"};
  ui::label(theme.title, theme.color().text, kTitles[static_cast<std::size_t>(state.chart)]);
  const std::array<std::string, 3> names = {"All versions", "MACs and ms", "Memory"};
  const int clicked = ui::segmented(theme, "charts", names, static_cast<int>(state.chart));
  if (clicked >= 0) state.chart = static_cast<Chart>(clicked);
  switch (state.chart) {
    case Chart::along:
      draw_along(frame, state.nets);
      break;
    case Chart::speed:
      draw_speed(frame);
      break;
    case Chart::memory:
      draw_memory(frame, state.nets);
      break;
  }
}

bool press(State& state, std::string_view key, Commands& commands) {
  if (key == "c") {
    state.chart = static_cast<Chart>((static_cast<int>(state.chart) + 1) % 3);
  } else if ((key == "p") && state.chart == Chart::speed) {
    commands.push_back(MeasureTimes{});
  } else {
    return false;
  }
  return true;
}

Table table(const std::vector<Net>& nets) {
  Table result;
  result.columns = {"version",    "resolution",       "layers",         "MACs",
                    "parameters", "activation bytes", "peak live bytes"};
  for (const Net& net : nets) {
    const std::vector<std::int64_t> live = live_bytes(net.graph);
    for (const Stage& stage : net.stages) {
      std::int64_t peak = 0;
      for (const NodeId id : stage.layers) {
        peak = std::max(peak, live[static_cast<std::size_t>(id)]);
      }
      const auto number = [](auto value) { return TableCell(static_cast<double>(value)); };
      result.rows.push_back({std::string(net.entry->title), number(stage.extent),
                             number(stage.layers.size()), number(stage.cost.macs),
                             number(stage.cost.parameters()), number(stage.cost.activation_bytes),
                             number(peak)});
    }
  }
  return result;
}

}  // namespace lens::cost_charts
