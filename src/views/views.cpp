#include "views/views.h"

#include <algorithm>

namespace lens {

namespace {

constexpr View kViews[] = {
    {"feature_maps", "Feature maps", "Maps",
     [](Frame& f, ViewStates& s) { feature_maps::draw(f, s.feature_maps); }, true},
    {"cost", "Cost", "Layers", [](Frame& f, ViewStates& s) { cost_table::draw(f, s.cost); }, false,
     [](const Frame& f, const ViewStates&) { return cost_table::table(f); },
     [](ViewStates& s, std::string_view key, Commands& c) {
       return cost_table::press(s.cost, key, c);
     }},
    {"calculator", "Cost", "Convolution",
     [](Frame& f, ViewStates& s) { calculator::draw(f, s.calculator); }, false,
     [](const Frame&, const ViewStates& s) { return calculator::table(s.calculator.layer); },
     [](ViewStates& s, std::string_view key, Commands&) {
       return calculator::press(s.calculator, key);
     }},
    {"published", "Cost", "Published",
     [](Frame& f, ViewStates& s) { published::draw(f, s.published); }, false,
     [](const Frame&, const ViewStates&) { return published::table(published::points()); },
     [](ViewStates& s, std::string_view key, Commands&) {
       return published::press(s.published, key);
     }},
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

std::string table_names() {
  std::string names;
  for (const View& view : kViews) {
    if (view.table) names += (names.empty() ? "" : ", ") + std::string(view.id);
  }
  return names;
}

std::span<const View> panel_of(const View& view) {
  const auto same = [&](const View& other) { return other.panel == view.panel; };
  const auto begin = std::find_if(std::begin(kViews), std::end(kViews), same);
  return {begin, std::find_if_not(begin, std::end(kViews), same)};
}

std::vector<const View*> panels() {
  std::vector<const View*> first;
  for (const View& view : kViews) {
    if (first.empty() || first.back()->panel != view.panel) first.push_back(&view);
  }
  return first;
}

}  // namespace lens
