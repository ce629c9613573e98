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
  page.app.start("model=v3-small");
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
  page.app.start("model=v3-small");
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

TEST_CASE("live camera: L starts and stops it, Escape only stops it", "[app]") {
  HeadlessPage page;
  page.app.start("");
  page.app.press("Escape", false);
  page.frame();
  CHECK(asked().camera_toggles == 0);
  page.app.press("l", false);
  page.frame();
  CHECK(asked().camera_toggles == 1);
  page.app.set_camera(true);
  page.app.press("Escape", false);
  page.frame();
  CHECK(asked().camera_toggles == 2);
}

TEST_CASE("live camera: its key means the same in every view", "[app]") {
  HeadlessPage page;
  page.app.start("model=v3-small");
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  int toggles = 0;
  for (const View& view : views()) {
    INFO(view.id);
    REQUIRE(page.app.select("view=" + std::string(view.id)).ok());
    page.app.press("l", false);
    page.frame();
    CHECK(asked().camera_toggles == ++toggles);
  }
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

TEST_CASE("live camera: its last picture is not run by models of another resolution", "[app]") {
  HeadlessPage page;
  page.app.start("model=v1&width=0.25&resolution=128&view=zeros");
  page.bring_untrained_model();
  page.app.set_camera(true);
  bring_live_picture(page);
  page.settle();
  page.app.set_camera(false);
  REQUIRE(page.app.snapshot()->output(0).shape.h == 128);
  REQUIRE(page.app.press("v", false));  // V1, V2 and V3-Small, all of 224
  page.frame();
  for (int fetched = 0; fetched < 3; ++fetched) page.bring_untrained_model();
  REQUIRE(page.app.select("model=v3-small").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.model().info.entry->id == "v3-small");
  CHECK(page.app.snapshot() == nullptr);
}

TEST_CASE("live camera: a tray keeps its picture when a model of another resolution comes",
          "[app]") {
  HeadlessPage page;
  page.app.start("model=v3-small&view=gate_photos");
  page.bring_untrained_model();
  page.app.set_camera(true);
  bring_live_picture(page);
  page.settle();
  page.app.set_camera(false);
  page.frame();
  REQUIRE(page.app.press("p", false));
  page.settle();
  const auto columns = [&] { return page.app.table("gate_photos")->columns.size(); };
  const std::size_t with_picture = columns();
  REQUIRE(page.app.select("model=v1&width=0.25&resolution=128").ok());
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  CHECK(page.app.table("gate_photos")->rows.empty());
  REQUIRE(page.app.select("model=v3-small").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(columns() == with_picture);
}
