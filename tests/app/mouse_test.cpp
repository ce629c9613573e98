// Feature maps, squeeze-and-excitation and the band of a what-if, by mouse and by key.
#include <algorithm>
#include <cmath>

#include "app/controls.h"
#include "app/drawn.h"
#include "catch2/catch.hpp"
#include "engine/explain.h"

using namespace lens;
using test::check;
using test::Control;
using test::HeadlessPage;
using test::kV1;
using test::kV2;
using test::kV3;
using test::ModelCase;

TEST_CASE("mouse: feature maps", "[app]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  const std::string layer = "node=$depthwise&view=feature_maps";
  const std::string channel = "node=$depthwise&channel=1&view=feature_maps";
  for (const Control& control : {
           Control{layer, {"Order: index", "Largest mean first"}, {"s"}, "Order: mean"},
           Control{layer, {"Scale: 99 % of this layer", "the whole net"}, {"c"}, "whole net"},
           Control{layer, {"Go to channel"}, {"g"}, "Channel _"},
           Control{layer, {"Weights"}, {"1", "1"}, R"("view":"weights")"},
           Control{layer, {"Cost"}, {"4"}, R"("view":"cost")"},
           Control{channel, {"Switch off (X)"}, {"x"}, R"("silence":true)"},
           Control{channel, {"Switch on (X)"}, {"x"}, R"("interventions":[])", {"x"}},
           Control{channel, {"Explain a value"}, {"Enter"}, R"("view":"cell")"},
           Control{channel, {"All channels (Esc)"}, {"Escape"}, R"("channel":-1)"},
       }) {
    check(model, control);
  }
}

TEST_CASE("mouse: colours of the maps", "[app]") {
  const std::string layer = "node=$depthwise&view=feature_maps";
  const std::string menu = "Scale: 99 % of this layer";
  check(kV1, {layer, {menu, "Diverging"}, {"v", "v"}});
  check(kV2, {layer, {menu, "Diverging"}, {"v", "v"}});
  check(kV3, {layer, {menu, "Sequential"}, {"v"}});  // h-swish has negatives: diverging
}

TEST_CASE("mouse: one value", "[app]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  const std::string mixing = "node=$mixing&channel=1&view=cell";
  for (const Control& control :
       {Control{mixing, {"Largest weights"}, {"s"}},
        Control{mixing, {"←"}, {"Shift+ArrowLeft"}, R"("channel":0)"},
        Control{mixing, {"Switch off (X)"}, {"x"}, R"("silence":true)"},
        Control{mixing, {"All maps (Esc)"}, {"Escape"}, R"("view":"feature_maps")"}}) {
    check(model, control);
  }
}

TEST_CASE("mouse: a click on a term of one value goes to the value that it reads", "[app]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  HeadlessPage page;
  test::open_page(page, model.hash + "&node=" + model.mixing + "&channel=2&cell=3,4&view=cell");
  const Explanation why = explain_cell(*page.app.snapshot(), page.app.selection().node, 3, 4, 2);
  const Term strongest = *std::max_element(
      why.terms.begin(), why.terms.end(),
      [](const Term& a, const Term& b) { return std::fabs(a.product) < std::fabs(b.product); });
  const auto order = test::text_place("Largest products");
  REQUIRE(order.has_value());
  page.click(order->min.x, order->max.y + 26);
  const Selection& selection = page.app.selection();
  CHECK(selection.node == strongest.from);
  CHECK(selection.channel == strongest.channel);
  CHECK(selection.pin == Pin{strongest.from, strongest.y, strongest.x});
}

TEST_CASE("mouse: a click on weights chooses their channel, a second one none", "[app]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  const bool tiles = GENERATE(true, false);
  HeadlessPage page(1600, 900);
  const std::string node = tiles ? model.depthwise : model.mixing;
  test::open_page(page, model.hash + "&node=" + node + "&view=weights");
  const auto name = test::text_place(node, test::window_of_panel());
  REQUIRE(name.has_value());
  const ImVec2 first = {name->min.x + 2, name->max.y + 40};  // a line of text lies between
  const auto chosen = [&](ImVec2 at) {
    page.click(at.x, at.y);
    return page.app.selection().channel;
  };
  const int channel = chosen(first);
  CHECK(channel >= 0);
  CHECK(chosen(first) == -1);
  const int other = chosen({first.x + 150, first.y + 100});
  CHECK(other >= 0);
  CHECK(other != channel);
  CHECK(page.app.selection().view == "weights");
}

TEST_CASE("mouse: the band of a what-if", "[app]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  const std::string where = "node=$depthwise&channel=1&view=feature_maps";
  for (const Control& control :
       {Control{where, {"Show before"}, {"b"}, "looks back", {"x"}},
        Control{where, {"Show after"}, {"b"}, R"("silence":true)", {"x", "b"}},
        Control{where, {"Undo"}, {"u"}, R"("interventions":[])", {"x"}},
        Control{where, {"End"}, {}, R"("interventions":[])", {"x"}},
        Control{where, {"Redo"}, {"U"}, R"("silence":true)", {"x", "u"}}}) {
    check(model, control);
  }
}

TEST_CASE("mouse: undo and redo lead out of a what-if and back", "[app]") {
  HeadlessPage page;
  test::open_page(page, kV2.hash + "&node=bneck3.depthwise&channel=1&view=feature_maps");
  const auto changes = [&] { return page.app.shown_snapshot()->interventions.size(); };
  const auto offers = [](const char* button) { return test::text_place(button).has_value(); };
  for (const char* button : {"Undo", "Redo", "End"}) CHECK_FALSE(offers(button));
  click_text(page, "Switch off (X)");
  CHECK_FALSE(offers("Redo"));
  click_text(page, "End");
  CHECK(changes() == 0);
  CHECK_FALSE(offers("End"));
  CHECK_FALSE(offers("Redo"));
  click_text(page, "Undo");
  CHECK(changes() == 1);
  click_text(page, "Undo");
  CHECK(changes() == 0);
  CHECK_FALSE(offers("Undo"));
  click_text(page, "Redo");
  CHECK(changes() == 1);
  click_text(page, "Redo");
  CHECK(changes() == 0);
  CHECK_FALSE(offers("Redo"));
}

TEST_CASE("mouse: squeeze-and-excitation", "[app]") {
  const std::string where = "node=bneck4.se.gate&view=squeeze_excite";
  const std::string what_if = "In the what-if";
  for (const Control& control : {
           Control{where, {"All 1"}, {"a"}, what_if},
           Control{where, {"All mean"}, {"v"}, what_if},
           Control{where, {"Invert"}, {"i"}, what_if},
           Control{where, {"Shuffle"}, {"s"}, "Shuffle: seed 1"},
           Control{where, {"Off"}, {"x"}, what_if},
           Control{where, {"Own gates"}, {"r"}, R"("interventions":[])", {"x"}},
           Control{
               where, {"All 9 blocks", "Off"}, {"g", "x"}, R"("node":"bneck11.se.gate","gates")"},
           Control{where, {"Index"}, {"t", "t"}, R"("channel":0)", {}, {"Enter"}},
           Control{where, {"bneck5"}, {"]"}, R"("node":"bneck5.se.gate")"},
       }) {
    check(kV3, control);
  }
}

TEST_CASE("mouse: the tray of photos", "[app]") {
  const std::string where = "node=bneck4.se.gate&view=gate_photos";
  for (const Control& control : {
           Control{where, {"Add the samples"}, {"a"}, "tray 1"},
           Control{where, {"Add the photo on the screen"}, {"p"}, "1 of 1 photos", {"Backspace"}},
           Control{where, {"From channel to channel"}, {"v"}},
           Control{where, {"Index"}, {"t"}},
       }) {
    check(kV3, control);
  }
}
