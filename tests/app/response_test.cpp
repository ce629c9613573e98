// How soon an answer is on the screen, in counted work instead of time: a what-if costs one run of
// the layers behind the change, and no frame but the one that saw the click and the one that shows
// the result.
#include <limits>

#include "app/headless_page.h"
#include "catch2/catch.hpp"

using namespace lens;
using test::HeadlessPage;

namespace {

// Time for a whole run in one call of work(); none at all.
constexpr double kWhole = std::numeric_limits<double>::infinity();
constexpr double kNone = 0;

void open_page(HeadlessPage& page, const char* hash) {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  page.frame();
}

// Snapshots are numbered through the whole process: so many runs were begun after the plain one.
std::uint64_t runs(const HeadlessPage& page) {
  return page.app.shown_snapshot()->id - page.app.snapshot()->id;
}

bool what_if_shown(const HeadlessPage& page) {
  return page.app.shown_snapshot() != page.app.snapshot();
}

}  // namespace

TEST_CASE("response: a key's what-if is run before the next frame, which shows it", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&node=bneck4.expand&channel=5");
  REQUIRE(page.app.press("x", false));
  CHECK(page.app.work(kWhole));  // a result has arrived: the page draws a frame
  REQUIRE(what_if_shown(page));
  CHECK(runs(page) == 1);
  CHECK_FALSE(page.app.running());
  page.frame();
  REQUIRE(page.app.press("u", false));
  page.app.work(kNone);  // the plain run is there: nothing to wait for
  CHECK_FALSE(what_if_shown(page));
}

TEST_CASE("response: a click's what-if is run after the frame that saw it, and shown by the next",
          "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&node=bneck2.expand");
  ImGui::GetIO().KeyShift = true;
  page.frame(270, 400);
  page.frame(270, 400, true);
  const bool on_press = page.app.work(kWhole);
  page.frame(270, 400);
  const bool on_release = page.app.work(kWhole);
  ImGui::GetIO().KeyShift = false;
  CHECK(on_press != on_release);
  REQUIRE(what_if_shown(page));
  CHECK(runs(page) == 1);
}

TEST_CASE("response: only what lies behind the change is computed again", "[app]") {
  for (const char* name : {"bneck1.depthwise", "bneck9.project", "head.conv"}) {
    HeadlessPage page;
    open_page(page, "model=v2");
    REQUIRE(page.app.intervene("silence " + std::string(name) + " 3").ok());
    REQUIRE(page.app.work(kWhole));
    const Snapshot& after = *page.app.shown_snapshot();
    const NodeId changed = after.graph().find(name);
    double before_ms = 0;
    for (NodeId id = 0; id < changed; ++id)
      before_ms += after.node_ms[static_cast<std::size_t>(id)];
    CHECK(before_ms == 0);
    CHECK(after.total_ms() > 0);
    CHECK(runs(page) == 1);
  }
}

// Down the page with a small pull at each place until a gate follows; the place, still held.
ImVec2 hold_a_gate(HeadlessPage& page) {
  constexpr float kX = 460;
  for (float y = 400; y < 620; y += 20) {
    page.frame(kX, y);
    page.frame(kX, y, true);
    page.frame(kX, y - 5, true);
    page.app.work(kNone);
    if (page.app.running()) return {kX, y - 5};
    page.frame(kX, y - 5);
  }
  FAIL("no gate under the pointer");
  return {};
}

TEST_CASE("response: a drag shows each position by the next frame, one run each", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck1.se.gate&view=squeeze_excite");
  const ImVec2 held = hold_a_gate(page);
  REQUIRE(page.app.work(kWhole));
  REQUIRE(what_if_shown(page));
  for (const float step : {4.0f, 8.0f, 12.0f}) {
    const Snapshot* last = page.app.shown_snapshot();
    page.frame(held.x, held.y + step, true);
    CHECK(page.app.work(kWhole));
    CHECK(page.app.shown_snapshot() != last);
  }
  CHECK(runs(page) == 4);
  // The banner of the what-if has moved the bars, not the gate that is held.
  for (int i = 0; i < 3; ++i) page.frame(held.x, held.y + 12, true);
  CHECK_FALSE(page.app.running());
  CHECK(runs(page) == 4);
}

TEST_CASE("response: on a slow machine a drag shows what was under way, then the latest", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck1.se.gate&view=squeeze_excite");
  const ImVec2 held = hold_a_gate(page);
  for (int i = 1; i <= 5; ++i) {
    page.frame(held.x, held.y + 4.0f * static_cast<float>(i), true);
    page.app.work(kNone);
  }
  CHECK_FALSE(what_if_shown(page));
  CHECK(page.app.work(kWhole));
  CHECK(runs(page) == 1);
  CHECK(page.app.work(kWhole));
  CHECK(runs(page) == 2);
  CHECK_FALSE(page.app.running());
}
