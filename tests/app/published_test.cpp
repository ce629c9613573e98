// "You are here": the network on the screen among the published results.
#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "ui/text.h"

using namespace lens;
using test::HeadlessPage;
using test::is_drawn;

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
  CHECK(is_drawn(ui::format("on the screen: %.2f M", static_cast<double>(total.weights) / 1e6)));
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
