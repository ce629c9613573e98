#include "classes/top_k.h"

#include <limits>
#include <vector>

#include "catch2/catch.hpp"

TEST_CASE("top_k: the largest come first, equal ones in their order", "[classes]") {
  const std::vector<float> values = {0.1f, 0.4f, 0.2f, 0.4f, 0.0f, 0.4f};
  REQUIRE(lens::top_k(values, 4) == std::vector<int>{1, 3, 5, 2});
}

TEST_CASE("top_k: k may be zero or beyond the number of values", "[classes]") {
  const std::vector<float> values = {1.0f, 2.0f};
  REQUIRE(lens::top_k(values, 0).empty());
  REQUIRE(lens::top_k(values, 5) == std::vector<int>{1, 0});
  REQUIRE(lens::top_k({}, 5).empty());
}

TEST_CASE("top_k: NaN comes last", "[classes]") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> values = {nan, -1.0f, nan, 3.0f};
  REQUIRE(lens::top_k(values, 4) == std::vector<int>{3, 1, 0, 2});
}

TEST_CASE("top_k: of 1001 outputs the background is passed over", "[classes]") {
  std::vector<float> outputs(1001, 0.0f);
  outputs[0] = 0.9f;
  outputs[286] = 0.06f;
  outputs[1] = 0.04f;
  const std::vector<lens::Prediction> top = lens::top_predictions(outputs, 2);
  REQUIRE(top.size() == 2);
  REQUIRE(top[0].class_id == 285);
  REQUIRE(top[0].output == 286);
  REQUIRE(top[0].probability == 0.06f);  // not rescaled
  REQUIRE(top[1].class_id == 0);
}

TEST_CASE("top_k: the logits tell classes of one probability apart, whatever the background",
          "[classes]") {
  const int background = GENERATE(0, 1);
  std::vector<float> outputs(static_cast<std::size_t>(1000 + background), 0.0f);
  std::vector<float> logits(outputs.size(), -1.0f);
  const auto at = [&](int id) { return static_cast<std::size_t>(id + background); };
  outputs[at(19)] = 0.99f;
  logits[at(700)] = 4.0f;
  logits[at(3)] = 2.0f;
  const std::vector<lens::Prediction> top = lens::top_predictions(outputs, 4, logits);
  std::vector<int> ids;
  for (const lens::Prediction& one : top) ids.push_back(one.class_id);
  REQUIRE(ids == std::vector<int>{19, 700, 3, 0});
  REQUIRE(top[1].probability == 0.0f);
}

TEST_CASE("top_k: of 1000 outputs each is its class", "[classes]") {
  std::vector<float> outputs(1000, 0.0f);
  outputs[0] = 0.5f;
  const std::vector<lens::Prediction> top = lens::top_predictions(outputs, 1);
  REQUIRE(top[0].class_id == 0);
  REQUIRE(top[0].output == 0);
}
