#include "views/gate_photos.h"

#include "catch2/catch.hpp"
#include "views/gate_photos_parts.h"
#include "views/test_frame.h"

using namespace lens;
using test::TestFrame;

TEST_CASE("several photos: the block in which they differ most is shown until one is chosen",
          "[views]") {
  TestFrame test("v3-small");
  const std::vector<SeBlock> blocks = se_blocks(test.now->graph());
  std::vector<double> spreads(blocks.size(), 0.1);
  gate_photos::State state;
  spreads[6] = 0.5;
  CHECK(gate_photos::block_shown(test.frame(), state, blocks, spreads) == 6);
  spreads[2] = 0.9;  // another photo has come
  CHECK(gate_photos::block_shown(test.frame(), state, blocks, spreads) == 2);
  test.selection.node = blocks[4].gate;
  CHECK(gate_photos::block_shown(test.frame(), state, blocks, spreads) == 4);
  test.select("stem");  // elsewhere in the network: the choice stays
  CHECK(gate_photos::block_shown(test.frame(), state, blocks, spreads) == 4);
}

TEST_CASE("several photos: keys fill the tray and choose the block", "[views]") {
  TestFrame test("v3-small");
  gate_photos::State state;
  const auto press = [&](const char* key) {
    Frame frame = test.frame();
    return gate_photos::press(frame, state, key);
  };
  CHECK(press("a"));
  CHECK(std::holds_alternative<AddSamplesToTray>(test.commands.back()));
  CHECK(press("p"));
  CHECK(std::holds_alternative<AddPhotoToTray>(test.commands.back()));
  CHECK(press("t"));
  CHECK(state.by_index);
  CHECK_FALSE(press("Backspace"));  // an empty tray
  test.selection.node = se_blocks(test.now->graph())[0].gate;
  CHECK(press("]"));
  CHECK(test.selection.node == se_blocks(test.now->graph())[1].gate);
}
