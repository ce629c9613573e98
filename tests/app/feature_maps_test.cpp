#include <algorithm>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "app/page_json.h"
#include "catch2/catch.hpp"
#include "engine/kernels/kernels.h"

using namespace lens;
using test::HeadlessPage;
using test::is_drawn;

namespace {

// Near the left edge of the panel at 1280 x 800: on the grid's first column.
constexpr float kFirstTileX = 270;
constexpr float kGridY = 400;

void open_page(HeadlessPage& page, const char* hash) {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

void press(HeadlessPage& page, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    REQUIRE(page.app.press(key, false));
    page.settle();
  }
}

void click(HeadlessPage& page, float x, float y) {
  page.frame(x, y);
  page.frame(x, y, true);
  page.frame(x, y);
  page.settle();
}

int silenced(const HeadlessPage& page) {
  return static_cast<int>(page.app.shown_snapshot()->interventions.size());
}

}  // namespace

TEST_CASE("feature maps: G and digits go to a channel, as far as there are any", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&node=bneck2.expand");
  press(page, {"g", "4", "2"});
  CHECK(page.app.selection().channel == 42);
  CHECK(page.app.selection().view == "feature_maps");
  press(page, {"Backspace", "Backspace", "9", "9"});  // there are 96: the second 9 is not taken
  CHECK(page.app.selection().channel == 9);
  press(page, {"Enter", "2"});  // a digit means a panel again
  CHECK(page.app.selection().view == "squeeze_excite");
}

TEST_CASE("feature maps: in an order of their own, arrows walk in it", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&node=bneck2.expand&channel=0");
  press(page, {"s"});  // by mean
  const Snapshot& shown = *page.app.snapshot();
  const NodeStats stats = node_stats(shown.output(page.app.selection().node));
  const std::vector<int> order = channel_order(ChannelSort::mean, ChannelFilter::all, stats, {});
  const auto place = std::find(order.begin(), order.end(), 0) - order.begin();
  const auto count = static_cast<std::ptrdiff_t>(order.size());
  press(page, {"ArrowRight"});
  CHECK(page.app.selection().channel == order[static_cast<std::size_t>((place + 1) % count)]);
}

TEST_CASE("feature maps: shift-click and X switch channels off and on", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&node=bneck2.expand");
  ImGui::GetIO().KeyShift = true;
  click(page, kFirstTileX, kGridY);
  ImGui::GetIO().KeyShift = false;
  CHECK(page.app.selection().channel == -1);
  REQUIRE(silenced(page) == 1);
  const NodeId node = page.app.selection().node;
  const auto clicked = std::get<SilenceChannel>(page.app.shown_snapshot()->interventions[0]);
  CHECK(clicked.node == node);
  REQUIRE(clicked.channel != 5);
  REQUIRE(page.app.select("channel=5").ok());
  press(page, {"x"});
  CHECK(silenced(page) == 2);
  const TensorView after = page.app.shown_snapshot()->output(node);
  CHECK(after.at(3, 3, clicked.channel) == 0);
  CHECK(after.at(3, 3, 5) == 0);
  press(page, {"x"});
  CHECK(silenced(page) == 1);
  press(page, {"u", "u"});
  CHECK(silenced(page) == 1);
  press(page, {"u"});
  CHECK(silenced(page) == 0);
}

TEST_CASE("feature maps: every order, filter and scale draws in every version", "[app]") {
  for (const char* hash : {"model=v1&node=block3.depthwise", "model=v2&node=bneck4.project",
                           "model=v3-small&node=bneck4.depthwise", "model=v2&node=head.logits"}) {
    HeadlessPage page;
    open_page(page, hash);
    for (const char* key : {"s", "f", "c", "v"}) {
      for (int i = 0; i < 5; ++i) {
        press(page, {key});
        page.frame(kFirstTileX, kGridY);
        CHECK(test::vertices_in(test::drawn_panel()) > 250);
      }
    }
  }
}

TEST_CASE("feature maps: the legend tells which colour is beyond the scale", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&node=bneck4.expand");
  page.frame();
  CHECK(is_drawn("Scale: 99 % of this layer"));
  CHECK(is_drawn(">"));
  press(page, {"c", "c"});
  page.frame();
  CHECK(is_drawn("Scale: each map"));
  CHECK_FALSE(is_drawn(">"));
}

TEST_CASE("feature maps: the table has a row per channel, with gates where there are some",
          "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck4.depthwise");
  const Result<Table> table = page.app.table("feature_maps");
  REQUIRE(table.ok());
  const Snapshot& shown = *page.app.snapshot();
  const TensorView gates = shown.output(shown.graph().find("bneck4.se.gate"));
  REQUIRE(table->rows.size() == static_cast<std::size_t>(gates.shape.c));
  CHECK(table->columns.back() == "SE gate");
  CHECK(std::get<double>(table->rows[7].back()) == static_cast<double>(gates.at(0, 0, 7)));
  REQUIRE(page.app.select("node=stem").ok());
  CHECK(page.app.table("feature_maps")->columns.back() == "share of zeros");
}

TEST_CASE("page: weights have the shapes of the public interface", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2");
  CHECK(weights_json(page.app, "stem") ==
        R"({"filter":{"shape":[3,3,3,32]},"bias":{"shape":[32]}})");
  CHECK(weights_json(page.app, "bneck2.depthwise") ==
        R"({"filter":{"shape":[3,3,96]},"bias":{"shape":[96]}})");
  CHECK(weights_json(page.app, "bneck2.project") ==
        R"({"filter":{"shape":[1,1,96,24]},"bias":{"shape":[24]}})");
  REQUIRE(weights_of(page.app, "stem") != nullptr);
  CHECK(weights_of(page.app, "stem")->filter.size() == 3 * 3 * 3 * 32);
  for (const char* none : {"input", "nowhere", "bneck3.add", "head.softmax"}) {
    CHECK(weights_of(page.app, none) == nullptr);
    CHECK(weights_json(page.app, none).find("error") != std::string::npos);
  }
}

TEST_CASE("one value: arrows move the pinned cell and stop at the edge", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&node=bneck2.depthwise&channel=3&view=cell");
  press(page, {"ArrowLeft"});
  const Pin first = page.app.selection().pin;
  CHECK(first.node == page.app.selection().node);
  for (int i = 0; i < 60; ++i) press(page, {"ArrowUp", "ArrowLeft"});
  CHECK(page.app.selection().pin == Pin{first.node, 0, 0});
  press(page, {"ArrowDown", "ArrowRight", "ArrowRight"});
  CHECK(page.app.selection().pin == Pin{first.node, 1, 2});
  CHECK(page.app.selection().channel == 3);
  press(page, {"x"});
  CHECK(silenced(page) == 1);
  press(page, {"Escape"});
  CHECK(page.app.selection().view == "feature_maps");
}

TEST_CASE("one value: the table's terms add up to the value that is shown", "[app]") {
  for (const char* hash : {"model=v1&node=stem&channel=5&view=cell",
                           "model=v2&node=bneck2.depthwise&channel=7&view=cell",
                           "model=v3-small&node=bneck4.project&channel=2&view=cell"}) {
    HeadlessPage page;
    open_page(page, hash);
    REQUIRE(page.app.press("ArrowRight", false));
    const Selection& selection = page.app.selection();
    const Result<Table> table = page.app.table("cell");
    REQUIRE(table.ok());
    const Snapshot& shown = *page.app.snapshot();
    float sum =
        shown.model->weights().of(selection.node).bias[static_cast<std::size_t>(selection.channel)];
    for (const auto& row : table->rows) sum += static_cast<float>(std::get<double>(row.back()));
    const Activation activation = shown.graph().node(selection.node).activation;
    const float value =
        shown.output(selection.node).at(selection.pin.y, selection.pin.x, selection.channel);
    CHECK(activate(activation, sum) == value);
  }
}
