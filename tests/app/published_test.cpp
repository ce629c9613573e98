// "You are here": the network on the screen among the published results.
#include <algorithm>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "ui/text.h"

using namespace lens;
using test::HeadlessPage;
using test::is_drawn;

namespace {

// What is written from the chart's title to the sentence below it.
std::string drawn_chart() {
  const std::string text = test::drawn_text();
  const std::size_t from = text.find(test::as_drawn("top-1 accuracy"));
  const std::size_t to = std::min(text.find(test::as_drawn("From V1 to"), from),
                                  text.find(test::as_drawn("The same V2"), from));
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  return text.substr(from, to - from);
}

// Whether a mark is called so, and not "V3-Small 0.75".
bool names_itself(const std::string& chart, const std::string& name) {
  std::size_t at = chart.find(name);
  while (at != std::string::npos) {
    const std::string_view rest = std::string_view(chart).substr(at + name.size());
    if (rest.substr(0, 2) != "0." && rest.substr(0, 1) != "," && rest.substr(0, 4) != "mini") {
      return true;
    }
    at = chart.find(name, at + 1);
  }
  return false;
}

}  // namespace

TEST_CASE("published: the network on the screen stands among the results, on every axis", "[app]") {
  const char* hash = GENERATE("model=v1", "model=v1&width=0.75&resolution=224", "model=v2",
                              "model=v3-small", "model=v3-large");
  HeadlessPage page;
  page.app.start(std::string(hash) + "&view=published");
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  INFO(hash);
  const ShownModel& info = page.app.model().info;
  const Cost total = total_cost(info.entry->build(info.variant, kPaperClasses));
  CHECK(is_drawn(ui::format("on the screen: %.1f M", static_cast<double>(total.macs) / 1e6)));
  REQUIRE(page.app.press("x", false));
  page.frame();
  CHECK(
      is_drawn(ui::format("on the screen: %.2f M", static_cast<double>(total.parameters()) / 1e6)));
  REQUIRE(page.app.press("x", false));
  page.frame();
  const std::string ms = ui::milliseconds(page.app.snapshot()->total_ms());
  CHECK(is_drawn("you are here: " + ms + " ms, not a Pixel"));
  CHECK_FALSE(is_drawn("on the screen"));
}

TEST_CASE("published: without a run there is no time to stand at", "[app]") {
  HeadlessPage page;
  page.app.start("model=v2&view=published");
  page.frame();
  CHECK(is_drawn("on the screen: 300.8 M"));
  page.app.press("x", false);
  page.app.press("x", false);
  page.frame();
  CHECK_FALSE(is_drawn("you are here"));
}

TEST_CASE("published: a variant without a published result stands nowhere", "[app]") {
  HeadlessPage page;
  page.app.start("model=v1&width=0.75&resolution=192&view=published");
  page.frame();
  CHECK_FALSE(is_drawn("on the screen"));
}

TEST_CASE("published: the versions of this page have their names, on every axis", "[app]") {
  const char* hash = GENERATE("model=v1", "model=v3-small", "model=v3-large");
  HeadlessPage page;
  page.app.start(std::string(hash) + "&view=published");
  for (const char* axis : {"MACs", "parameters", "latency"}) {
    INFO(hash << ", " << axis);
    page.frame();
    const std::string chart = drawn_chart();
    for (const char* name : {"V3-Small", "V3-Large"}) CHECK(names_itself(chart, name));
    page.app.press("x", false);
  }
}

TEST_CASE("published: latency tells of no count, which has no time", "[app]") {
  HeadlessPage page;
  page.app.start("model=v2&view=published");
  page.frame();
  CHECK(is_drawn("counted here, where it disagrees"));
  CHECK(is_drawn("disagree with a count"));
  page.app.press("x", false);
  page.app.press("x", false);
  page.frame();
  CHECK(is_drawn("Point at a mark"));
  CHECK_FALSE(is_drawn("counted here, where it disagrees"));
  CHECK_FALSE(is_drawn("disagree with a count"));
}
