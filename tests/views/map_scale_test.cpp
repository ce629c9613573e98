#include "views/map_scale.h"

#include <algorithm>
#include <cmath>

#include "catch2/catch.hpp"
#include "views/test_frame.h"

using namespace lens;
using test::TestFrame;

TEST_CASE("map scale: a layer's own scale reaches its extremes and leaves nothing beyond",
          "[views]") {
  TestFrame test("v2");
  test.select("bneck2.project");
  MapScaleState state;
  state.choice.range = ScaleRange::layer;
  const MapScale scale = map_scale(test.frame(), test.selection.node, state);
  const NodeStats stats = node_stats(test.now->output(test.selection.node));
  REQUIRE(scale.mappings.size() == 1);
  CHECK(scale.mappings[0].scale == ui::ColorScale::diverging);
  CHECK(scale.mappings[0].high == std::max(-stats.lowest, stats.highest));
  CHECK(scale.beyond.above == 0);
  CHECK(scale.beyond.below == 0);
}

TEST_CASE("map scale: one scale per map, all of one kind", "[views]") {
  TestFrame test("v2");
  test.select("bneck2.project");
  MapScaleState state;
  state.choice.range = ScaleRange::map;
  const MapScale scale = map_scale(test.frame(), test.selection.node, state);
  const NodeStats stats = node_stats(test.now->output(test.selection.node));
  REQUIRE(scale.mappings.size() == stats.channels.size());
  for (std::size_t c = 0; c < stats.channels.size(); ++c) {
    CHECK(scale.mappings[c].scale == ui::ColorScale::diverging);
    CHECK(scale.mappings[c].high == std::max(-stats.channels[c].lowest, stats.channels[c].highest));
  }
}

TEST_CASE("map scale: a trimmed scale tells the share of values beyond it", "[views]") {
  TestFrame test("v2");
  test.select("bneck2.project");
  MapScaleState state;
  state.choice.range = GENERATE(ScaleRange::most_of_layer, ScaleRange::net);
  const MapScale scale = map_scale(test.frame(), test.selection.node, state);
  const ui::Mapping& mapping = scale.mappings.at(0);
  int beyond = 0;
  const auto values = test.now->output(test.selection.node).data;
  for (const float value : values) beyond += value > mapping.high || value < mapping.low;
  CHECK(scale.beyond.above + scale.beyond.below ==
        Approx(static_cast<double>(beyond) / static_cast<double>(values.size())));
  // 1 % of the layer, or whatever part of the net's 1 % this layer has.
  if (state.choice.range == ScaleRange::most_of_layer) {
    CHECK(beyond > 0);
    CHECK(beyond <= static_cast<int>(values.size()) / 100);
  }
}

TEST_CASE("map scale: the scale of the whole net is the same in every layer", "[views]") {
  TestFrame test("v3-small");
  MapScaleState state;
  state.choice.range = ScaleRange::net;
  test.select("stem");
  const MapScale first = map_scale(test.frame(), test.selection.node, state);
  test.select("bneck6.project");
  const MapScale second = map_scale(test.frame(), test.selection.node, state);
  CHECK(first.mappings == second.mappings);
}

TEST_CASE("map scale: colours can be forced", "[views]") {
  TestFrame test("v2");
  test.select("bneck2.project");
  MapScaleState state;
  state.choice.colors = ui::ScaleChoice::sequential;
  const ui::Mapping forced = map_scale(test.frame(), test.selection.node, state).mappings.at(0);
  CHECK(forced.scale == ui::ColorScale::sequential);
  CHECK(forced.low < 0);
  test.select("bneck2.expand");
  state.choice.colors = ui::ScaleChoice::diverging;
  const ui::Mapping other = map_scale(test.frame(), test.selection.node, state).mappings.at(0);
  CHECK(other.scale == ui::ColorScale::diverging);
}

TEST_CASE("map scale: a map alone shows what would be outliers of its layer", "[views]") {
  TestFrame test("v2");
  test.select("bneck2.project");
  MapScaleState state;
  REQUIRE(state.choice.range == ScaleRange::most_of_layer);
  const MapScale one = scale_of_one(test.frame(), test.selection.node, state);
  const ChannelStats channel = node_stats(test.now->output(test.selection.node)).channels[3];
  CHECK(one.of(3).high == std::max(channel.highest, -channel.lowest));
  state.choice.range = ScaleRange::layer;
  CHECK(scale_of_one(test.frame(), test.selection.node, state).mappings.size() == 1);
}

TEST_CASE("map scale: a layer of one value per channel has no outliers", "[views]") {
  TestFrame test("v2");
  test.select("head.logits");
  MapScaleState state;
  const MapScale scale = map_scale(test.frame(), test.selection.node, state);
  CHECK(scale.beyond.above == 0);
  CHECK(scale.beyond.below == 0);
}
