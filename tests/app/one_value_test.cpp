// "One value" by key, on the screen: the chosen term is in sight, and the inspector tells of it.
#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "ui/text.h"

using namespace lens;
using test::HeadlessPage;

namespace {

// A term of the value at row 1, column 2 of channel 3, as the inspector has it; the list is drawn
// as far as it is in sight, and what is not drawn is not told.
std::string told(const HeadlessPage& page, std::size_t rank) {
  const Snapshot& shown = *page.app.shown_snapshot();
  const Explanation why = explain_cell(shown, page.app.selection().node, 1, 2, 3);
  const Term term = cell::in_order(why.terms, cell::TermOrder::product)[rank];
  return ui::format("Channel %d, row 1, column 2", term.channel);
}

}  // namespace

TEST_CASE("one value: the chosen term stays in sight, from the first to the last", "[app]") {
  const char* hash = GENERATE("model=v1&node=block8.pointwise", "model=v2&node=bneck9.project",
                              "model=v3-small&node=bneck6.project");
  HeadlessPage page;
  page.app.start(std::string("view=cell&channel=3&cell=1,2&") + hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  const auto down = [&](int times) {
    for (int i = 0; i < times; ++i) REQUIRE(page.app.press("PageDown", false));
    page.settle();
    page.frame();
    page.frame();
  };
  down(1);
  CHECK(test::is_drawn(told(page, 0)));
  down(60);
  CHECK(test::is_drawn(told(page, 60)));
  const int inputs = page.app.shown_snapshot()->graph().input_shape(page.app.selection().node).c;
  down(inputs);
  CHECK(test::is_drawn(told(page, static_cast<std::size_t>(inputs - 1))));
  REQUIRE(page.app.press("Enter", false));
  CHECK(page.app.selection().view == "cell");
  CHECK(page.app.selection().channel != 3);
}
