// The panels in the middle of the page: one line each in views.cpp. A view is a free function over
// a Frame and its own State; no view sees another's.
#pragma once

#include <span>
#include <string_view>

#include "views/cost_table.h"
#include "views/feature_maps.h"
#include "views/frame.h"
#include "views/network.h"

namespace lens {

struct ViewStates {
  network::State network;
  feature_maps::State feature_maps;
  cost_table::State cost;
};

struct View {
  std::string_view id;     // in the URL and window.lens
  std::string_view title;  // on its tab
  void (*draw)(Frame&, ViewStates&);
  bool needs_snapshot;  // drawn only once a run has ended
};

std::span<const View> views();
const View* find_view(std::string_view id);  // nullptr when unknown

}  // namespace lens
