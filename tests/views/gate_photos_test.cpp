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

TEST_CASE("several photos: of many channels those that differ most are drawn, by mean gate",
          "[views]") {
  std::vector<std::vector<float>> photos(2, std::vector<float>(200, 0.5f));
  for (std::size_t c = 100; c < 164; ++c) {
    photos[0][c] = static_cast<float>(c) / 200;
    photos[1][c] = 0.1f;
  }
  const std::vector<int> order = gate_photos::drawn_channels(photos, false);
  REQUIRE(order.size() == 64);
  CHECK(order.front() == 163);
  CHECK(order.back() == 100);
  CHECK(gate_photos::drawn_channels(photos, true).size() == 200);
  photos.pop_back();
  CHECK(gate_photos::drawn_channels(photos, false).size() == 200);
}
