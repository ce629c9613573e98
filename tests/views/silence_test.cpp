#include "views/silence.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("silence: a channel goes off and on again, other changes stay", "[views]") {
  const std::vector<Intervention> linear = {ReplaceActivation{3, Activation::none}};
  const std::vector<Intervention> one = toggled(linear, {5, 7});
  const std::vector<Intervention> two = toggled(one, {5, 9});
  CHECK(silenced_channels(two, 5) == std::vector<int>{7, 9});
  CHECK(silenced_channels(two, 3).empty());
  CHECK(is_silenced(two, 5, 9));
  CHECK_FALSE(is_silenced(two, 4, 9));
  CHECK(toggled(toggled(two, {5, 7}), {5, 9}) == linear);
}
