#include "engine/model.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include "engine/kernels/kernels.h"

namespace lens {

namespace {

std::string describe(const FilterShape& shape) {
  const std::string kernel = std::to_string(shape.kernel);
  return kernel + "x" + kernel + "x" + std::to_string(shape.in) + "x" + std::to_string(shape.out);
}

std::optional<Error> check_size(const std::string& what, std::size_t expected, std::size_t found) {
  if (expected == found) return std::nullopt;
  return Error{
      what + " has " + std::to_string(found) + " values, expected " + std::to_string(expected),
      "These weights belong to another architecture, width or number of classes."};
}

// The exponent of infinities and of what is not a number is all ones. Without a branch, so that the
// compiler looks at several values at once.
bool all_finite(std::span<const float> values) {
  std::uint32_t largest = 0;
  for (const float value : values) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof(bits));
    largest = std::max(largest, bits & 0x7fffffff);
  }
  return largest < 0x7f800000;
}

std::optional<Error> check_finite(const std::string& what, std::span<const float> values) {
  if (all_finite(values)) return std::nullopt;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) continue;
    return Error{what + " has a value that is not a finite number at index " + std::to_string(i),
                 "The weights are damaged."};
  }
  return std::nullopt;
}

std::optional<Error> check_node(const Graph& graph, NodeId id, const NodeWeights& weights) {
  const FilterShape shape = filter_shape(graph, id);
  const std::string filter =
      graph.node(id).name + ": filter" + (shape.out > 0 ? " (" + describe(shape) + ")" : "");
  const std::string bias = graph.node(id).name + ": bias";
  if (auto error = check_size(filter, shape.count(), weights.filter.size())) return error;
  const auto outputs = static_cast<std::size_t>(shape.out);
  if (auto error = check_size(bias, outputs, weights.bias.size())) return error;
  if (auto error = check_finite(filter, weights.filter)) return error;
  return check_finite(bias, weights.bias);
}

}  // namespace

Result<std::shared_ptr<const Model>> Model::create(
    Graph graph, Weights weights, InputScaling input,
    std::shared_ptr<const QuantizedModel> quantized) {
  assert(!validate(graph));
  if (weights.nodes.size() != graph.nodes.size()) {
    return Error{graph.name + ": weights for " + std::to_string(weights.nodes.size()) +
                     " layers, expected " + std::to_string(graph.nodes.size()),
                 "These weights belong to another architecture."};
  }
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (auto error = check_node(graph, id, weights.of(id))) return *error;
  }
  std::shared_ptr<Model> model(new Model);
  model->graph_ = std::move(graph);
  model->weights_ = std::move(weights);
  model->input_ = input;
  model->quantized_ = std::move(quantized);
  model->pack_filters();
  model->plan_arena();
  return std::shared_ptr<const Model>(std::move(model));
}

void Model::pack_filters() {
  for (NodeId id = 0; id < graph_.size(); ++id) {
    packed_.push_back(pack_filter(graph_.node(id).op, filter_shape(graph_, id), weights_.of(id)));
  }
}

void Model::plan_arena() {
  for (const Node& node : graph_.nodes) {
    offsets_.push_back(arena_size_);
    arena_size_ += round_up_to_cache_line(node.out.count());
  }
  arenas_ = std::make_shared<ArenaPool>(arena_size_);
}

}  // namespace lens
