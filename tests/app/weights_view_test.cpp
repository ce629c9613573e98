// The weights on the screen: their size by key, and the selected channel in sight.
#include <algorithm>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "ui/theme.h"

using namespace lens;
using test::DrawnBox;
using test::HeadlessPage;

namespace {

// The panel between its tabs and the sentence at the foot, at 1280 x 800.
const DrawnBox kPictures = {{252, 165}, {980, 680}};

void open_page(HeadlessPage& page, const std::string& hash) {
  page.app.start("view=weights&" + hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

// The frame around the selected channel's weights, after a key; nothing where it is out of sight.
std::optional<DrawnBox> selected_after(HeadlessPage& page, const char* key, int times = 1) {
  for (int i = 0; i < times; ++i) {
    REQUIRE(page.app.press(key, false));
    page.settle();
  }
  for (int i = 0; i < 3; ++i) page.frame();  // a scroll is seen in the next
  return test::drawn_in_color(ui::palette(false).accent, kPictures);
}

float extent_after(HeadlessPage& page, const char* key) {
  const std::optional<DrawnBox> box = selected_after(page, key);
  REQUIRE(box);
  return std::min(box->max.x - box->min.x, box->max.y - box->min.y);
}

}  // namespace

TEST_CASE("weights: + − 0 make kernels larger, smaller and fitting", "[app]") {
  const char* hash = GENERATE("model=v1&node=stem", "model=v2&node=bneck3.depthwise",
                              "model=v3-small&node=bneck5.depthwise");
  HeadlessPage page;
  open_page(page, std::string(hash) + "&channel=3");
  const float fitted = extent_after(page, "0");
  const float large = extent_after(page, "+");
  const float larger = extent_after(page, "+");
  const float back = extent_after(page, "-");
  CHECK(large > fitted);
  CHECK(larger > large);
  CHECK(back < larger);
  CHECK(extent_after(page, "0") == fitted);
}

TEST_CASE("weights: the view follows the selected channel to kernels and columns out of sight",
          "[app]") {
  const char* hash =
      GENERATE("model=v1&node=block8.depthwise", "model=v2&node=bneck3.depthwise",
               "model=v3-small&node=bneck9.project", "model=v1&node=block4.pointwise");
  HeadlessPage page;
  open_page(page, std::string(hash) + "&channel=0");
  CHECK(selected_after(page, "+", 8).has_value());
  CHECK(selected_after(page, "ArrowLeft").has_value());
  CHECK(page.app.selection().channel > 80);  // the last one
  CHECK(selected_after(page, "ArrowRight").has_value());
  CHECK(page.app.selection().channel == 0);
}
