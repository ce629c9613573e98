// What the other panels say below their pictures: what was counted, and what is not claimed.
#include <algorithm>
#include <cmath>
#include <map>

#include "app/controls.h"
#include "app/drawn.h"
#include "catch2/catch.hpp"
#include "ui/text.h"
#include "views/published_points.h"
#include "views/se_blocks.h"
#include "views/timing.h"

using namespace lens;
using test::HeadlessPage;
using test::is_drawn;
using test::kV1;
using test::kV2;
using test::kV3;
using test::text_place;

namespace {

constexpr const char* kSe = "&node=bneck4.se.gate&view=squeeze_excite";

std::span<const float> floats(const HeadlessPage& page, const char* node) {
  const Snapshot& run = *page.app.snapshot();
  return run.output(run.graph().find(node)).data;
}

double mean(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value);
  return sum / static_cast<double>(values.size());
}

int count(std::span<const float> values, float value) {
  return static_cast<int>(std::count(values.begin(), values.end(), value));
}

}  // namespace

TEST_CASE("squeeze-excite texts: open and shut gates and silent hidden units are counted",
          "[app]") {
  HeadlessPage page(1600, 900);
  test::open_page(page, kV3.hash + kSe);
  const auto gates = floats(page, "bneck4.se.gate");
  const int channels = static_cast<int>(gates.size());
  CHECK(
      is_drawn(ui::format("This photo opens %d of %d channels fully (gate 1) and shuts %d "
                          "(gate 0); the mean gate is %.2f.",
                          count(gates, 1), channels, count(gates, 0), mean(gates))));
  const auto hidden = floats(page, "bneck4.se.reduce");
  CHECK(is_drawn(ui::format("%d of %d hidden units are 0", count(hidden, 0),
                            static_cast<int>(hidden.size()))));
  const std::string was = ui::format("before %.2f.", mean(gates));
  for (const auto& [key, open, shut, now] :
       {std::tuple("a", channels, 0, "1.00"), std::tuple("x", 0, channels, "0.00")}) {
    REQUIRE(page.app.press(key, false));
    page.settle();
    CHECK(is_drawn(ui::format("In the what-if %d of %d channels are fully open, %d shut; mean "
                              "gate %s, ",
                              open, channels, shut, now) +
                   was));
  }
}

TEST_CASE("squeeze-excite texts: a map before and after its gate, and the ten of each end",
          "[app]") {
  HeadlessPage page;
  test::open_page(page, kV3.hash + kSe + "&channel=7");
  const float gate = floats(page, "bneck4.se.gate")[7];
  const auto name = text_place("Channel 7", test::drawn_panel());
  const auto times = text_place(ui::format("× gate %.3f =", static_cast<double>(gate)));
  REQUIRE(name.has_value());
  REQUIRE(times.has_value());
  std::map<float, int> sides;
  int before = 0;
  int after = 0;
  for (const test::DrawnBox& box : test::drawn_pictures()) {
    if (box.min.x < test::drawn_panel().min.x || box.max.x > test::drawn_panel().max.x) continue;
    ++sides[std::round(box.max.x - box.min.x)];
    if (std::fabs(box.min.x - name->min.x) > 3) continue;
    before += box.min.y > name->max.y && box.max.y < times->max.y;
    after += box.min.y > times->min.y;
  }
  CHECK(before == 1);
  CHECK(after == 1);
  REQUIRE(sides.size() == 2);
  CHECK(sides.begin()->second == 2 * 20);  // strongest and weakest ten, before and after
  CHECK(sides.rbegin()->second == 2);      // the chosen channel
}

TEST_CASE("cost texts: the method names the runs of a measurement", "[app][cost]") {
  for (const test::ModelCase& model : {kV1, kV3}) {
    HeadlessPage page;
    test::open_page(page, model.hash + "&view=cost");
    CHECK(is_drawn("ms: one run, this browser, float32"));
    REQUIRE(page.app.press("p", false));
    page.frame();
    for (int i = 0; page.app.measuring(); ++i) {
      REQUIRE(i < 10000);
      page.app.work(50);
    }
    page.settle();
    CHECK(is_drawn(ui::format("ms: median of %d runs, this browser, float32", kMeasuredRuns)));
    CHECK(is_drawn("median of 11 runs"));
  }
}

TEST_CASE("cost texts: neither a what-if net nor the chart of results claims an accuracy",
          "[app][cost]") {
  HeadlessPage page(1600, 900);
  test::open_page(page, kV2.hash + "&view=what_if_nets");
  const std::string none = "no accuracy is implied.";
  CHECK(is_drawn(none));
  REQUIRE(page.app.press("ArrowRight", false));
  page.settle();
  CHECK(is_drawn(none));
  REQUIRE(page.app.select("view=published").ok());
  page.settle();
  const std::vector<published::Point> points = published::points();
  const auto disagree = std::count_if(points.begin(), points.end(), [](const auto& point) {
    return point.disagrees(published::Axis::macs) || point.disagrees(published::Axis::parameters);
  });
  CHECK(is_drawn(ui::format("%d of %d printed results disagree with a count of the network.",
                            static_cast<int>(disagree), static_cast<int>(points.size()))));
  CHECK(is_drawn("No accuracy is measured here."));
}

TEST_CASE("this net: says that it shows damage, not the paper's ablation", "[app]") {
  for (const test::ModelCase& model : {kV1, kV2, kV3}) {
    HeadlessPage page(1600, 900);
    test::open_page(page, model.hash + "&node=" + model.mixing + "&view=linear_bottleneck");
    const std::string label =
        model.hash == kV1.hash
            ? "damage, not a network that was trained without these activations"
            : "A what-if on trained weights: damage, not the retrained ablation of the V2 paper";
    CHECK(is_drawn(label));
    CHECK_FALSE(is_drawn("this shows the damage."));
    REQUIRE(page.app.press("r", false));
    page.settle();
    CHECK(is_drawn(label));
    CHECK(is_drawn("Not trained this way: this shows the damage."));
  }
}
