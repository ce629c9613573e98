// The panels of "ReLU or linear" on a page without a browser: what they say while a what-if is on
// the screen.
#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "classes/top_k.h"
#include "ui/text.h"
#include "views/activation_lab.h"

using namespace lens;
using test::drawn_in_color;
using test::drawn_text;
using test::HeadlessPage;
using test::is_drawn;

namespace {

const test::DrawnBox kPanel = {{272, 180}, {960, 760}};  // at 1280 x 800

// What the panel has asked to be worked out in idle time is there, and drawn.
void rest(HeadlessPage& page) {
  page.settle();
  int steps = 0;
  do {
    page.app.work(8);
    REQUIRE(++steps < 20000);
  } while (page.app.running());
  page.frame();
}

void open_page(HeadlessPage& page, const std::string& hash) {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  rest(page);
}

void press(HeadlessPage& page, const char* key) {
  REQUIRE(page.app.press(key, false));
  rest(page);
}

void intervene(HeadlessPage& page, const char* request) {
  REQUIRE(page.app.intervene(request).ok());
  rest(page);
}

// Of the plain run's likeliest class, in the run on the screen.
std::string share_now(const HeadlessPage& page) {
  const auto first = page.app.predictions(page.app.snapshot(), 1).front();
  const Snapshot& shown = *page.app.shown_snapshot();
  const std::span<const float> softmax = shown.output(shown.graph().last()).data;
  const auto output =
      static_cast<std::size_t>(first.class_index + background_outputs(softmax.size()));
  return ui::percent(static_cast<double>(softmax[output]));
}

bool swapped(const HeadlessPage& page) {
  return !page.app.shown_snapshot()->interventions.empty();
}

}  // namespace

TEST_CASE("linear bottleneck: with all blocks changed the sentence tells of the run on the screen",
          "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&width=0.35&resolution=96&node=bneck5.project&view=linear_bottleneck");
  CHECK(is_drawn("by block 5 alone."));
  CHECK_FALSE(is_drawn("blocks changed"));
  press(page, "r");
  CHECK(is_drawn("by block 5 alone."));
  CHECK(is_drawn(share_now(page) + " by block 5 alone."));
  press(page, "a");
  REQUIRE(page.app.shown_snapshot()->interventions.size() == 17);
  CHECK(is_drawn(share_now(page) + " with all 17 blocks changed;"));
  press(page, "x");
  CHECK_FALSE(is_drawn("blocks changed"));
  intervene(page, "activation bneck2.project relu\nactivation bneck7.project relu");
  CHECK(is_drawn(share_now(page) + " with 2 blocks changed;"));
}

TEST_CASE("linear bottleneck: the button in force is the filled one", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&width=0.35&resolution=96&node=bneck5.project&view=linear_bottleneck");
  // The filled button's letters have a colour of their own.
  const auto reads = [](const char* text) { return drawn_text().find(text) != std::string::npos; };
  CHECK(reads("Changeblock5Changeall\nAstrained\n"));
  press(page, "r");
  CHECK(reads("\nChangeblock5\nChangeallAstrained"));
  press(page, "a");
  CHECK(reads("Changeblock5\nChangeall\nAstrained"));
  press(page, "]");  // the same what-if, seen from another block
  CHECK(reads("Changeblock6\nChangeall\nAstrained"));
}

TEST_CASE("linear bottleneck: the note and V1's title fit what is changed", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v1&width=0.25&resolution=128&view=linear_bottleneck");
  CHECK(is_drawn("What if V1's pointwise layers had no ReLU?"));
  CHECK_FALSE(is_drawn("Fig. 6"));
  REQUIRE(page.app.select("model=v2").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(is_drawn("Fig. 6"));
}

TEST_CASE("activation lab: it talks of the activation that the what-if has put in", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck4.expand&view=activation_lab");
  CHECK(is_drawn("instead: swish"));
  CHECK_FALSE(is_drawn("(what-if)"));
  intervene(page, "activation bneck4.expand relu6");
  CHECK(is_drawn("instead: ReLU6"));
  CHECK(is_drawn("ReLU6 (what-if)"));
  press(page, "[");  // another one beside it
  CHECK(is_drawn("instead: ReLU"));
  CHECK_FALSE(is_drawn("instead: ReLU6"));
  CHECK(is_drawn("ReLU6 (what-if)"));
  press(page, "r");
  CHECK(is_drawn("ReLU (what-if)"));
  press(page, "x");
  CHECK_FALSE(is_drawn("(what-if)"));
}

TEST_CASE("activation lab: a layer's own activation is no what-if", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck4.expand&view=activation_lab");
  press(page, "]");
  REQUIRE(is_drawn("instead: h-swish"));
  press(page, "r");
  CHECK_FALSE(swapped(page));
  CHECK_FALSE(is_drawn("What-if:"));
  press(page, "[");
  press(page, "r");
  CHECK(swapped(page));
  press(page, "]");
  press(page, "r");  // back to its own
  CHECK_FALSE(swapped(page));
  intervene(page, "activation bneck4.expand h-swish");
  CHECK(is_drawn("h-swish after bneck4.expand as trained"));
  CHECK_FALSE(is_drawn("this shows the damage"));
  intervene(page, "activation bneck4.expand relu");
  CHECK(is_drawn("ReLU in place of h-swish"));
  CHECK(is_drawn("this shows the damage"));
}

TEST_CASE("this net: a map under the pointer tells the scale that both sides share", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&width=0.35&resolution=96&view=linear_bottleneck");
  const auto point_below = [&](const char* title) {  // at channel 0
    const auto place = test::text_place(title, {{252, 420}, {980, 760}});
    REQUIRE(place);
    for (int i = 0; i < 3; ++i) page.frame(place->min.x + 6, place->max.y + 12);
  };
  point_below("As trained");
  CHECK(is_drawn("As trained, channel 0"));
  CHECK(is_drawn("Colours of both: -"));
  CHECK(is_drawn("of the values lie beyond, and are marked."));
  point_below("With ReLU");
  CHECK(is_drawn("With ReLU, channel 0"));
  page.frame();
  CHECK_FALSE(is_drawn("Colours of both"));
}

TEST_CASE("zeros: linear layers are marked below the baseline, where no share can be read",
          "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&width=0.35&resolution=96&view=zeros");
  const ui::Meaning& colors = ui::Theme().role();
  const auto bars = drawn_in_color(colors.depthwise, kPanel);
  const auto linear = drawn_in_color(colors.project, kPanel);
  REQUIRE((bars.has_value() && linear.has_value()));
  CHECK(linear->min.y > bars->max.y - 0.5f);
}

TEST_CASE("blocks: ResNet's block is not said to stand at the resolution of the others", "[app]") {
  HeadlessPage page;
  page.app.start("model=v1&node=block1.depthwise&view=blocks");
  page.frame();
  CHECK(is_drawn("the other MobileNets at the same resolution"));
}
