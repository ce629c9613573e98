#include "engine/fusion.h"

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "support/bits.h"
#include "support/nets.h"

namespace {

using namespace lens;

std::vector<NodeId> sums(const Graph& graph) {
  std::vector<NodeId> result;
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (graph.node(id).op == Op::add) result.push_back(id);
  }
  return result;
}

Tensor sum_of_inputs(const Snapshot& run, NodeId id) {
  const Node& node = run.graph().node(id);
  Tensor result(node.out);
  reference_kernels().add({run.output(node.inputs[0]).data.data(),
                           run.output(node.inputs[1]).data.data(), result.data.data(), node.out},
                          {0, node.out.h});
  return result;
}

// Every sum is that of its two inputs, however it came about.
void check_sums(const Snapshot& run) {
  for (const NodeId id : sums(run.graph())) {
    INFO(run.graph().node(id).name);
    CHECK(test::same_bits(run.output(id).data, sum_of_inputs(run, id).data));
  }
}

}  // namespace

TEST_CASE("fusion: a linear projection and the sum behind it, in float32", "[engine][fusion]") {
  for (const std::string_view id : {"v1", "v2", "v3-small", "v3-large"}) {
    const auto model = test::seeded_model(id, 48);
    const Graph& graph = model->graph();
    for (NodeId node = 0; node < graph.size(); ++node) {
      const bool before_sum = node < graph.last() && graph.node(node + 1).op == Op::add;
      INFO(id << " " << graph.node(node).name);
      CHECK(is_fused_with_next(graph, node, Precision::float32, {}) == before_sum);
      CHECK(!is_fused_with_next(graph, node, Precision::int8, {}));
    }
  }
  const auto v2 = test::seeded_model("v2", 48);
  CHECK(sums(v2->graph()).size() == 10);
}

TEST_CASE("fusion: each value is there, and the two have one time", "[engine][fusion]") {
  ThreadPool two(2);
  for (const std::string_view id : {"v2", "v3-small", "v3-large"}) {
    const auto model = test::seeded_model(id, 32);  // to the last block of 1 x 1 pixels
    const Tensor input = test::seeded_input(*model);
    for (const RunOptions& options :
         {RunOptions{}, RunOptions{.kernels = &reference_kernels()}, RunOptions{.pool = &two}}) {
      const auto whole = run(model, input.view(), options);
      check_sums(*whole);
      for (const NodeId sum : sums(model->graph())) {
        CHECK(!whole->is_timed(sum));
        CHECK(whole->is_timed(sum - 1));
        CHECK(whole->node_ms[static_cast<std::size_t>(sum)] == 0.0);
      }
    }
  }
}

TEST_CASE("fusion: an intervention on one of the two parts them", "[engine][fusion]") {
  const auto model = test::seeded_model("v2", 48);
  const Tensor input = test::seeded_input(*model);
  const NodeId sum = sums(model->graph())[1];
  const auto plain = run(model, input.view());
  const auto at = [](const Snapshot& run, NodeId id) { return run.output(id).data[3]; };

  // Before the sum: the sum has the changed value, here the residual alone.
  const auto silenced = run(model, input.view(), {.interventions = {SilenceChannel{sum - 1, 3}}});
  check_sums(*silenced);
  CHECK(silenced->is_timed(sum));
  CHECK(at(*silenced, sum) == at(*plain, model->graph().node(sum).inputs[1]));

  // After it: the projection keeps its value.
  const auto after = run(model, input.view(), {.interventions = {SilenceChannel{sum, 3}}});
  CHECK(after->is_timed(sum));
  CHECK(at(*after, sum) == 0.0f);
  CHECK(at(*after, sum - 1) == at(*plain, sum - 1));

  const auto relu =
      run(model, input.view(),
          {.interventions = {ReplaceActivation{sum - 1, Activation::relu6}}, .base = plain});
  check_sums(*relu);
  CHECK(relu->is_timed(sum));

  // From one to the other, on what has been computed.
  const auto back = run(model, input.view(), {.base = after});
  check_sums(*back);
  const bool has_time = back->node_ms[static_cast<std::size_t>(sum)] > 0;
  CHECK(back->is_timed(sum) == has_time);
  CHECK(test::same_bits(back->output(sum).data, plain->output(sum).data));
}
