#include "engine/intervention.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "engine/simd/f32x4.h"
#include "support/bits.h"
#include "support/nets.h"

namespace {

using namespace lens;
using test::same_bits;

// A plain run of V3-Small or another version, and what-ifs beside it.
struct Fixture {
  explicit Fixture(std::string_view id = "v3-small") : model(test::seeded_model(id, 48)) {}

  std::shared_ptr<const Model> model;
  Tensor input = test::seeded_input(*model);
  std::shared_ptr<const Snapshot> plain = run(model, input.view());

  NodeId find(std::string_view name) const { return model->graph().find(name); }

  std::shared_ptr<const Snapshot> with(std::vector<Intervention> interventions) const {
    return run(model, input.view(), {.interventions = std::move(interventions)});
  }

  // The same input through the model with its graph and weights changed by hand, and computed by
  // the reference kernels where the fast ones promise their bits.
  template <class Change>
  std::shared_ptr<const Snapshot> rebuilt(Change change) const {
    Graph graph = model->graph();
    Weights weights = model->weights();
    change(graph, weights);
    const auto other = Model::create(std::move(graph), std::move(weights), {}).value();
    const KernelSet* kernels = simd::kFusedMadd ? &simd_kernels() : &reference_kernels();
    return run(other, input.view(), {.kernels = kernels});
  }
};

// The first node whose output differs; graph.size() if none does.
NodeId first_changed(const Snapshot& a, const Snapshot& b) {
  for (NodeId id = 0; id < a.graph().size(); ++id) {
    if (!same_bits(a.output(id).data, b.output(id).data)) return id;
  }
  return a.graph().size();
}

bool all_same(const Snapshot& a, const Snapshot& b) {
  return first_changed(a, b) == a.graph().size();
}

std::vector<float> values(const Snapshot& snapshot, NodeId id) {
  const std::span<const float> data = snapshot.output(id).data;
  return {data.begin(), data.end()};
}

}  // namespace

TEST_CASE("intervention: those that change nothing give the same bits", "[engine][intervention]") {
  const auto [version, activation, count] =
      GENERATE(table<const char*, Activation, int>({{"v1", Activation::relu6, 27},
                                                    {"v2", Activation::relu6, 35},
                                                    {"v3-small", Activation::hard_swish, 19}}));
  const Fixture fixture(version);
  std::vector<Intervention> nothing;
  int of_version = 0;
  for (NodeId id = 0; id < fixture.model->graph().size(); ++id) {
    const Node& node = fixture.model->graph().node(id);
    if (has_weights(node.op)) nothing.push_back(ReplaceActivation{id, node.activation});
    if (node.role == Role::gate) nothing.push_back(OverrideGates{id, values(*fixture.plain, id)});
    of_version += node.activation == activation;
  }
  INFO(version);
  CHECK(of_version == count);
  CHECK(all_same(*fixture.with(nothing), *fixture.plain));
}

TEST_CASE("intervention: a replaced activation is a graph with that activation",
          "[engine][intervention]") {
  const Fixture fixture;
  const std::string_view name = GENERATE("bneck3.project", "bneck5.expand", "head.conv");
  const Activation activation = GENERATE(Activation::none, Activation::relu, Activation::relu6);
  const NodeId id = fixture.find(name);
  const auto what_if = fixture.with({ReplaceActivation{id, activation}});
  const auto by_hand = fixture.rebuilt([&](Graph& graph, Weights&) {
    graph.nodes[static_cast<std::size_t>(id)].activation = activation;
  });
  CHECK(all_same(*what_if, *by_hand));
  const bool no_change = activation == fixture.model->graph().node(id).activation;
  CHECK(first_changed(*what_if, *fixture.plain) ==
        (no_change ? fixture.model->graph().size() : id));
}

TEST_CASE("intervention: overridden gates are a gate layer of constants",
          "[engine][intervention]") {
  const Fixture fixture;
  const NodeId gate = fixture.find("bneck4.se.gate");
  std::vector<float> gates(96);
  for (std::size_t i = 0; i < gates.size(); ++i) gates[i] = static_cast<float>(i % 3) * 0.5f;
  const auto what_if = fixture.with({OverrideGates{gate, gates}});
  CHECK(values(*what_if, gate) == gates);
  // Hard-sigmoid gives exactly 0, 0.5 and 1 at -3, 0 and 3.
  const auto by_hand = fixture.rebuilt([&](Graph&, Weights& weights) {
    NodeWeights& of = weights.nodes[static_cast<std::size_t>(gate)];
    of.filter.assign(of.filter.size(), 0.0f);
    for (std::size_t i = 0; i < gates.size(); ++i) of.bias[i] = gates[i] * 6.0f - 3.0f;
  });
  CHECK(all_same(*what_if, *by_hand));
  CHECK(first_changed(*what_if, *fixture.plain) == gate);
}

TEST_CASE("intervention: a silenced channel is a channel with no weights",
          "[engine][intervention]") {
  const Fixture fixture;
  const std::string_view name =
      GENERATE("stem", "bneck2.depthwise", "bneck6.project", "head.hidden");
  const NodeId id = fixture.find(name);
  const int channel = 5;
  const auto what_if = fixture.with({SilenceChannel{id, channel}});
  const auto by_hand = fixture.rebuilt([&](Graph& graph, Weights& weights) {
    NodeWeights& of = weights.nodes[static_cast<std::size_t>(id)];
    const auto outputs = static_cast<std::size_t>(graph.node(id).out.c);
    for (std::size_t i = channel; i < of.filter.size(); i += outputs) of.filter[i] = 0.0f;
    of.bias[channel] = 0.0f;
  });
  CHECK(all_same(*what_if, *by_hand));
  CHECK(first_changed(*what_if, *fixture.plain) == id);
}

TEST_CASE("intervention: a silenced input channel is an input without it",
          "[engine][intervention]") {
  const Fixture fixture;
  Tensor without_green = fixture.input;
  for (std::size_t i = 1; i < without_green.data.size(); i += 3) without_green.data[i] = 0.0f;
  const auto what_if = fixture.with({SilenceChannel{0, 1}});
  CHECK(all_same(*what_if, *run(fixture.model, without_green.view())));
}

TEST_CASE("intervention: steps give the same bits as the whole at once", "[engine][intervention]") {
  const auto model = test::seeded_model("v1", 128);
  const Tensor input = test::seeded_input(*model);
  const NodeId id = model->graph().find("block1.pointwise");
  const RunOptions options = {.interventions = {SilenceChannel{id, 3}}};
  Inference inference(model, input.view(), options);
  while (!inference.done()) inference.step();
  CHECK(all_same(*inference.finish(), *run(model, input.view(), options)));
}

TEST_CASE("intervention: on a base only what comes after the change is computed",
          "[engine][intervention]") {
  const Fixture fixture;
  const NodeId id = fixture.find("bneck7.expand");
  const std::vector<Intervention> change = {SilenceChannel{id, 0}};
  Inference inference(fixture.model, fixture.input.view(),
                      {.interventions = change, .base = fixture.plain});
  CHECK(inference.node() == id);
  inference.run_to_end();
  const auto on_base = inference.finish();
  CHECK(all_same(*on_base, *fixture.with(change)));
  CHECK(on_base->node_ms[static_cast<std::size_t>(id - 1)] == 0.0);
  CHECK(on_base->interventions == change);
}

TEST_CASE("intervention: a base may have interventions of its own", "[engine][intervention]") {
  const Fixture fixture;
  const Intervention early = SilenceChannel{fixture.find("bneck2.project"), 1};
  const Intervention late = ReplaceActivation{fixture.find("head.conv"), Activation::relu};
  const auto base = fixture.with({early});
  const auto run_on_base = [&](const std::vector<Intervention>& interventions) {
    return run(fixture.model, fixture.input.view(), {.interventions = interventions, .base = base});
  };
  CHECK(all_same(*run_on_base({early, late}), *fixture.with({early, late})));
  CHECK(all_same(*run_on_base({late}), *fixture.with({late})));
  CHECK(all_same(*run_on_base({}), *fixture.plain));
  CHECK(all_same(*run_on_base({early}), *base));
}

TEST_CASE("first_difference: lists are compared node by node", "[engine][intervention]") {
  const Graph graph = mobilenet_v3_small({1.0, 32}, 10);
  const Intervention a = SilenceChannel{3, 1};
  const Intervention b = ReplaceActivation{9, Activation::relu};
  CHECK(first_difference(graph, {a, b}, {b, a}) == graph.size());
  CHECK(first_difference(graph, {a}, {b}) == 3);
  CHECK(first_difference(graph, {a, b}, {a}) == 9);
  CHECK(first_difference(graph, {SilenceChannel{3, 2}}, {a}) == 3);
}

TEST_CASE("intervention: what does not fit the graph is told", "[engine][intervention]") {
  const Graph graph = mobilenet_v3_small({1.0, 32}, 10);
  const auto problem = [&](const Intervention& one) { return validate(graph, one).value_or(""); };
  const NodeId gate = graph.find("bneck1.se.gate");
  CHECK(problem(SilenceChannel{graph.size(), 0}) ==
        "there is no node " + std::to_string(graph.size()));
  CHECK(problem(SilenceChannel{kNoNode, 0}) == "there is no node -1");
  CHECK(problem(SilenceChannel{gate, 16}) == "bneck1.se.gate has no channel 16");
  CHECK(problem(SilenceChannel{gate, -1}) == "bneck1.se.gate has no channel -1");
  CHECK(problem(SilenceChannel{gate, 15}) == "");
  CHECK(problem(OverrideGates{gate, {1, 2}}) == "bneck1.se.gate needs 16 gates, found 2");
  CHECK(problem(OverrideGates{0, {1, 2, 3}}) == "input is not a gate");
  CHECK(problem(OverrideGates{gate, std::vector<float>(16)}) == "");
  CHECK(problem(ReplaceActivation{graph.find("head.pool"), Activation::relu}) ==
        "head.pool has no activation to replace");
  CHECK(problem(ReplaceActivation{gate, Activation::relu}) == "");
}
