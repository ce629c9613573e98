#include "engine/explain.h"

#include <cmath>
#include <set>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "engine/simd/f32x4.h"
#include "support/bits.h"
#include "support/nets.h"

namespace {

using namespace lens;
using test::bits;

// The reference's bits where multiply-add rounds twice. Fused: each of up to 1,024 products may
// differ by its rounding, in sums that stay below 100.
bool agrees(float explained, float shown) {
  if (!simd::kFusedMadd) return bits(explained) == bits(shown);
  return std::abs(explained - shown) <= 1e-3f * std::max(1.0f, std::abs(shown));
}

// The corners, the middle and one more place of a node's output.
void check_node(const Snapshot& snapshot, NodeId id, test::Lcg& lcg) {
  const Shape shape = snapshot.graph().node(id).out;
  INFO(snapshot.graph().name << " " << snapshot.graph().node(id).name);
  for (const int y : std::set<int>{0, shape.h / 2, shape.h - 1}) {
    for (const int x : std::set<int>{0, lcg.below(shape.w), shape.w - 1}) {
      const int channel = lcg.below(shape.c);
      const float shown = snapshot.output(id).at(y, x, channel);
      CHECK(agrees(explain_cell(snapshot, id, y, x, channel).value, shown));
    }
  }
}

std::shared_ptr<const Snapshot> seeded_run(std::string_view id, int resolution) {
  const auto model = test::seeded_model(id, resolution);
  return run(model, test::seeded_input(*model).view());
}

}  // namespace

TEST_CASE("explain: the value equals the snapshot's float in every node of every net",
          "[engine][explain]") {
  test::Lcg lcg(11);
  for (const std::string_view id : {"v1", "v2", "v3-small", "v3-large"}) {
    const auto snapshot = seeded_run(id, 80);
    for (NodeId node = 1; node < snapshot->graph().size(); ++node) {
      check_node(*snapshot, node, lcg);
    }
  }
}

TEST_CASE("explain: a stem corner has its window's terms in order, padding left out",
          "[engine][explain]") {
  const auto snapshot = seeded_run("v1", 32);
  const NodeId stem = snapshot->graph().find("stem");
  const Explanation middle = explain_cell(*snapshot, stem, 3, 4, 5);
  REQUIRE(middle.terms.size() == 27);
  // Stride 2 on an even extent: the window of (3, 4) begins at (6, 8).
  CHECK((middle.terms[0].y == 6 && middle.terms[0].x == 8 && middle.terms[0].channel == 0));
  CHECK((middle.terms[1].y == 6 && middle.terms[1].x == 8 && middle.terms[1].channel == 1));
  CHECK((middle.terms[3].y == 6 && middle.terms[3].x == 9 && middle.terms[3].channel == 0));
  CHECK((middle.terms[26].y == 8 && middle.terms[26].x == 10 && middle.terms[26].channel == 2));
  CHECK(middle.receptive_field == Box{6, 8, 9, 11});
  const std::vector<float>& filter = snapshot->model->weights().of(stem).filter;
  CHECK(middle.terms[26].weight == filter[26 * 32 + 5]);
  CHECK(middle.terms[26].input == snapshot->output(0).at(8, 10, 2));

  const Explanation corner = explain_cell(*snapshot, stem, 15, 15, 0);
  CHECK(corner.terms.size() == 12);  // 2x2 pixels of 3 channels lie inside
  CHECK(corner.receptive_field == Box{30, 30, 33, 33});
}

TEST_CASE("explain: sum, pre-activation and value hang together", "[engine][explain]") {
  const auto snapshot = seeded_run("v3-small", 64);
  for (const std::string_view name : {"stem", "bneck2.depthwise", "bneck4.se.gate", "head.conv"}) {
    const NodeId id = snapshot->graph().find(name);
    const Explanation cell = explain_cell(*snapshot, id, 0, 0, 1);
    float sum = cell.bias;
    for (const Term& term : cell.terms) {
      CHECK(term.product == term.input * term.weight);
      CHECK(term.input == snapshot->output(term.from).at(term.y, term.x, term.channel));
      sum += term.product;
    }
    CHECK(cell.sum == sum);
    CHECK(cell.preactivation == sum);
    CHECK(cell.value == activate(snapshot->graph().node(id).activation, sum));
    CHECK(!cell.overridden);
  }
}

TEST_CASE("explain: pool, scale, add and softmax have the terms that explain.h promises",
          "[engine][explain]") {
  const auto snapshot = seeded_run("v3-large", 64);
  const Graph& graph = snapshot->graph();

  const NodeId pool = graph.find("bneck4.se.squeeze");
  const Shape pooled = graph.input_shape(pool);
  const Explanation mean = explain_cell(*snapshot, pool, 0, 0, 7);
  CHECK(mean.terms.size() == static_cast<std::size_t>(pooled.h * pooled.w));
  CHECK(mean.value == mean.sum / static_cast<float>(pooled.h * pooled.w));

  const NodeId scale = graph.find("bneck4.se.scale");
  const Explanation scaled = explain_cell(*snapshot, scale, 2, 3, 9);
  REQUIRE(scaled.terms.size() == 1);
  CHECK(scaled.terms[0].weight == snapshot->output(graph.find("bneck4.se.gate")).at(0, 0, 9));
  CHECK(bits(scaled.value) == bits(scaled.terms[0].product));

  const NodeId add = graph.find("bneck3.add");
  const Explanation sum = explain_cell(*snapshot, add, 1, 1, 2);
  REQUIRE(sum.terms.size() == 2);
  CHECK(sum.terms[0].from == graph.find("bneck3.project"));
  CHECK(sum.terms[1].from == graph.find("bneck2.project"));
  CHECK(sum.value == sum.terms[0].input + sum.terms[1].input);

  const NodeId softmax = graph.find("head.softmax");
  const Explanation probability = explain_cell(*snapshot, softmax, 0, 0, 4);
  CHECK(probability.terms.size() == 10);
  CHECK(probability.value == probability.terms[4].product / probability.sum);
}

TEST_CASE("explain: an intervention is told from what would have been", "[engine][explain]") {
  const auto model = test::seeded_model("v3-small", 48);
  const Graph& graph = model->graph();
  const NodeId project = graph.find("bneck2.project");
  const NodeId gate = graph.find("bneck1.se.gate");
  const NodeId expand = graph.find("bneck3.expand");
  const auto snapshot = run(model, test::seeded_input(*model).view(),
                            {.interventions = {SilenceChannel{project, 3},
                                               OverrideGates{gate, std::vector<float>(16, 0.25f)},
                                               ReplaceActivation{expand, Activation::none}}});

  const Explanation silenced = explain_cell(*snapshot, project, 1, 1, 3);
  CHECK(silenced.overridden);
  CHECK(silenced.value == 0.0f);
  CHECK(silenced.sum != 0.0f);
  CHECK(!explain_cell(*snapshot, project, 1, 1, 2).overridden);

  const Explanation overridden = explain_cell(*snapshot, gate, 0, 0, 5);
  CHECK(overridden.overridden);
  CHECK(overridden.value == 0.25f);

  const Explanation linear = explain_cell(*snapshot, expand, 1, 1, 0);
  CHECK(!linear.overridden);
  CHECK(linear.value == linear.preactivation);

  test::Lcg lcg(13);
  for (NodeId id = 1; id < graph.size(); ++id) check_node(*snapshot, id, lcg);
}

TEST_CASE("receptive field: it grows along the layers as worked out by hand", "[engine][explain]") {
  const Graph v1 = mobilenet_v1({1.0, 224}, 10);
  const int y = 10;
  CHECK(receptive_field(v1, 0, y, y) == Box{10, 10, 11, 11});
  // Stem: stride 2, window [20, 23). Depthwise: rows 9..11 of the stem -> [18, 25). Pointwise:
  // same.
  CHECK(receptive_field(v1, v1.find("stem"), y, y) == Box{20, 20, 23, 23});
  CHECK(receptive_field(v1, v1.find("block1.depthwise"), y, y) == Box{18, 18, 25, 25});
  CHECK(receptive_field(v1, v1.find("block1.pointwise"), y, y) == Box{18, 18, 25, 25});
  // Block 2, stride 2: its (10, 10) reads rows 20..22 of block 1, whose row 20 begins at pixel 38
  // and row 22 ends at 49.
  CHECK(receptive_field(v1, v1.find("block2.pointwise"), y, y) == Box{38, 38, 49, 49});
}

TEST_CASE("receptive field: the border is crossed only on the image itself", "[engine][explain]") {
  const Graph v1 = mobilenet_v1({1.0, 224}, 10);
  // The depthwise window of (0, 0) has a row of padding above the stem's output: cut off.
  CHECK(receptive_field(v1, v1.find("block1.depthwise"), 0, 0) == Box{0, 0, 5, 5});
  // The last stem pixel reads one row and column of padding.
  CHECK(receptive_field(v1, v1.find("stem"), 111, 111) == Box{222, 222, 225, 225});
  CHECK(receptive_field(v1, v1.find("head.logits"), 0, 0) == Box{0, 0, 225, 225});
}

TEST_CASE("receptive field: a residual takes the wider path, squeeze-and-excite all",
          "[engine][explain]") {
  const Graph v2 = mobilenet_v2({1.0, 224}, 10);
  CHECK(receptive_field(v2, v2.find("bneck3.add"), 20, 20) ==
        receptive_field(v2, v2.find("bneck3.project"), 20, 20));
  const Graph v3 = mobilenet_v3_small({1.0, 224}, 10);
  const Box local = receptive_field(v3, v3.find("bneck1.depthwise"), 20, 20);
  CHECK((local.y1 - local.y0 == 7 && local.x1 - local.x0 == 7));
  CHECK(receptive_field(v3, v3.find("bneck1.se.scale"), 20, 20) == Box{0, 0, 225, 225});
}

TEST_CASE("receptive field: pixels outside change nothing, pixels inside do", "[engine][explain]") {
  const auto model = test::seeded_model("v2", 64);
  const NodeId id = model->graph().find("bneck3.project");
  Tensor input = test::seeded_input(*model);
  const float before = run(model, input.view())->output(id).at(7, 8, 0);
  const Box box = receptive_field(model->graph(), id, 7, 8);

  Tensor outside = input;
  Tensor inside = input;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      const bool in_box = y >= box.y0 && y < box.y1 && x >= box.x0 && x < box.x1;
      (in_box ? inside : outside).data[input.shape.index(y, x, 1)] += 0.5f;
    }
  }
  CHECK(bits(run(model, outside.view())->output(id).at(7, 8, 0)) == bits(before));
  CHECK(run(model, inside.view())->output(id).at(7, 8, 0) != before);
}
