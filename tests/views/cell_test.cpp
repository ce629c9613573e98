#include "views/cell.h"

#include <cmath>

#include "catch2/catch.hpp"
#include "views/test_frame.h"

using namespace lens;
using test::TestFrame;

TEST_CASE("one value: without a pin the channel's strongest cell is shown", "[views]") {
  TestFrame test("v2");
  test.select("bneck2.project", 4);
  const cell::State state;
  const cell::Place place = cell::place_shown(test.frame(), state);
  const TensorView output = test.now->output(test.selection.node);
  const float most = std::fabs(output.at(place.y, place.x, 4));
  for (int y = 0; y < output.shape.h; ++y) {
    for (int x = 0; x < output.shape.w; ++x) CHECK(std::fabs(output.at(y, x, 4)) <= most);
  }
}

TEST_CASE("one value: the pointer goes before the pin, the pin before the strongest", "[views]") {
  TestFrame test("v2");
  test.select("bneck2.project", 4);
  test.selection.pin = {test.selection.node, 1, 2};
  cell::State state;
  CHECK(cell::place_shown(test.frame(), state).y == 1);
  CHECK(cell::place_shown(test.frame(), state).x == 2);
  state.pointed = {test.selection.node, 3, 0};
  CHECK(cell::place_shown(test.frame(), state).y == 3);
}

TEST_CASE("one value: terms are told by the magnitude of product or weight", "[views]") {
  TestFrame test("v2");
  const NodeId node = test.now->graph().find("bneck2.project");
  const Explanation why = explain_cell(*test.now, node, 2, 2, 0);
  const auto products = cell::in_order(why.terms, cell::TermOrder::product);
  const auto weights = cell::in_order(why.terms, cell::TermOrder::weight);
  REQUIRE(products.size() == why.terms.size());
  for (std::size_t i = 1; i < products.size(); ++i) {
    CHECK(std::fabs(products[i].product) <= std::fabs(products[i - 1].product));
    CHECK(std::fabs(weights[i].weight) <= std::fabs(weights[i - 1].weight));
  }
}

TEST_CASE("one value: the sentence tells what the activation did", "[views]") {
  Node node;
  node.op = Op::depthwise;
  Explanation why;
  why.preactivation = -0.5f;
  why.terms.resize(2);
  why.terms[0].product = -0.5f;
  why.terms[0].weight = 1;
  const auto says = [&](Activation activation, const char* words) {
    return cell::takeaway(node, activation, why).find(words) != std::string::npos;
  };
  CHECK(says(Activation::relu6, "makes it zero"));
  CHECK(says(Activation::none, "Linear"));
  CHECK(says(Activation::none, "1 of 2 products"));
  why.preactivation = 7;
  CHECK(says(Activation::relu6, "clips"));
  CHECK(says(Activation::relu, "unchanged"));
  why.overridden = true;
  CHECK(says(Activation::relu, "what-if"));
}
