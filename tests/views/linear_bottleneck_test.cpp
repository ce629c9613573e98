// "This net" under keys, and its experiment of taking activations out, against single runs.
#include "views/linear_bottleneck.h"

#include <algorithm>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "views/linear_bottleneck_parts.h"
#include "views/test_frame.h"

using namespace lens;
using linear_bottleneck::Experiment;
using linear_bottleneck::targets;
using test::TestFrame;

namespace {

// The panel over one net; each key in a frame of its own, as the application has it.
struct Panel {
  explicit Panel(const char* id) : test(id) {}

  bool press(const char* key) {
    test.commands.clear();
    Frame frame = test.frame();
    return linear_bottleneck::press(frame, state, key);
  }

  // What the last key has asked for.
  std::vector<Intervention> asked() const {
    REQUIRE(test.commands.size() == 1);
    const auto* intervene = std::get_if<Intervene>(&test.commands[0]);
    REQUIRE(intervene != nullptr);
    return intervene->interventions;
  }

  const Graph& graph() const { return test.now->graph(); }

  std::vector<Intervention> replaced(const std::vector<NodeId>& nodes, Activation activation) {
    std::vector<Intervention> list;
    for (const NodeId node : nodes) list.push_back(ReplaceActivation{node, activation});
    return list;
  }

  TestFrame test;
  linear_bottleneck::State state;
};

// The largest value that an activation turns to zero.
float last_zeroed(Activation activation) {
  return activation == Activation::hard_swish ? -3.0f : 0.0f;
}

}  // namespace

TEST_CASE("linear bottleneck: R changes the block, A all, X none, on V2 and V3-Small", "[views]") {
  for (const char* id : {"v2", "v3-small"}) {
    INFO(id);
    Panel panel(id);
    const std::vector<NodeId> projections = targets(panel.graph(), Experiment::add);
    panel.test.select("bneck4.expand");
    const NodeId own = panel.graph().find("bneck4.project");
    REQUIRE(panel.press("r"));
    CHECK(panel.asked() == panel.replaced({own}, Activation::relu));
    REQUIRE(panel.press("t"));
    REQUIRE(panel.press("a"));
    CHECK(panel.asked() == panel.replaced(projections, Activation::relu6));
    panel.test.interventions = panel.asked();
    panel.test.interventions.emplace_back(SilenceChannel{1, 2});
    REQUIRE(panel.press("x"));
    CHECK(panel.asked() == std::vector<Intervention>{SilenceChannel{1, 2}});
  }
}

TEST_CASE("linear bottleneck: E takes activations out of expansions, and comes back", "[views]") {
  for (const char* id : {"v2", "v3-small"}) {
    INFO(id);
    Panel panel(id);
    panel.test.select("bneck4.project");
    REQUIRE(panel.press("e"));
    CHECK(panel.state.experiment == Experiment::drop);
    CHECK_FALSE(panel.press("t"));  // nothing is added
    REQUIRE(panel.press("r"));
    CHECK(panel.asked() == panel.replaced({panel.graph().find("bneck4.expand")}, Activation::none));
    REQUIRE(panel.press("a"));
    CHECK(panel.asked() ==
          panel.replaced(targets(panel.graph(), Experiment::drop), Activation::none));
    REQUIRE(panel.press("e"));
    REQUIRE(panel.press("r"));
    CHECK(panel.asked() ==
          panel.replaced({panel.graph().find("bneck4.project")}, Activation::relu));
  }
}

TEST_CASE("linear bottleneck: on V1 there is one experiment, E and T choose nothing", "[views]") {
  Panel panel("v1");
  panel.test.select("block4.depthwise");
  for (const char* key : {"e", "t"}) CHECK_FALSE(panel.press(key));
  CHECK(panel.state.experiment == Experiment::add);  // for when V2 comes back
  const std::vector<NodeId> pointwise = targets(panel.graph(), Experiment::drop);
  REQUIRE(panel.press("r"));
  CHECK(panel.asked() ==
        panel.replaced({panel.graph().find("block4.pointwise")}, Activation::none));
  REQUIRE(panel.press("a"));
  CHECK(panel.asked() == panel.replaced(pointwise, Activation::none));
  REQUIRE(panel.press("x"));
  CHECK(panel.asked().empty());
}

TEST_CASE("linear bottleneck: a layer without its activation equals a run of it", "[views]") {
  for (const char* id : {"v1", "v2", "v3-small"}) {
    TestFrame test(id);
    const Snapshot& plain = *test.now;
    const std::vector<NodeId> nodes = targets(plain.graph(), Experiment::drop);
    linear_bottleneck::State state;
    state.experiment = Experiment::drop;
    const Table table = linear_bottleneck::table(test.frame(), state);
    REQUIRE(table.rows.size() == nodes.size());
    const auto column = std::find(table.columns.begin(), table.columns.end(), "share of zeros");
    REQUIRE(column != table.columns.end());
    const auto at = static_cast<std::size_t>(column - table.columns.begin());
    for (std::size_t i = 0; i < nodes.size(); i += 4) {
      const NodeId node = nodes[i];
      INFO(id << ", " << plain.graph().node(node).name);
      const auto linear = run(plain.model, plain.output(0),
                              {.interventions = {ReplaceActivation{node, Activation::none}}});
      const auto values = linear->output(node).data;
      const auto comparison = linear_bottleneck::compare(plain, node, Activation::none);
      CHECK(std::equal(values.begin(), values.end(), comparison.after.data.begin(),
                       comparison.after.data.end()));
      // What the trained activation zeroes is what lies low enough in the linear layer.
      const float last = last_zeroed(plain.graph().node(node).activation);
      const auto zeroed =
          std::count_if(values.begin(), values.end(), [&](float value) { return value <= last; });
      const double share = static_cast<double>(zeroed) / static_cast<double>(values.size());
      if (last == 0) CHECK(share > 0);  // a seeded net hardly gets to -3
      CHECK(std::get<double>(table.rows[i][at]) == Approx(share));
    }
  }
}
