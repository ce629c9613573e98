// What the panel "Feature maps" says of a layer, a channel and a value, against a count over the
// layer's own floats.
#include <algorithm>
#include <cmath>

#include "app/controls.h"
#include "app/drawn.h"
#include "catch2/catch.hpp"
#include "engine/explain.h"
#include "ui/text.h"

using namespace lens;
using namespace lens::test;

namespace {

template <class Is>
std::string share(std::span<const float> values, Is is) {
  const auto count = std::count_if(values.begin(), values.end(), is);
  return ui::percent(static_cast<double>(count) / static_cast<double>(values.size()));
}

std::string shares_text(std::span<const float> values) {
  return "Layer: " + share(values, [](float value) { return value == 0; }) + " zeros, " +
         share(values, [](float value) { return value < 0; }) + " negative";
}

std::string clipped_text(std::span<const float> values) {
  return ", " + share(values, [](float value) { return value == 6; }) + " clipped at 6";
}

std::span<const float> floats(const HeadlessPage& page) {
  return page.app.shown_snapshot()->output(page.app.selection().node).data;
}

std::vector<float> channel_floats(const HeadlessPage& page, int channel) {
  const TensorView output = page.app.shown_snapshot()->output(page.app.selection().node);
  std::vector<float> values;
  for (int y = 0; y < output.shape.h; ++y) {
    for (int x = 0; x < output.shape.w; ++x) values.push_back(output.at(y, x, channel));
  }
  return values;
}

bool fact_is_drawn(const std::string& name, const std::string& value) {
  return drawn_text(drawn_panel()).find(as_drawn(value) + "\n" + as_drawn(name) + "\n") !=
         std::string::npos;
}

std::string number(double value) {
  return ui::value(value);
}

}  // namespace

TEST_CASE("map texts: a layer's shares of zeros, negatives and sixes", "[app]") {
  struct Case {
    std::string model;
    std::string node;
    bool clips;
  };

  for (const Case& of : {Case{kV1.hash, "stem", true}, Case{kV1.hash, kV1.mixing, true},
                         Case{kV2.hash, kV2.depthwise, true}, Case{kV2.hash, kV2.mixing, false},
                         Case{kV3.hash, kV3.mixing, false}, Case{kV3.hash, "stem", false}}) {
    HeadlessPage page(1600, 900);
    open_page(page, of.model + "&node=" + of.node + "&view=feature_maps");
    const std::string text = shares_text(floats(page));
    INFO(of.model << ", " << of.node << ": " << text);
    CHECK(is_drawn(text + (of.clips ? clipped_text(floats(page)) : "")));
    CHECK(is_drawn("clipped at 6") == of.clips);
  }
}

TEST_CASE("map texts: a ReLU6 that a what-if puts in clips at 6 too", "[app]") {
  const auto [model, node] = GENERATE(std::pair(kV3, "bneck4.project"), std::pair(kV3, "stem"),
                                      std::pair(kV2, "bneck3.project"));
  HeadlessPage page(1600, 900);
  open_page(page, model.hash + "&node=" + node + "&view=feature_maps");
  CHECK_FALSE(is_drawn("clipped at 6"));
  REQUIRE(page.app.intervene(ui::format("activation %s relu6", node)).ok());
  page.settle();
  CHECK(is_drawn(shares_text(floats(page)) + clipped_text(floats(page))));
  CHECK(is_drawn("ReLU6 sets "));
  REQUIRE(page.app.press("b", false));  // the plain run knows nothing of it
  page.settle();
  CHECK(is_drawn(shares_text(floats(page))));
  CHECK_FALSE(is_drawn("clipped at 6"));
}

TEST_CASE("map texts: values beyond the scale are told while there are any", "[app]") {
  for (const ModelCase& model : {kV1, kV2, kV3}) {
    HeadlessPage page(1600, 900);
    open_page(page, model.hash + "&node=" + model.depthwise + "&view=feature_maps");
    std::vector<float> values(floats(page).begin(), floats(page).end());
    std::sort(values.begin(), values.end());
    const float trimmed = values[values.size() * 99 / 100];
    INFO(model.hash << ": " << trimmed << " of " << values.back());
    CHECK(is_drawn("above the scale") == (trimmed < values.back()));
    for (int i = 0; i < 3; ++i) REQUIRE(page.app.press("c", false));  // the whole layer's range
    page.settle();
    CHECK(is_drawn("Scale: this layer"));
    CHECK_FALSE(is_drawn("above the scale"));
  }
}

TEST_CASE("map texts: a channel's range, mean, zeros and gate", "[app]") {
  for (const ModelCase& model : {kV1, kV2, kV3}) {
    HeadlessPage page(1600, 900);
    open_page(page, model.hash + "&node=" + model.depthwise + "&channel=5&view=feature_maps");
    const std::vector<float> values = channel_floats(page, 5);
    double sum = 0;
    for (const float value : values) sum += static_cast<double>(value);
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const std::string zeros = share(values, [](float value) { return value == 0; });
    INFO(model.hash << '\n' << drawn_text());
    CHECK(fact_is_drawn(
        "Values", number(static_cast<double>(*low)) + " to " + number(static_cast<double>(*high))));
    CHECK(fact_is_drawn("Mean", number(sum / static_cast<double>(values.size()))));
    CHECK(fact_is_drawn("Zeros", zeros));
    CHECK(is_drawn("This channel: " + zeros + " zeros."));
    CHECK(is_drawn("SE gate") == (model.hash == kV3.hash));
    if (model.hash != kV3.hash) continue;
    const Snapshot& run = *page.app.snapshot();
    const float gate = run.output(run.graph().find("bneck4.se.gate")).at(0, 0, 5);
    CHECK(fact_is_drawn("SE gate", number(static_cast<double>(gate))));
  }
}

TEST_CASE("one value: products, bias and value stand below the terms", "[app]") {
  for (const ModelCase& model : {kV1, kV2, kV3}) {
    for (const std::string& node : {model.depthwise, model.mixing}) {
      HeadlessPage page(1600, 900);
      open_page(page, model.hash + "&node=" + node + "&channel=3&cell=2,5&view=cell");
      const Snapshot& run = *page.app.snapshot();
      const Explanation why = explain_cell(run, page.app.selection().node, 2, 5, 3);
      double products = 0;
      for (const Term& term : why.terms) products += static_cast<double>(term.product);
      const double value = static_cast<double>(run.output(page.app.selection().node).at(2, 5, 3));
      INFO(model.hash << ", " << node << '\n' << drawn_text());
      const auto stands_over = [](const std::string& text, const std::string& name) {
        return drawn_text(drawn_panel()).find(as_drawn(text) + "\n" + as_drawn(name)) !=
               std::string::npos;
      };
      const int count = static_cast<int>(why.terms.size());
      CHECK(stands_over(number(products), "sum of " + ui::grouped(count) + " products"));
      CHECK(stands_over(number(static_cast<double>(why.bias)), "bias"));
      CHECK(stands_over(number(value), "value"));
      CHECK(is_drawn("Where does " + number(value) + " come from?"));
    }
  }
}

TEST_CASE("one value: a depthwise layer's map, kernel and result stand side by side", "[app]") {
  for (const ModelCase& model : {kV1, kV2, kV3}) {
    HeadlessPage page;
    open_page(page, model.hash + "&node=" + model.depthwise + "&channel=3&view=cell");
    const auto kernel = text_place("Its kernel");
    REQUIRE(kernel.has_value());
    const DrawnBox below = {{kernel->min.x, kernel->min.y - 4}, drawn_panel().max};
    const auto result = text_place(model.depthwise, below);
    REQUIRE(result.has_value());
    INFO(model.hash);
    CHECK(kernel->max.x < result->min.x);
    CHECK(std::fabs(kernel->min.y - result->min.y) < 2);
    int before = 0;
    int behind = 0;
    for (const DrawnBox& box : drawn_pictures()) {
      if (box.min.y < kernel->max.y || box.min.y > kernel->max.y + 20) continue;
      before += box.max.x < kernel->min.x;
      behind += box.min.x >= result->min.x - 2 && box.max.x < drawn_panel().max.x;
    }
    CHECK(before == 1);
    CHECK(behind == 1);
  }
}
