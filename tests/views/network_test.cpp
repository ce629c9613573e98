#include "views/network.h"

#include "catch2/catch.hpp"
#include "views/test_frame.h"

using namespace lens;
using test::TestFrame;

TEST_CASE("network: a run dims what it has not reached, the live camera nothing", "[views]") {
  TestFrame test("v2");
  CHECK_FALSE(network::waits(test.frame(), 5));
  test.activity.running_node = 5;
  CHECK(network::waits(test.frame(), 5));
  CHECK_FALSE(network::waits(test.frame(), 4));
  test.camera.on = true;
  CHECK_FALSE(network::waits(test.frame(), 5));
}
