// What the papers and facts.md say of networks that differ from the catalog's in one decision.
#include "models/variation.h"

#include "catch2/catch.hpp"
#include "cost/cost.h"
#include "models/catalog.h"

using namespace lens;

namespace {

double macs(std::string_view id, const Variation& variation = {}) {
  const Graph base = find_model(id)->build({}, kPaperClasses);
  return static_cast<double>(total_cost(varied(base, variation)).macs) / 1e6;
}

double weights(std::string_view id, const Variation& variation = {}) {
  const Graph base = find_model(id)->build({}, kPaperClasses);
  return static_cast<double>(total_cost(varied(base, variation)).weights) / 1e6;
}

Catch::Detail::Approx about(double value, double margin) {
  return Approx(value).margin(margin).epsilon(0);
}

}  // namespace

TEST_CASE("what-if nets: V1 with standard convolutions is Conv-MobileNet", "[cost]") {
  CHECK(macs("v1", {.full_convolutions = true}) == about(4867.3, 0.05));
  CHECK(weights("v1", {.full_convolutions = true}) == about(29.28, 0.005));
}

TEST_CASE("what-if nets: V1's alpha and rho are the paper's rows", "[cost]") {
  CHECK(macs("v1", {.width = 0.75}) == about(325.4, 0.05));
  CHECK(macs("v1", {.width = 0.5}) == about(149.5, 0.05));
  CHECK(macs("v1", {.width = 0.25}) == about(41.0, 0.05));
  CHECK(macs("v1", {.resolution = 192}) == about(418, 0.5));
  CHECK(macs("v1", {.resolution = 160}) == about(290, 1));
  CHECK(macs("v1", {.resolution = 128}) == about(186, 0.5));
}

// TF-slim's released checkpoints, facts.md 3.3.
TEST_CASE("what-if nets: V2's widths and resolutions cost what the release says", "[cost]") {
  CHECK(macs("v2", {.width = 1.4}) == about(582.2, 0.05));
  CHECK(weights("v2", {.width = 1.4}) == about(6.06, 0.005));
  CHECK(macs("v2", {.width = 1.3}) == about(509, 0.6));
  CHECK(macs("v2", {.width = 0.75}) == about(209, 0.6));
  CHECK(macs("v2", {.width = 0.5}) == about(97, 0.6));
  CHECK(macs("v2", {.width = 0.35}) == about(59, 0.6));
  CHECK(macs("v2", {.resolution = 192}) == about(221, 0.6));
  CHECK(macs("v2", {.resolution = 96}) == about(56, 0.6));
}

// Facts.md 3.6: the figure's arithmetic gives 34.3 M where the paper says 30 M; the stem -10 M.
TEST_CASE("what-if nets: V3's last stage and stem save what the paper's figure adds up to",
          "[cost]") {
  CHECK(macs("v3-large", {.last_stage = LastStage::late}) - macs("v3-large") == about(34.3, 0.05));
  CHECK(macs("v2") - macs("v2", {.last_stage = LastStage::early}) == about(34.3, 0.05));
  CHECK(macs("v3-large", {.stem = 32}) - macs("v3-large") == about(10, 0.5));
}

// Widths are rounded as the released code rounds them: channels to multiples of 8, expansions by
// the block's ratio. So Large's published 155 M comes out, not the 140 M of plain multiplication;
// for Small 44 M is published.
TEST_CASE("what-if nets: V3-Large at 0.75 costs what is published, V3-Small nearly", "[cost]") {
  CHECK(macs("v3-large", {.width = 0.75}) == about(155, 0.5));
  CHECK(macs("v3-small", {.width = 0.75}) == about(43.4, 0.05));
}

TEST_CASE("what-if nets: squeeze-and-excite is cheap in MACs and dear in weights", "[cost]") {
  const double share = 1 - macs("v3-large", {.squeeze_excite = false}) / macs("v3-large");
  CHECK(share == about(0.0070, 0.00005));
  const double dear = 1 - weights("v3-large", {.squeeze_excite = false}) / weights("v3-large");
  CHECK(dear == about(0.2765, 0.0005));
}

TEST_CASE("what-if nets: MACs of V2's blocks grow with t as the bottleneck formula says",
          "[cost]") {
  // h w d' t (d' + k k + d''): linear in t, but for t = 1, which saves the expansion itself.
  const double step = macs("v2", {.expansion = 3}) - macs("v2", {.expansion = 2});
  for (int t = 3; t < 10; ++t) {
    CHECK(macs("v2", {.expansion = t + 1}) - macs("v2", {.expansion = t}) == Approx(step));
  }
  CHECK(macs("v2", {.expansion = 2}) - macs("v2", {.expansion = 1}) > step);
}
