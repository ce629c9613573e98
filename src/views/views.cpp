#include "views/views.h"

namespace lens {

namespace {

constexpr View kViews[] = {
    {"feature_maps", "Feature maps",
     [](Frame& f, ViewStates& s) { feature_maps::draw(f, s.feature_maps); }, true},
    {"cost", "Cost", [](Frame& f, ViewStates& s) { cost_table::draw(f, s.cost); }, false},
};

}  // namespace

std::span<const View> views() {
  return kViews;
}

const View* find_view(std::string_view id) {
  for (const View& view : kViews) {
    if (view.id == id) return &view;
  }
  return nullptr;
}

}  // namespace lens
