// The panels in the middle of the page: one line each in views.cpp. A view is a free function over
// a Frame and its own State; no view sees another's.
#pragma once

#include <span>
#include <string_view>

#include "views/activation_lab.h"
#include "views/blocks.h"
#include "views/calculator.h"
#include "views/cell.h"
#include "views/cost_charts.h"
#include "views/cost_table.h"
#include "views/embedding.h"
#include "views/feature_maps.h"
#include "views/frame.h"
#include "views/gate_photos.h"
#include "views/keys.h"
#include "views/linear_bottleneck.h"
#include "views/network.h"
#include "views/published.h"
#include "views/squeeze_excite.h"
#include "views/weights.h"
#include "views/what_if_nets.h"
#include "views/zeros.h"

namespace lens {

struct ViewStates {
  network::State network;
  MapScaleState map_scale;  // of all views of the panel "Feature maps"
  feature_maps::State feature_maps;
  cell::State cell;
  weights::State weights;
  squeeze_excite::State squeeze_excite;
  embedding::State embedding;
  linear_bottleneck::State linear_bottleneck;
  activation_lab::State activation_lab;
  blocks::State blocks;
  gate_photos::State gate_photos;
  cost_table::State cost;
  calculator::State calculator;
  cost_charts::State cost_charts;
  what_if_nets::State what_if_nets;
  published::State published;
};

struct View {
  std::string_view id;     // in the URL and window.lens
  std::string_view panel;  // the tab that it belongs to; views of one panel stand together
  std::string_view title;  // among the views of its panel
  void (*draw)(Frame&, ViewStates&);
  bool needs_snapshot;  // drawn only once a run has ended
  // Its numbers, for window.lens.table and for files; null where there are none to take along.
  Table (*table)(const Frame&, const ViewStates&) = nullptr;
  // Its own keys (KeyboardEvent.key, letters in lower case), asked before the page's; false when a
  // key means nothing here. Arrows with Shift come as "Shift+ArrowLeft". Call press_in.
  bool (*press)(Frame&, ViewStates&, std::string_view key) = nullptr;
  std::string_view table_alias = {};  // another name of its table
  std::span<const Key> keys = {};     // what its keys do, for the list of keys
};

std::span<const View> views();
// A key for a view: a letter means the same with Shift or Caps Lock.
bool press_in(const View& view, Frame& frame, ViewStates& states, std::string_view key);
const View* find_view(std::string_view id);  // nullptr when unknown
// The view whose table is called so, by its id or its alias; nullptr when there is none.
const View* find_table(std::string_view name);
std::string table_names();  // "cost, ..."

// The views of the panel that `view` belongs to.
std::span<const View> panel_of(const View& view);
// The first view of each panel.
std::vector<const View*> panels();

}  // namespace lens
