// Three charts of cost: along the network for all versions, against the measured time, and the
// memory of a run.
#pragma once

#include "cost/stages.h"
#include "views/frame.h"

namespace lens::cost_charts {

enum class Chart { along, speed, memory };

// A version at width 1 and 224 pixels.
struct Net {
  const CatalogEntry* entry = nullptr;
  Graph graph;
  std::vector<Cost> costs;
  std::vector<Stage> stages;
};

std::vector<Net> all_nets();

struct State {
  Chart chart = Chart::along;
  std::vector<Net> nets;  // built at the first drawing
};

void draw(Frame& frame, State& state);
bool press(State& state, std::string_view key, Commands& commands);

// A row per version and resolution.
Table table(const std::vector<Net>& nets);

// The three, one file each.
void draw_along(Frame& frame, const std::vector<Net>& nets);
void draw_speed(Frame& frame);
void draw_memory(Frame& frame, const std::vector<Net>& nets);

}  // namespace lens::cost_charts
