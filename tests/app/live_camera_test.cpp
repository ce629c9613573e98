#include <vector>

#include "app/headless_page.h"
#include "catch2/catch.hpp"

using namespace lens;
using test::asked;
using test::HeadlessPage;

namespace {

void bring_live_picture(HeadlessPage& page) {
  const std::vector<std::uint8_t> grey(std::size_t{32} * 24 * 4, 127);
  REQUIRE(page.app.live_arrived("camera", {32, 24, 4, grey}).ok());
}

}  // namespace

TEST_CASE("live camera: its pictures run and their pace is told", "[app]") {
  HeadlessPage page;
  page.app.start("#model=v3-small");
  page.bring_untrained_model();
  page.app.set_camera(true);
  CHECK(page.app.camera().frame_ms == 0);
  for (int i = 0; i < 3; ++i) {
    bring_live_picture(page);
    page.settle();
    REQUIRE(page.app.snapshot() != nullptr);
    CHECK(page.app.photo()->name == "camera");
  }
  CHECK(page.app.camera().frame_ms > 0);
  page.app.set_camera(false);
  CHECK(page.app.camera().frame_ms == 0);
}

TEST_CASE("live camera: a model of another resolution waits for the next picture", "[app]") {
  HeadlessPage page;
  page.app.start("#model=v3-small");
  page.bring_untrained_model();
  page.app.set_camera(true);
  bring_live_picture(page);
  page.settle();
  REQUIRE(page.app.select("model=v1&width=0.25&resolution=128").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.snapshot() == nullptr);
  bring_live_picture(page);
  page.settle();
  REQUIRE(page.app.snapshot() != nullptr);
  CHECK(page.app.snapshot()->output(0).shape == Shape{128, 128, 3});
}

TEST_CASE("live camera: C starts and stops it, Escape only stops it", "[app]") {
  HeadlessPage page;
  page.app.start("");
  page.app.press("Escape", false);
  page.frame();
  CHECK(asked().camera_toggles == 0);
  page.app.press("c", false);
  page.frame();
  CHECK(asked().camera_toggles == 1);
  page.app.set_camera(true);
  page.app.press("Escape", false);
  page.frame();
  CHECK(asked().camera_toggles == 2);
}

TEST_CASE("live camera: a notice is not taken away by the next picture", "[app]") {
  HeadlessPage page;
  page.app.start("");
  page.bring_untrained_model();
  page.app.show_error({"Something to read.", ""});
  bring_live_picture(page);
  CHECK(page.app.notice().has_value());
  page.bring_photo();
  CHECK(!page.app.notice().has_value());
}
