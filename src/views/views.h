// The panels in the middle of the page: one line each in views.cpp. A view is a free function over
// a Frame and its own State; no view sees another's.
#pragma once

#include <span>
#include <string_view>

#include "views/calculator.h"
#include "views/cost_table.h"
#include "views/feature_maps.h"
#include "views/frame.h"
#include "views/network.h"
#include "views/published.h"

namespace lens {

struct ViewStates {
  network::State network;
  feature_maps::State feature_maps;
  cost_table::State cost;
  calculator::State calculator;
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
  // Its own keys, asked before the page's; true when the key meant something. Null without any.
  bool (*press)(ViewStates&, std::string_view key, Commands&) = nullptr;
};

std::span<const View> views();
const View* find_view(std::string_view id);  // nullptr when unknown
std::string table_names();                   // "cost, ..."

// The views of the panel that `view` belongs to.
std::span<const View> panel_of(const View& view);
// The first view of each panel.
std::vector<const View*> panels();

}  // namespace lens
