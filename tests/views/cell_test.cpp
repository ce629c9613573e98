#include "views/cell.h"

#include <cmath>

#include "catch2/catch.hpp"
#include "engine/kernels/kernels.h"
#include "views/cell_parts.h"
#include "views/test_frame.h"

using namespace lens;
using test::TestFrame;

namespace {

// The view's keys over a finished run.
struct Keys {
  explicit Keys(std::string_view model) : test(model) {}

  bool press(const char* key) {
    Frame frame = test.frame();
    return cell::press(frame, state, key);
  }

  TestFrame test;
  cell::State state;
};

}  // namespace

TEST_CASE("one value: without a pin the cell is shown that is farthest from the bias alone",
          "[views]") {
  TestFrame test("v2");
  test.select("bneck2.project", 4);
  const cell::State state;
  const cell::Place place = cell::place_shown(test.frame(), state);
  const TensorView output = test.now->output(test.selection.node);
  const float bias = test.now->model->weights().of(test.selection.node).bias[4];
  const float most = std::fabs(output.at(place.y, place.x, 4) - bias);
  for (int y = 0; y < output.shape.h; ++y) {
    for (int x = 0; x < output.shape.w; ++x) CHECK(std::fabs(output.at(y, x, 4) - bias) <= most);
  }
}

TEST_CASE("one value: a term's arithmetic is the operation's", "[views]") {
  const std::vector<Term> terms = {{.input = 2, .weight = 1, .product = 1},
                                   {.input = 1, .weight = 1, .product = 0.3679f}};
  const auto text = [&](Op op, std::size_t term) {
    Node node;
    node.op = op;
    return cell::arithmetic(node, terms[term], terms);
  };
  CHECK(text(Op::dense, 0) == "2.000 × 1.000 = 1.000");
  CHECK(text(Op::add, 0) == "2.000");
  CHECK(text(Op::softmax, 1) == "e^(1.00 − 2.00) = 0.3679");
  CHECK(text(Op::global_pool, 1) == "1.000 ÷ 2 = 0.368");
}

TEST_CASE("one value: where nothing but zeros is read the sentence says so", "[views]") {
  Node node;
  node.op = Op::depthwise;
  Explanation why;
  why.terms.resize(9);
  for (Term& term : why.terms) term.weight = 1;
  CHECK(cell::takeaway(node, Activation::relu6, why).find("bias alone") != std::string::npos);
}

TEST_CASE("one value: h-swish bends a sum between -3 and 3 alone", "[views]") {
  Node node;
  node.op = Op::depthwise;
  const auto sentence = [&](Activation activation, float sum) {
    Explanation why;
    why.preactivation = sum;
    why.value = activate(activation, sum);
    why.terms.resize(1);
    why.terms[0].weight = why.terms[0].product = 1;
    return cell::takeaway(node, activation, why);
  };
  const auto says = [](const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
  };
  CHECK(says(sentence(Activation::hard_swish, 6.429f), "lets it pass unchanged"));
  CHECK(says(sentence(Activation::hard_swish, 3), "lets it pass unchanged"));
  CHECK(says(sentence(Activation::hard_swish, -3), "makes it zero"));
  CHECK(says(sentence(Activation::hard_swish, 1), "bends the sum to 0.6667"));
  CHECK(says(sentence(Activation::hard_sigmoid, 4), "says 1"));
  CHECK(says(sentence(Activation::swish, 6), "bends the sum to 5.985"));
}

TEST_CASE("one value: keys walk over cells, or over channels where a layer has no cells",
          "[views]") {
  Keys page("v3-small");
  TestFrame& test = page.test;
  test.select("bneck4.depthwise", 3);
  test.selection.pin = {test.selection.node, 1, 1};
  CHECK(page.press("ArrowRight"));
  CHECK(test.selection.pin == Pin{test.selection.node, 1, 2});
  CHECK(page.press("Shift+ArrowRight"));
  CHECK(test.selection.channel == 4);
  test.select("bneck4.se.gate", 3);
  CHECK(page.press("ArrowRight"));
  CHECK(test.selection.channel == 4);
  CHECK_FALSE(page.press("ArrowDown"));  // the page's: the next layer
  CHECK(page.press("Escape"));
  CHECK(test.selection.view == "feature_maps");
}

TEST_CASE("one value: page keys choose a term of the list, Enter goes to it", "[views]") {
  Keys page("v2");
  TestFrame& test = page.test;
  test.select("bneck2.project", 4);
  test.selection.pin = {test.selection.node, 1, 2};
  CHECK_FALSE(page.press("Enter"));  // nothing is chosen
  for (const char* key : {"PageUp", "PageDown", "PageDown", "PageUp"}) CHECK(page.press(key));
  CHECK(page.state.chosen.rank == 1);
  CHECK(page.press("s"));
  CHECK(page.state.chosen.rank == -1);  // another order, another list
  for (int i = 0; i < 3; ++i) CHECK(page.press("PageDown"));
  const Explanation why = explain_cell(*test.now, test.selection.node, 1, 2, 4);
  const Term third = cell::in_order(why.terms, cell::TermOrder::weight)[2];
  CHECK(page.press("Enter"));
  CHECK(test.selection.node == third.from);
  CHECK(test.selection.channel == third.channel);
  CHECK(test.selection.pin == Pin{third.from, 1, 2});
  // The depthwise layer before reads a window: it has no list.
  CHECK_FALSE(page.press("PageDown"));
  CHECK_FALSE(page.press("Enter"));
}

TEST_CASE("one value: the list ends at its last term, and a choice belongs to one value",
          "[views]") {
  Keys page("v3-small");
  TestFrame& test = page.test;
  test.select("bneck3.add", 2);
  for (int i = 0; i < 4; ++i) CHECK(page.press("PageDown"));
  CHECK(page.state.chosen.rank == 1);  // of two
  CHECK(page.press("Shift+ArrowRight"));
  CHECK_FALSE(page.press("Enter"));  // another value
  CHECK(page.press("PageDown"));
  CHECK(page.state.chosen.rank == 0);
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
