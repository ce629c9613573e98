#include "views/linear_bottleneck.h"

#include <algorithm>
#include <cmath>

#include "classes/top_k.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/linear_bottleneck_parts.h"
#include "views/map_scale.h"

namespace lens::linear_bottleneck {

namespace {

constexpr Activation kAdded[] = {Activation::relu, Activation::relu6, Activation::hard_swish};

void add_next(State& state) {
  const auto at = std::find(std::begin(kAdded), std::end(kAdded), state.added) - std::begin(kAdded);
  state.added = kAdded[static_cast<std::size_t>(at + 1) % std::size(kAdded)];
}

// V1 has no projection to put anything behind.
Experiment possible(const Graph& graph, const State& state) {
  return targets(graph, Experiment::add).empty() ? Experiment::drop : state.experiment;
}

void intervene(Frame& frame, const Setup& setup, std::span<const NodeId> nodes) {
  frame.commands.push_back(
      Intervene{with_activation_at(frame.interventions, setup.nodes, nodes, setup.activation)});
}

std::string title(const Setup& setup, bool v1) {
  if (v1) return "What if V1's pointwise layers had no ReLU?";
  return setup.experiment == Experiment::add ? "What would a ReLU destroy in the bottleneck?"
                                             : "What if the wide layers had no ReLU?";
}

std::string explanation(const Setup& setup, bool v1) {
  if (v1) {
    return "V1 has no linear projection: ReLU6 follows every pointwise layer. Take it out of one "
           "block, or of all.";
  }
  return setup.experiment == Experiment::add
             ? "The projection is linear: put a nonlinearity behind it, in one block or in all."
             : "The expansion has an activation: take it out of one block, or of all.";
}

void controls(Frame& frame, State& state, const Setup& setup, bool v1) {
  const ui::Theme& theme = frame.theme;
  if (!v1) {
    const std::string experiments[] = {"Add after the projection", "Drop after the expansion"};
    const int clicked =
        ui::segmented(theme, "experiment", experiments, static_cast<int>(setup.experiment));
    if (clicked >= 0) state.experiment = static_cast<Experiment>(clicked);
  }
  if (setup.experiment == Experiment::add) {
    ImGui::SameLine(0, theme.px(16));
    const std::string names[] = {"ReLU", "ReLU6", "h-swish"};
    const int active = static_cast<int>(
        std::find(std::begin(kAdded), std::end(kAdded), state.added) - std::begin(kAdded));
    const int clicked = ui::segmented(theme, "added", names, active);
    if (clicked >= 0) state.added = kAdded[clicked];
  }
}

// Whether the what-if changes these of the experiment's layers and no others: what the button that
// asks for them would do has been done.
bool in_force(const Frame& frame, const Setup& setup, std::span<const NodeId> nodes) {
  const std::vector<Intervention> list(frame.interventions.begin(), frame.interventions.end());
  return std::all_of(setup.nodes.begin(), setup.nodes.end(), [&](NodeId id) {
    const bool changed = std::find(nodes.begin(), nodes.end(), id) != nodes.end();
    return effective_activation(frame.graph, id, list) ==
           (changed ? setup.activation : frame.graph.node(id).activation);
  });
}

// Which blocks to change on the screen; the button in force is filled.
void apply_buttons(Frame& frame, const Setup& setup) {
  const ui::Theme& theme = frame.theme;
  const std::string block = "Change block " + std::to_string(frame.graph.node(setup.node).block);
  const NodeId one[] = {setup.node};
  const auto choice = [&](const char* name, std::span<const NodeId> nodes, const char* key) {
    const bool chosen = in_force(frame, setup, nodes);
    const ui::ButtonKind kind = chosen ? ui::ButtonKind::primary : ui::ButtonKind::plain;
    if (ui::button(theme, name, kind)) intervene(frame, setup, nodes);
    if (ImGui::IsItemHovered()) ui::tooltip(theme, key);
  };
  choice((block + "##one").c_str(), one, "Change this block alone: key R");
  ImGui::SameLine(0, theme.px(6));
  choice("Change all", setup.nodes, "Change all blocks: key A");
  ImGui::SameLine(0, theme.px(6));
  choice("As trained", {}, "As trained: key X");
}

// What the what-if on the screen makes of the likeliest class where it changes more than one
// block, which no run of the sweep does; else empty.
std::string together(const Frame& frame, const Setup& setup) {
  if (!frame.what_if || frame.predictions.empty() || frame.what_if_predictions.empty()) return "";
  const auto changed = std::count_if(setup.nodes.begin(), setup.nodes.end(), [&](NodeId id) {
    return effective_activation(frame.graph, id, frame.what_if->interventions) !=
           frame.graph.node(id).activation;
  });
  if (changed < 2) return "";
  const ShownPrediction& before = frame.predictions[0];
  const ShownPrediction& first = frame.what_if_predictions[0];
  const std::span<const float> softmax = frame.what_if->output(frame.graph.last()).data;
  const float after =
      softmax[static_cast<std::size_t>(before.class_index + background_outputs(softmax.size()))];
  const bool all = static_cast<std::size_t>(changed) == setup.nodes.size();
  return before.label + ": " + ui::percent(static_cast<double>(before.probability)) + " → " +
         ui::percent(static_cast<double>(after)) +
         ui::format(" with %s%d blocks changed; ", all ? "all " : "", static_cast<int>(changed)) +
         (first.class_index == before.class_index ? "it stays first."
                                                  : "first is now " + first.label + ".");
}

std::string takeaway(const Frame& frame, const Setup& setup, const Comparison& comparison) {
  const Node& node = frame.graph.node(setup.node);
  const double rank_before = demos::effective_rank(comparison.spectrum_before);
  const double rank_after = demos::effective_rank(comparison.spectrum_after);
  const std::string of_all = together(frame, setup);
  if (!of_all.empty()) {
    return of_all +
           ui::format(" By block %d alone the effective rank goes from %.1f to %.1f of %d.",
                      node.block, rank_before, rank_after, node.out.c);
  }
  std::string text = ui::format("The effective rank goes from %.1f to %.1f of %d; ", rank_before,
                                rank_after, node.out.c);
  if (setup.experiment == Experiment::add) {
    text += std::string(activation_name(setup.activation)) + " after " + node.name + " zeroes " +
            ui::percent(zeroed_share(comparison)) + " of the values.";
  } else {
    text += activation_name(node) + " after " + node.name + " zeroes " +
            ui::percent(static_cast<double>(layer_zeros(*frame.now, setup.node).zeros)) +
            " of the values.";
  }
  const std::optional<SweepOutcome> outcome = outcome_at(setup, setup.node);
  if (!outcome || frame.predictions.empty()) return text;
  return frame.predictions[0].label + ": " +
         ui::percent(static_cast<double>(frame.predictions[0].probability)) + " → " +
         ui::percent(static_cast<double>(outcome->probability)) +
         ui::format(" by block %d alone. ", node.block) + text;
}

void footer(const Frame& frame, const Setup& setup, const Comparison& comparison) {
  const ui::Theme& theme = frame.theme;
  ui::takeaway(theme, takeaway(frame, setup, comparison),
               setup.experiment == Experiment::add
                   ? "A what-if on trained weights: damage, not the retrained ablation of the V2 "
                     "paper (Fig. 6, where ReLU6 in the bottleneck lowers top-1)."
                   : "A what-if on trained weights: damage, not a network that was trained without "
                     "these activations.");
}

}  // namespace

Setup setup_of(const Frame& frame, const State& state) {
  Setup setup;
  setup.experiment = possible(frame.graph, state);
  setup.activation = setup.experiment == Experiment::add ? state.added : Activation::none;
  setup.nodes = targets(frame.graph, setup.experiment);
  const int block = frame.graph.node(frame.selection.node).block;
  for (const NodeId node : setup.nodes) {
    if (setup.node == kNoNode || frame.graph.node(node).block <= block) setup.node = node;
  }
  setup.sweep = find_sweep(frame.background, setup.activation, setup.nodes);
  return setup;
}

std::vector<NodeId> targets(const Graph& graph, Experiment experiment) {
  std::vector<NodeId> nodes;
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Role role = graph.node(id).role;
    const bool linear = role == Role::project;
    const bool nonlinear = role == Role::expand || role == Role::pointwise;
    if (experiment == Experiment::add ? linear : nonlinear) nodes.push_back(id);
  }
  return nodes;
}

std::vector<Intervention> with_activation_at(std::span<const Intervention> present,
                                             std::span<const NodeId> experiment_nodes,
                                             std::span<const NodeId> nodes, Activation activation) {
  std::vector<Intervention> result;
  for (const Intervention& one : present) {
    const bool replaced = std::holds_alternative<ReplaceActivation>(one) &&
                          std::find(experiment_nodes.begin(), experiment_nodes.end(),
                                    target(one)) != experiment_nodes.end();
    if (!replaced) result.push_back(one);
  }
  for (const NodeId node : nodes) result.push_back(ReplaceActivation{node, activation});
  return result;
}

namespace {

// Over all but the outliers: a few large values would leave the rest pale.
ui::Mapping mapping_of(std::span<const TensorView> tensors) {
  const float reach = magnitude_of_part(tensors, 0.99);
  const bool negative = std::any_of(tensors.begin(), tensors.end(), [](const TensorView& tensor) {
    return *std::min_element(tensor.data.begin(), tensor.data.end()) < 0;
  });
  return ui::mapping_for(negative ? -reach : 0, reach);
}

}  // namespace

Comparison compare(const Snapshot& plain, NodeId node, Activation activation) {
  Comparison comparison;
  comparison.snapshot = plain.id;
  comparison.node = node;
  comparison.activation = activation;
  comparison.after = with_activation(plain, node, activation);
  const TensorView both[] = {plain.output(node), comparison.after.view()};
  comparison.spectrum_before = demos::singular_values(both[0]);
  comparison.spectrum_after = demos::singular_values(both[1]);
  comparison.mapping = mapping_of(both);
  comparison.beyond_before = count_beyond(both[0], comparison.mapping);
  comparison.beyond_after = count_beyond(both[1], comparison.mapping);
  return comparison;
}

double zeroed_share(const Comparison& comparison) {
  const std::vector<float>& values = comparison.after.data;
  const auto zeros = std::count(values.begin(), values.end(), 0.0f);
  return static_cast<double>(zeros) / static_cast<double>(values.size());
}

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  const Setup setup = setup_of(frame, state);
  const bool v1 = targets(frame.graph, Experiment::add).empty();
  if (!setup.sweep) frame.commands.push_back(SweepActivation{setup.activation, setup.nodes});
  const std::optional<Comparison>& kept = state.comparison;
  if (!kept || kept->snapshot != frame.now->id || kept->node != setup.node ||
      kept->activation != setup.activation) {
    state.comparison = compare(*frame.now, setup.node, setup.activation);
  }
  ui::label(theme.title, theme.color().text, title(setup, v1));
  ui::label(theme.body, theme.color().secondary,
            ui::fitted(theme.body, explanation(setup, v1), ImGui::GetContentRegionAvail().x));
  ImGui::Dummy({1, theme.px(2)});
  controls(frame, state, setup, v1);
  apply_buttons(frame, setup);
  const float footer_height = ui::takeaway_height(theme, 2, 2);
  const float height = ImGui::GetContentRegionAvail().y - footer_height;
  damage_chart(frame, setup, height * 0.5f);
  before_and_after(frame, setup, *state.comparison, height * 0.5f - theme.px(8));
  footer(frame, setup, *state.comparison);
}

bool press(Frame& frame, State& state, std::string_view key) {
  const Setup setup = setup_of(frame, state);
  const NodeId one[] = {setup.node};
  const auto at = std::find(setup.nodes.begin(), setup.nodes.end(), setup.node);
  if (key == "r") {
    intervene(frame, setup, one);
  } else if (key == "a") {
    intervene(frame, setup, setup.nodes);
  } else if (key == "x") {
    intervene(frame, setup, {});
  } else if (key == "e" && !targets(frame.graph, Experiment::add).empty()) {
    state.experiment = state.experiment == Experiment::add ? Experiment::drop : Experiment::add;
  } else if (key == "t" && setup.experiment == Experiment::add) {
    add_next(state);
  } else if (key == "[" && at != setup.nodes.begin()) {
    frame.selection.node = *(at - 1);
  } else if (key == "]" && at + 1 != setup.nodes.end()) {
    frame.selection.node = *(at + 1);
  } else {
    return false;
  }
  return true;
}

}  // namespace lens::linear_bottleneck
