// The panels "ReLU or linear" and "Cost", by mouse and by key.
#include "app/controls.h"
#include "app/drawn.h"
#include "catch2/catch.hpp"

using namespace lens;
using test::check;
using test::Control;
using test::HeadlessPage;
using test::is_drawn;
using test::kV1;
using test::kV2;
using test::kV3;
using test::ModelCase;
using test::text_place;

TEST_CASE("mouse: embedding", "[app]") {
  for (const Control& control : {Control{"view=embedding", {"Circle"}, {"s"}},
                                 Control{"view=embedding", {"Grid"}, {"s", "s"}},
                                 Control{"view=embedding", {"Units on"}, {"e"}},
                                 Control{"view=embedding", {"New T"}, {"n"}, "seed 2"}}) {
    check(kV2, control);
  }
}

TEST_CASE("mouse: a click on a small picture of the embedding brings it to the slider", "[app]") {
  HeadlessPage page;
  test::open_page(page, kV2.hash + "&view=embedding");
  for (const char* name : {"n = 2", "n = 5", "n = 15", "n = 30", "n = 3"}) {
    INFO(name);
    const std::string large = std::string(name) + " dimensions";
    CHECK_FALSE(is_drawn(large));
    const auto caption = text_place(name);
    REQUIRE(caption.has_value());
    page.click(caption->min.x, caption->max.y + 30);
    CHECK(is_drawn(large));
  }
}

TEST_CASE("mouse: a nonlinearity in this net", "[app]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  const std::string where = "node=$mixing&view=linear_bottleneck";
  for (const Control& control :
       {Control{where, {"Change block $block"}, {"r"}, R"("node":"$mixing","activation")"},
        Control{where, {"Change all"}, {"a"}, R"("activation")"},
        Control{where, {"As trained"}, {"x"}, R"("interventions":[])", {"a"}}}) {
    check(model, control);
  }
  if (model.hash == kV1.hash) return;  // which has no projection
  for (const Control& control :
       {Control{where, {"ReLU6"}, {"t"}}, Control{where, {"h-swish"}, {"t", "t"}},
        Control{where, {"Drop after the expansion"}, {"e"}, "the wide layers had no ReLU"}}) {
    check(model, control);
  }
}

TEST_CASE("mouse: zeros, activations and blocks", "[app]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  const std::string others = model.hash == kV1.hash ? "asks for v2 1 224" : "asks for v1 1 224";
  const std::string lab = "node=$depthwise&view=activation_lab";
  for (const Control& control :
       {Control{"view=zeros", {"Run all three versions"}, {"v"}, others},
        Control{lab, {"sigmoid"}, {"]", "]"}},
        Control{lab, {"Swap it in"}, {"r"}, R"("node":"$depthwise","activation":"swish")"},
        Control{lab, {"As trained"}, {"x"}, R"("interventions":[])", {"r"}},
        Control{"node=$depthwise&view=blocks", {"←"}, {"["}}}) {
    check(model, control);
  }
}

TEST_CASE("mouse: cost of layers and blocks", "[app][cost]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  for (const Control& control :
       {Control{"node=stem&view=cost", {"Params"}, {"s", "s", "s"}, "head.logits"},
        Control{"node=stem&view=cost", {"stem"}, {}, R"("node":"stem")", {"ArrowDown"}},
        Control{"node=stem&view=cost", {"Measure"}, {"p"}, "measures"},
        Control{"node=stem&view=cost", {"Blocks"}, {"g"}, "$first"}}) {
    check(model, control);
  }
}

TEST_CASE("mouse: calculator and charts", "[app][cost]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  const std::string calculator = "node=$depthwise&view=calculator";
  for (const Control& control :
       {Control{calculator, {"Selected block"}, {}},
        Control{calculator, {"14×14×512"}, {}, "Table 3 prints", {"ArrowRight"}},
        Control{calculator, {"Play"}, {" "}, "Pause"}, Control{calculator, {"Step"}, {"."}},
        Control{"view=cost_charts", {"MACs and ms"}, {"c"}, "Does the time follow"},
        Control{"view=cost_charts", {"Memory"}, {"c", "c"}, "How much memory"}}) {
    check(model, control);
  }
}

TEST_CASE("mouse: what-if nets", "[app][cost]") {
  const ModelCase model = GENERATE(kV1, kV2, kV3);
  // V1 has no expansion between resolution and convolutions.
  std::vector<std::string> to_convolutions = {"ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight"};
  if (model.hash == kV1.hash) to_convolutions.erase(to_convolutions.begin());
  for (const Control& control :
       {Control{"view=what_if_nets", {"Standard"}, to_convolutions, "Convolutions: Standard"},
        Control{"view=what_if_nets", {"Reset"}, {}, "as published needs", {"ArrowRight"}}}) {
    check(model, control);
  }
}

TEST_CASE("mouse: published results", "[app][cost]") {
  for (const Control& control : {Control{"view=published", {"Parameters"}, {"x"}},
                                 Control{"view=published", {"Latency"}, {"x", "x"}, "Pixel 1 is"},
                                 Control{"view=published", {"Releases"}, {"s"}}}) {
    check(kV2, control);
  }
}
