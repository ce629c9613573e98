// The panels of "ReLU or linear" without drawing: what they compute and decide.
#include <algorithm>
#include <cmath>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "engine/kernels/kernels.h"
#include "support/nets.h"
#include "views/activation_lab.h"
#include "views/blocks.h"
#include "views/linear_bottleneck.h"
#include "views/linear_bottleneck_parts.h"
#include "views/map_scale.h"
#include "views/test_frame.h"
#include "views/zeros.h"

using namespace lens;

namespace {

Graph graph_of(const char* id) {
  const CatalogEntry* entry = find_model(id);
  return entry->build(entry->variants[0], kPaperClasses);
}

}  // namespace

TEST_CASE("linear bottleneck: one layer per block, of the right kind", "[views]") {
  using linear_bottleneck::Experiment;
  using linear_bottleneck::targets;
  CHECK(targets(graph_of("v1"), Experiment::add).empty());
  CHECK(targets(graph_of("v1"), Experiment::drop).size() == 13);
  CHECK(targets(graph_of("v2"), Experiment::add).size() == 17);
  CHECK(targets(graph_of("v2"), Experiment::drop).size() == 16);  // block 1 has no expansion
  CHECK(targets(graph_of("v3-small"), Experiment::add).size() == 11);
}

TEST_CASE("linear bottleneck: a change of one block keeps what others have asked for", "[views]") {
  const std::vector<NodeId> all = {4, 7, 10};
  const std::vector<Intervention> present = {SilenceChannel{2, 5},
                                             ReplaceActivation{7, Activation::relu6},
                                             ReplaceActivation{3, Activation::none}};
  const NodeId one[] = {10};
  const auto list = linear_bottleneck::with_activation_at(present, all, one, Activation::relu);
  CHECK(list == std::vector<Intervention>{SilenceChannel{2, 5},
                                          ReplaceActivation{3, Activation::none},
                                          ReplaceActivation{10, Activation::relu}});
  CHECK(linear_bottleneck::with_activation_at(list, all, {}, Activation::relu).size() == 2);
}

TEST_CASE("linear bottleneck: before and after agree with a run", "[views]") {
  const auto model = test::seeded_model("v2", 64);
  const Tensor input = test::seeded_input(*model);
  const auto plain = run(model, input.view());
  const NodeId node = model->graph().find("bneck4.project");
  for (const Activation activation : {Activation::relu, Activation::hard_swish}) {
    const auto changed =
        run(model, input.view(), {.interventions = {ReplaceActivation{node, activation}}});
    const auto comparison = linear_bottleneck::compare(*plain, node, activation);
    const auto values = changed->output(node).data;
    CHECK(std::equal(values.begin(), values.end(), comparison.after.data.begin()));
    const double zeroed = linear_bottleneck::zeroed_share(comparison);
    CHECK(zeroed == linear_bottleneck::zeroed_by(plain->output(node), activation));
    CHECK(zeroed == Approx(layer_zeros(*changed, node).zeros));
    CHECK(comparison.spectrum_before.columns == model->graph().node(node).out.c);
    // One scale for both: of all their values 99 % lie on it.
    const auto beyond = [](const ui::Beyond& one) { return one.below + one.above; };
    const double both = (beyond(comparison.beyond_before) + beyond(comparison.beyond_after)) / 2;
    CHECK(both > 0);
    CHECK(both <= 0.011);
    CHECK(comparison.beyond_before.above ==
          count_beyond(plain->output(node), comparison.mapping).above);
  }
}

TEST_CASE("linear bottleneck: the table has each block's effective rank before and after",
          "[views]") {
  test::TestFrame test("v2");
  linear_bottleneck::State state;
  const Table table = linear_bottleneck::table(test.frame(), state);
  const auto column = [&](const char* name) {
    const auto at = std::find(table.columns.begin(), table.columns.end(), name);
    REQUIRE(at != table.columns.end());
    return static_cast<std::size_t>(at - table.columns.begin());
  };
  const std::size_t before = column("effective rank");
  const std::size_t after = column("effective rank after");
  for (const std::size_t row : {std::size_t{0}, std::size_t{9}}) {
    const NodeId node = test.now->graph().find(std::get<std::string>(table.rows[row][1]));
    const auto kept = demos::singular_values(test.now->output(node));
    CHECK(std::get<double>(table.rows[row][before]) == demos::effective_rank(kept));
    const auto changed = linear_bottleneck::compare(*test.now, node, Activation::relu);
    CHECK(std::get<double>(table.rows[row][after]) ==
          demos::effective_rank(changed.spectrum_after));
    CHECK(std::get<double>(table.rows[row][after]) != std::get<double>(table.rows[row][before]));
  }
}

TEST_CASE("zeros: shares are counted over all values", "[views]") {
  const auto model = test::seeded_model("v1", 64);
  const auto snapshot = run(model, test::seeded_input(*model).view());
  ZeroMeter meter;
  meter.graph = snapshot->graph();
  double sum = 0;
  for (NodeId id = 0; id < meter.graph.size(); ++id) {
    if (!has_feature_map(meter.graph.node(id))) continue;
    const LayerZeros layer = layer_zeros(*snapshot, id);
    std::size_t zeros = 0;
    for (const float value : snapshot->output(id).data) zeros += value == 0.0f ? 1 : 0;
    CHECK(layer.zeros == Approx(static_cast<double>(zeros) /
                                static_cast<double>(snapshot->output(id).data.size())));
    if (meter.graph.node(id).role == Role::pointwise) sum += static_cast<double>(layer.zeros);
    meter.layers.push_back(layer);
  }
  const zeros::Summary of = zeros::summary(meter);
  CHECK(of.narrowest_rectified == 64);
  CHECK(of.narrowest_linear == 0);
  CHECK(of.zeros_at_block_end == Approx(sum / 13));
}

TEST_CASE("zeros: what ReLU6 clips is counted, and of other activations nothing", "[views]") {
  for (const char* id : {"v1", "v3-small"}) {
    const auto model = test::seeded_model(id, 64);
    Tensor input = test::seeded_input(*model);
    for (float& value : input.data) value *= 40;  // enough to reach 6
    const auto snapshot = run(model, input.view());
    float clipped = 0;
    for (NodeId node = 1; node < snapshot->graph().size(); ++node) {
      const bool six = snapshot->graph().node(node).activation == Activation::relu6;
      const auto values = snapshot->output(node).data;
      const auto count = six ? std::count(values.begin(), values.end(), 6.0f) : 0;
      const LayerZeros layer = layer_zeros(*snapshot, node);
      CHECK(layer.clipped ==
            Approx(static_cast<double>(count) / static_cast<double>(values.size())));
      clipped += layer.clipped;
    }
    CHECK((clipped > 0) == (std::string(id) == "v1"));
  }
}

TEST_CASE("zeros: V2's blocks end linear from 16 channels up", "[views]") {
  ZeroMeter meter;
  meter.graph = graph_of("v2");
  for (NodeId id = 0; id < meter.graph.size(); ++id) {
    if (has_feature_map(meter.graph.node(id))) meter.layers.push_back({id, 0.5f, 0});
  }
  CHECK(zeros::summary(meter).narrowest_linear == 16);
  CHECK(zeros::summary(meter).narrowest_rectified == 0);
}

TEST_CASE("activation lab: shares and differences against a plain count", "[views]") {
  test::Lcg lcg(5);
  const Tensor values = test::seeded_tensor(lcg, {17, 13, 11});
  std::vector<float> wide = values.data;
  for (float& value : wide) value *= 7;
  const auto measures = activation_lab::measure(wide, Activation::hard_swish);
  double inside = measures.outside;
  for (const double bin : measures.bins) inside += bin;
  CHECK(inside == Approx(1));
  double difference = 0;
  double largest = 0;
  for (const float value : wide) {
    const double x = static_cast<double>(value);
    const double swish = x / (1 + std::exp(-x));
    const double hard = x * std::min(6.0, std::max(0.0, x + 3)) / 6;
    difference += std::abs(swish - hard) / static_cast<double>(wide.size());
    largest = std::max(largest, std::abs(swish - hard));
  }
  CHECK(measures.swish_mean == Approx(difference).epsilon(1e-5));
  CHECK(measures.swish_largest == Approx(largest).epsilon(1e-5));
  CHECK(measures.swish_largest < 0.1423);  // facts.md 3.6: 0.142 at 3 and -3
  for (std::size_t i = 0; i < activation_lab::kCandidateCount; ++i) {
    const bool own = activation_lab::kCandidates[i] == Activation::hard_swish;
    CHECK((measures.mean_difference[i] == 0) == own);
  }
}

TEST_CASE("activation lab: a layer without weights means the one before it", "[views]") {
  const Graph graph = graph_of("v3-small");
  CHECK(activation_lab::weighted(graph, 0) == graph.find("stem"));
  CHECK(activation_lab::weighted(graph, graph.find("bneck3.add")) == graph.find("bneck3.project"));
  CHECK(activation_lab::weighted(graph, graph.find("bneck2.expand")) ==
        graph.find("bneck2.expand"));
}

TEST_CASE("blocks: shortcuts as the papers have them", "[views]") {
  const auto count = [](const char* id, blocks::Shortcut wanted) {
    const Graph graph = graph_of(id);
    int found = 0;
    for (int number = 1; number <= blocks::block_count(graph); ++number) {
      found += blocks::block_of(graph, number).shortcut == wanted ? 1 : 0;
    }
    return found;
  };
  // facts.md 3.3: 10 of 17.
  CHECK(blocks::block_count(graph_of("v2")) == 17);
  CHECK(count("v2", blocks::Shortcut::present) == 10);
  CHECK(count("v2", blocks::Shortcut::stride) == 4);
  CHECK(count("v2", blocks::Shortcut::channels) == 3);
  CHECK(blocks::block_count(graph_of("v1")) == 13);
  CHECK(count("v1", blocks::Shortcut::none_in_v1) == 13);
  CHECK(count("v3-small", blocks::Shortcut::present) == 6);
}

TEST_CASE("blocks: the layers of a block with their widths", "[views]") {
  const blocks::Block block = blocks::block_of(graph_of("v2"), 3);
  CHECK(block.in_channels == 24);
  REQUIRE(block.layers.size() == 3);
  CHECK(block.layers[0].channels == 144);
  CHECK(block.layers[1].channels == 144);
  CHECK(block.layers[2].channels == 24);
  CHECK(block.layers[2].activation == Activation::none);
  const blocks::Block resnet = blocks::resnet_block();
  CHECK(resnet.in_channels == resnet.layers.back().channels);
  CHECK(resnet.relu_after_sum);
}

TEST_CASE("blocks: the others are shown at the same resolution", "[views]") {
  const Graph v1 = graph_of("v1");
  const int number = blocks::block_at(v1, 56);
  CHECK(number == 3);
  CHECK(blocks::block_at(graph_of("v2"), 56) == 3);
  CHECK(blocks::block_at(v1, 999) == 13);
}

TEST_CASE("linear bottleneck: T walks the activations that can be added", "[views]") {
  test::TestFrame test("v2");
  linear_bottleneck::State state;
  const auto press = [&] {
    Frame frame = test.frame();
    return linear_bottleneck::press(frame, state, "t");
  };
  for (const Activation next : {Activation::relu6, Activation::hard_swish, Activation::relu}) {
    CHECK(press());
    CHECK(state.added == next);
  }
  state.experiment = linear_bottleneck::Experiment::drop;
  CHECK_FALSE(press());
}
