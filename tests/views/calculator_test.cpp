// The calculator's presets by key.
#include "views/calculator.h"

#include "catch2/catch.hpp"
#include "views/test_frame.h"

using namespace lens;
using demos::ConvolutionLayer;
using test::TestFrame;

TEST_CASE("calculator: P walks the paper's presets, then the selected block", "[views]") {
  for (const char* id : {"v1", "v2", "v3-small"}) {
    TestFrame test(id);
    test.select(std::string_view(id) == "v1" ? "block4.depthwise" : "bneck4.depthwise");
    const Frame frame = test.frame();
    calculator::State state;
    CHECK(state.layer == demos::kPaperLayer);
    const auto next = [&] {
      CHECK(calculator::press(frame, state, "p"));
      return state.layer;
    };
    CHECK(next() == ConvolutionLayer{3, 384, 384, 14});  // alpha 0.75
    CHECK(next() == ConvolutionLayer{3, 384, 384, 10});  // and rho 0.714
    const auto block = calculator::layer_at(frame.graph, test.selection.node);
    REQUIRE(block.has_value());
    CHECK(next() == *block);
    CHECK(next() == demos::kPaperLayer);
    // From a layer of one's own to the first.
    state.layer = {7, 5, 6, 8};
    CHECK(next() == demos::kPaperLayer);
  }
}

TEST_CASE("calculator: without a block that splits a convolution the paper's presets are all",
          "[views]") {
  TestFrame test("v2");
  test.select("stem");
  CHECK(calculator::presets(test.now->graph(), test.selection.node).size() == 3);
}
