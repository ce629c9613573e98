#include "views/what_if_choices.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/text.h"

namespace lens::what_if_nets {

namespace {

// V1's and V2's widths and resolutions: MobileNets, section 3.3 and 3.4; MobileNetV2, section 6.1.
constexpr std::array<double, 7> kWidths = {0.25, 0.35, 0.5, 0.75, 1.0, 1.3, 1.4};
constexpr std::array<int, 5> kResolutions = {96, 128, 160, 192, 224};
constexpr std::array<int, 2> kStems = {16, 32};
constexpr int kMostExpansion = 10;

bool has_role(const Graph& graph, Role role) {
  return std::any_of(graph.nodes.begin(), graph.nodes.end(),
                     [&](const Node& node) { return node.role == role; });
}

template <class List, class Value>
int nearest(const List& list, Value value) {
  const auto distance = [&](std::size_t i) { return std::fabs(1.0 * list[i] - 1.0 * value); };
  std::size_t best = 0;
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (distance(i) < distance(best)) best = i;
  }
  return static_cast<int>(best);
}

template <class List>
auto at(const List& list, int option) {
  return list[static_cast<std::size_t>(option)];
}

int own_stem(const Graph& base) {
  return base.node(base.find("stem")).out.c;
}

}  // namespace

bool has_choice(const Graph& base, Choice choice) {
  switch (choice) {
    case Choice::expansion:
      return has_role(base, Role::expand);
    case Choice::squeeze_excite:
      return has_role(base, Role::gate);
    case Choice::last_stage:
      return last_stage_of(base).has_value();
    case Choice::width:
    case Choice::resolution:
    case Choice::convolutions:
    case Choice::stem:
      break;
  }
  return true;
}

std::string name_of(Choice choice) {
  switch (choice) {
    case Choice::width:
      return "Width α";
    case Choice::resolution:
      return "Resolution ρ";
    case Choice::expansion:
      return "Expansion t";
    case Choice::convolutions:
      return "Convolutions";
    case Choice::squeeze_excite:
      return "Squeeze-excite";
    case Choice::stem:
      return "Stem filters";
    case Choice::last_stage:
      return "Last stage";
  }
  return "";
}

std::vector<std::string> options(const Graph& base, Choice choice) {
  std::vector<std::string> result;
  switch (choice) {
    case Choice::width:
      for (const double width : kWidths) result.push_back(ui::format("%g", width));
      return result;
    case Choice::resolution:
      for (const int side : kResolutions) result.push_back(std::to_string(side));
      return result;
    case Choice::expansion:
      result.emplace_back("own");
      for (int t = 1; t <= kMostExpansion; ++t) result.push_back(std::to_string(t));
      return result;
    case Choice::convolutions:
      return {"Separable", "Standard"};
    case Choice::squeeze_excite:
      return {"With", "Without"};
    case Choice::stem:
      for (const int stem : kStems) result.push_back(std::to_string(stem));
      return result;
    case Choice::last_stage:
      return last_stage_of(base) == LastStage::late
                 ? std::vector<std::string>{"V2's own", "pool first"}
                 : std::vector<std::string>{"V3's own", "pool last"};
  }
  return result;
}

int option_of(const Graph& base, const Variation& variation, Choice choice) {
  switch (choice) {
    case Choice::width:
      return nearest(kWidths, variation.width);
    case Choice::resolution:
      return nearest(kResolutions, variation.resolution);
    case Choice::expansion:
      return variation.expansion.value_or(0);
    case Choice::convolutions:
      return variation.full_convolutions ? 1 : 0;
    case Choice::squeeze_excite:
      return variation.squeeze_excite ? 0 : 1;
    case Choice::stem:
      return nearest(kStems, variation.stem.value_or(own_stem(base)));
    case Choice::last_stage:
      return variation.last_stage == LastStage::own ? 0 : 1;
  }
  return 0;
}

void choose(const Graph& base, Variation& variation, Choice choice, int option) {
  const int count = static_cast<int>(options(base, choice).size());
  option = std::clamp(option, 0, count - 1);
  switch (choice) {
    case Choice::width:
      variation.width = at(kWidths, option);
      break;
    case Choice::resolution:
      variation.resolution = at(kResolutions, option);
      break;
    case Choice::expansion:
      variation.expansion = option == 0 ? std::nullopt : std::optional(option);
      break;
    case Choice::convolutions:
      variation.full_convolutions = option == 1;
      break;
    case Choice::squeeze_excite:
      variation.squeeze_excite = option == 0;
      break;
    case Choice::stem: {
      const int filters = at(kStems, option);
      variation.stem = filters == own_stem(base) ? std::nullopt : std::optional(filters);
      break;
    }
    case Choice::last_stage: {
      const bool late = last_stage_of(base) == LastStage::late;
      variation.last_stage = option == 0 ? LastStage::own
                             : late      ? LastStage::early
                                         : LastStage::late;
      break;
    }
  }
}

}  // namespace lens::what_if_nets
