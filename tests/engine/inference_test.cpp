#include "engine/inference.h"

#include <cmath>
#include <memory>

#include "catch2/catch.hpp"
#include "engine/simd/f32x4.h"
#include "support/bits.h"
#include "support/nets.h"

namespace {

using namespace lens;
using test::same_bits;

constexpr std::string_view kModels[] = {"v1", "v2", "v3-small", "v3-large"};

std::size_t nodes_that_differ(const Snapshot& a, const Snapshot& b) {
  std::size_t count = 0;
  for (NodeId id = 0; id < a.graph().size(); ++id) {
    if (!same_bits(a.output(id).data, b.output(id).data)) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("inference: the simd net equals the reference net in every node", "[engine][inference]") {
  for (const std::string_view id : kModels) {
    const auto model = test::seeded_model(id, 48);
    const Tensor input = test::seeded_input(*model);
    const auto simd_run = run(model, input.view());
    const auto reference = run(model, input.view(), {.kernels = &reference_kernels()});
    INFO(id);
    if (!simd::kFusedMadd) {
      CHECK(nodes_that_differ(*simd_run, *reference) == 0);
    }
    const std::span<const float> probabilities = simd_run->output(model->graph().last()).data;
    const std::span<const float> expected = reference->output(model->graph().last()).data;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CHECK(std::abs(probabilities[i] - expected[i]) < 1e-4f);
    }
  }
}

TEST_CASE("inference: steps give the same bits as the whole at once", "[engine][inference]") {
  for (const std::string_view id : kModels) {
    const auto model = test::seeded_model(id, 64);
    const Tensor input = test::seeded_input(*model);
    const auto whole = run(model, input.view());
    Inference inference(model, input.view());
    int steps = 0;
    NodeId last_node = 0;
    while (!inference.done()) {
      CHECK(inference.node() >= last_node);
      last_node = inference.node();
      inference.step();
      ++steps;
    }
    int nodes_of_their_own = 0;
    for (NodeId node = 0; node < model->graph().size(); ++node) {
      nodes_of_their_own += whole->is_timed(node);
    }
    CHECK(steps >= nodes_of_their_own);
    CHECK(nodes_that_differ(*inference.finish(), *whole) == 0);
  }
}

TEST_CASE("inference: a wide layer is cut into several steps", "[engine][inference]") {
  const auto model = test::seeded_model("v1", 224);
  const Tensor input = test::seeded_input(*model);
  Inference inference(model, input.view());
  while (inference.node() != model->graph().find("block1.pointwise")) inference.step();
  int steps = 0;
  while (inference.node() == model->graph().find("block1.pointwise")) {
    inference.step();
    ++steps;
  }
  CHECK(steps >= 4);  // 25.7 million multiply-adds
}

TEST_CASE("snapshot: input, probabilities, times and id are filled", "[engine][inference]") {
  const auto model = test::seeded_model("v3-small", 48);
  const Tensor input = test::seeded_input(*model);
  const auto first = run(model, input.view());
  const auto second = run(model, input.view());
  CHECK(first->id != second->id);
  CHECK(same_bits(first->output(0).data, input.data));
  CHECK(first->output(0).shape == Shape{48, 48, 3});
  float sum = 0;
  for (const float probability : first->output(model->graph().last()).data) sum += probability;
  CHECK(sum == Approx(1.0));
  CHECK(first->node_ms.size() == model->graph().nodes.size());
  for (const double ms : first->node_ms) CHECK(ms >= 0.0);
  CHECK(first->total_ms() > 0.0);
  CHECK(nodes_that_differ(*first, *second) == 0);
}

TEST_CASE("snapshot: it outlives the model's other owners, and its arena is used again",
          "[engine][inference]") {
  auto model = test::seeded_model("v3-small", 32);
  const Tensor input = test::seeded_input(*model);
  auto snapshot = run(model, input.view());
  const float* block = snapshot->arena->data();
  CHECK(model->arenas().free_blocks() == 0);
  snapshot.reset();
  CHECK(model->arenas().free_blocks() == 1);
  snapshot = run(model, input.view());
  CHECK(snapshot->arena->data() == block);
  model.reset();
  CHECK(snapshot->output(0).at(0, 0, 0) == input.data[0]);
}
