#include "views/views.h"

#include <algorithm>

namespace lens {

namespace {

constexpr std::string_view kFixedActivation =
    "In int8 the range of a layer's output was measured with its activation: no other can take "
    "its place.";

constexpr View kViews[] = {
    {"feature_maps",
     "Feature maps",
     "Maps",
     [](Frame& f, ViewStates& s) { feature_maps::draw(f, s.feature_maps, s.map_scale); },
     true,
     [](const Frame& f, const ViewStates&) { return feature_maps::table(f); },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return feature_maps::press(f, s.feature_maps, s.map_scale, key);
     },
     {},
     keys::kFeatureMaps},
    {"cell",
     "Feature maps",
     "One value",
     [](Frame& f, ViewStates& s) { cell::draw(f, s.cell, s.map_scale); },
     true,
     [](const Frame& f, const ViewStates& s) { return cell::table(f, s.cell); },
     [](Frame& f, ViewStates& s, std::string_view key) { return cell::press(f, s.cell, key); },
     {},
     keys::kCell,
     "A value of int8 is a sum of integers, rounded to a byte; this page takes values of float32 "
     "apart."},
    {"weights",
     "Feature maps",
     "Weights",
     [](Frame& f, ViewStates& s) { weights::draw(f, s.weights); },
     true,
     [](const Frame& f, const ViewStates&) { return weights::table(f); },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return weights::press(f, s.weights, key);
     },
     {},
     keys::kWeights},
    {"squeeze_excite", "Squeeze-excite", "This photo",
     [](Frame& f, ViewStates& s) { squeeze_excite::draw(f, s.squeeze_excite); }, true,
     [](const Frame& f, const ViewStates& s) { return squeeze_excite::table(f, s.squeeze_excite); },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return squeeze_excite::press(f, s.squeeze_excite, key);
     },
     "gates", keys::kSqueezeExcite},
    {"gate_photos",
     "Squeeze-excite",
     "Several photos",
     [](Frame& f, ViewStates& s) { gate_photos::draw(f, s.gate_photos); },
     true,
     [](const Frame& f, const ViewStates&) { return gate_photos::table(f); },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return gate_photos::press(f, s.gate_photos, key);
     },
     {},
     keys::kGatePhotos},
    {"embedding",
     "ReLU or linear",
     "Embedding",
     [](Frame& f, ViewStates& s) { embedding::draw(f, s.embedding); },
     false,
     [](const Frame&, const ViewStates& s) { return embedding::table(s.embedding); },
     [](Frame&, ViewStates& s, std::string_view key) { return embedding::press(s.embedding, key); },
     {},
     keys::kEmbedding},
    {"linear_bottleneck",
     "ReLU or linear",
     "This net",
     [](Frame& f, ViewStates& s) { linear_bottleneck::draw(f, s.linear_bottleneck); },
     true,
     [](const Frame& f, const ViewStates& s) {
       return linear_bottleneck::table(f, s.linear_bottleneck);
     },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return linear_bottleneck::press(f, s.linear_bottleneck, key);
     },
     {},
     keys::kLinearBottleneck,
     kFixedActivation},
    {"zeros",
     "ReLU or linear",
     "Zeros",
     [](Frame& f, ViewStates&) { zeros::draw(f); },
     true,
     [](const Frame& f, const ViewStates&) { return zeros::table(f); },
     [](Frame& f, ViewStates&, std::string_view key) { return zeros::press(f, key); },
     {},
     keys::kZeros,
     "In int8 small values round to zero and ReLU6's upper end to a byte; this panel counts those "
     "of float32."},
    {"activation_lab",
     "ReLU or linear",
     "Activations",
     [](Frame& f, ViewStates& s) { activation_lab::draw(f, s.activation_lab); },
     true,
     [](const Frame& f, const ViewStates& s) { return activation_lab::table(f, s.activation_lab); },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return activation_lab::press(f, s.activation_lab, key);
     },
     {},
     keys::kActivationLab,
     kFixedActivation},
    {"blocks",
     "ReLU or linear",
     "Blocks",
     [](Frame& f, ViewStates& s) { blocks::draw(f, s.blocks); },
     false,
     [](const Frame& f, const ViewStates&) { return blocks::table(f); },
     [](Frame& f, ViewStates&, std::string_view key) { return blocks::press(f, key); },
     {},
     keys::kBlocks},
    {"cost",
     "Cost",
     "Layers",
     [](Frame& f, ViewStates& s) { cost_table::draw(f, s.cost); },
     false,
     [](const Frame& f, const ViewStates& s) { return cost_table::table(f, s.cost); },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return cost_table::press(s.cost, key, f.commands);
     },
     {},
     keys::kCost},
    {"calculator",
     "Cost",
     "Convolution",
     [](Frame& f, ViewStates& s) { calculator::draw(f, s.calculator); },
     false,
     [](const Frame&, const ViewStates& s) { return calculator::table(s.calculator.layer); },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return calculator::press(f, s.calculator, key);
     },
     {},
     keys::kCalculator},
    {"cost_charts",
     "Cost",
     "Along the net",
     [](Frame& f, ViewStates& s) { cost_charts::draw(f, s.cost_charts); },
     false,
     [](const Frame&, const ViewStates&) { return cost_charts::table(cost_charts::all_nets()); },
     [](Frame& f, ViewStates& s, std::string_view key) {
       return cost_charts::press(s.cost_charts, key, f.commands);
     },
     {},
     keys::kCostCharts},
    {"what_if_nets",
     "Cost",
     "What-if nets",
     [](Frame& f, ViewStates& s) { what_if_nets::draw(f, s.what_if_nets); },
     false,
     [](const Frame& f, const ViewStates& s) {
       return what_if_nets::table(f.model, s.what_if_nets);
     },
     [](Frame&, ViewStates& s, std::string_view key) {
       return what_if_nets::press(s.what_if_nets, key);
     },
     {},
     keys::kWhatIfNets},
    {"published",
     "Cost",
     "Published",
     [](Frame& f, ViewStates& s) { published::draw(f, s.published); },
     false,
     [](const Frame&, const ViewStates&) { return published::table(published::points()); },
     [](Frame&, ViewStates& s, std::string_view key) { return published::press(s.published, key); },
     {},
     keys::kPublished},
};

}  // namespace

std::span<const View> views() {
  return kViews;
}

bool press_in(const View& view, Frame& frame, ViewStates& states, std::string_view key) {
  if (!view.press) return false;
  const bool capital = key.size() == 1 && key[0] >= 'A' && key[0] <= 'Z';
  const char small = capital ? static_cast<char>(key[0] - 'A' + 'a') : '\0';
  return view.press(frame, states, capital ? std::string_view(&small, 1) : key);
}

const View* find_view(std::string_view id) {
  for (const View& view : kViews) {
    if (view.id == id) return &view;
  }
  return nullptr;
}

const View* find_table(std::string_view name) {
  for (const View& view : kViews) {
    if (view.table && (view.id == name || view.table_alias == name)) return &view;
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
