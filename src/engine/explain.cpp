#include "engine/explain.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <variant>

#include "engine/kernels/kernels.h"
#include "engine/padding.h"

namespace lens {

namespace {

// The sum of no terms where the engine adds none to a bias: -0 + a is a, even if a is -0.
constexpr float kNothing = -0.0f;

struct Cell {
  NodeId id = kNoNode;
  int y = 0;
  int x = 0;
  int channel = 0;
};

// One value of what the cell's node reads first, times a weight.
Term term(const Snapshot& snapshot, const Cell& input, float weight) {
  const float value = snapshot.output(input.id).at(input.y, input.x, input.channel);
  return {input.id, input.y, input.x, input.channel, value, weight, value * weight};
}

void sum_up(Explanation& explanation, float start) {
  explanation.sum = start;
  for (const Term& one : explanation.terms) explanation.sum += one.product;
  explanation.preactivation = explanation.sum;
}

// The products of one tap: all input channels for conv and dense, the cell's own for depthwise.
void add_tap(const Snapshot& snapshot, const Cell& cell, const Cell& input, int tap,
             Explanation& explanation) {
  const Graph& graph = snapshot.graph();
  const FilterShape shape = filter_shape(graph, cell.id);
  const std::vector<float>& filter = snapshot.model->weights().of(cell.id).filter;
  for (int in = 0; in < shape.in; ++in) {
    const int at = (tap * shape.in + in) * shape.out + cell.channel;
    const int channel = graph.node(cell.id).op == Op::depthwise ? cell.channel : in;
    explanation.terms.push_back(term(snapshot, {input.id, input.y, input.x, channel},
                                     filter[static_cast<std::size_t>(at)]));
  }
}

void explain_weighted(const Snapshot& snapshot, const Cell& cell, Explanation& explanation) {
  const Graph& graph = snapshot.graph();
  const Node& node = graph.node(cell.id);
  const Shape in = graph.input_shape(cell.id);
  const Window down = same_window(cell.y, in.h, node.kernel, node.stride);
  const Window across = same_window(cell.x, in.w, node.kernel, node.stride);
  explanation.bias =
      snapshot.model->weights().of(cell.id).bias[static_cast<std::size_t>(cell.channel)];
  for (int ky = down.begin; ky < down.end; ++ky) {
    for (int kx = across.begin; kx < across.end; ++kx) {
      const Cell input = {node.inputs[0], down.origin + ky, across.origin + kx, 0};
      add_tap(snapshot, cell, input, ky * node.kernel + kx, explanation);
    }
  }
  sum_up(explanation, explanation.bias);
  explanation.value = activate(effective_activation(graph, cell.id, snapshot.interventions),
                               explanation.preactivation);
}

void explain_add(const Snapshot& snapshot, const Cell& cell, Explanation& explanation) {
  for (const NodeId from : snapshot.graph().node(cell.id).inputs) {
    explanation.terms.push_back(term(snapshot, {from, cell.y, cell.x, cell.channel}, 1.0f));
  }
  sum_up(explanation, kNothing);
  explanation.value = explanation.sum;
}

void explain_channel_scale(const Snapshot& snapshot, const Cell& cell, Explanation& explanation) {
  const Node& node = snapshot.graph().node(cell.id);
  const float gate = snapshot.output(node.inputs[1]).at(0, 0, cell.channel);
  explanation.terms.push_back(term(snapshot, {node.inputs[0], cell.y, cell.x, cell.channel}, gate));
  sum_up(explanation, kNothing);
  explanation.value = explanation.sum;
}

// The engine sums the pixels first and divides once; the products of the terms are each pixel's
// share of the mean, rounded by themselves.
void explain_global_pool(const Snapshot& snapshot, const Cell& cell, Explanation& explanation) {
  const NodeId from = snapshot.graph().node(cell.id).inputs[0];
  const Shape in = snapshot.graph().input_shape(cell.id);
  const auto pixels = static_cast<float>(in.h * in.w);
  for (int y = 0; y < in.h; ++y) {
    for (int x = 0; x < in.w; ++x) {
      explanation.terms.push_back(term(snapshot, {from, y, x, cell.channel}, 1.0f / pixels));
      explanation.sum += explanation.terms.back().input;
    }
  }
  explanation.preactivation = explanation.sum / pixels;
  explanation.value = explanation.preactivation;
}

// Terms carry the exponential of each logit, shifted by the largest, as the product.
void explain_softmax(const Snapshot& snapshot, const Cell& cell, Explanation& explanation) {
  const NodeId from = snapshot.graph().node(cell.id).inputs[0];
  const std::span<const float> logits = snapshot.output(from).data;
  const float largest = *std::max_element(logits.begin(), logits.end());
  for (int c = 0; c < snapshot.graph().node(from).out.c; ++c) {
    Term one = term(snapshot, {from, 0, 0, c}, 1.0f);
    one.product = std::exp(one.input - largest);
    explanation.terms.push_back(one);
  }
  sum_up(explanation, 0.0f);
  const auto channel = static_cast<std::size_t>(cell.channel);
  explanation.preactivation = logits[channel];
  explanation.value = explanation.terms[channel].product / explanation.sum;
}

void explain_operation(const Snapshot& snapshot, const Cell& cell, Explanation& explanation) {
  switch (snapshot.graph().node(cell.id).op) {
    case Op::input:
      return;
    case Op::conv:
    case Op::depthwise:
    case Op::dense:
      return explain_weighted(snapshot, cell, explanation);
    case Op::add:
      return explain_add(snapshot, cell, explanation);
    case Op::channel_scale:
      return explain_channel_scale(snapshot, cell, explanation);
    case Op::global_pool:
      return explain_global_pool(snapshot, cell, explanation);
    case Op::softmax:
      return explain_softmax(snapshot, cell, explanation);
  }
}

// What an intervention puts in place of one value of its node, if anything.
struct Replacement {
  int channel;

  std::optional<float> operator()(const ReplaceActivation&) const { return std::nullopt; }

  std::optional<float> operator()(const OverrideGates& change) const {
    return change.gates[static_cast<std::size_t>(channel)];
  }

  std::optional<float> operator()(const SilenceChannel& change) const {
    return change.channel == channel ? std::optional(0.0f) : std::nullopt;
  }
};

void intervene(const Snapshot& snapshot, const Cell& cell, Explanation& explanation) {
  for (const Intervention& one : snapshot.interventions) {
    if (target(one) != cell.id) continue;
    const std::optional<float> value = std::visit(Replacement{cell.channel}, one);
    if (!value) continue;
    explanation.value = *value;
    explanation.overridden = true;
  }
}

}  // namespace

Explanation explain_cell(const Snapshot& snapshot, NodeId id, int y, int x, int channel) {
  const Shape shape = snapshot.graph().node(id).out;
  assert(id > 0 && y >= 0 && y < shape.h && x >= 0 && x < shape.w);
  assert(channel >= 0 && channel < shape.c);
  static_cast<void>(shape);
  Explanation explanation;
  const Cell cell = {id, y, x, channel};
  explain_operation(snapshot, cell, explanation);
  intervene(snapshot, cell, explanation);
  explanation.receptive_field = receptive_field(snapshot.graph(), id, y, x);
  return explanation;
}

}  // namespace lens
