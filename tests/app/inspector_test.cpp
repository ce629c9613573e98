// The right column: where on the photo a cell looks, what the prediction is said to be.
#include "views/inspector.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "engine/explain.h"
#include "models/catalog.h"
#include "support/published.h"
#include "ui/color.h"
#include "ui/text.h"

using namespace lens;
using test::as_drawn;
using test::drawn_in_color;
using test::drawn_pictures;
using test::drawn_text;
using test::DrawnBox;
using test::HeadlessPage;
using test::is_drawn;

namespace {

constexpr float kPhotoSide = 116;  // px at 1280
constexpr float kLine = 3;         // the box's line lies on its edge, this far to both sides

void open_page(HeadlessPage& page, const std::string& hash) {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

// What V2 is sure to be a crossword puzzle.
void bring_chessboard(HeadlessPage& page) {
  constexpr int kSide = 128;
  std::vector<std::uint8_t> rgba;
  for (int i = 0; i < kSide * kSide; ++i) {
    const bool white = (i / kSide / 16 + i % kSide / 16) % 2 == 1;
    rgba.insert(rgba.end(), 3, white ? 255 : 0);
    rgba.push_back(255);
  }
  REQUIRE(page.app.photo_arrived("chessboard.png", {kSide, kSide, 4, rgba}).ok());
}

int times_drawn(std::string_view text) {
  const std::string all = drawn_text();
  const std::string one = as_drawn(text);
  int times = 0;
  for (std::size_t at = all.find(one); at != std::string::npos; at = all.find(one, at + 1)) ++times;
  return times;
}

DrawnBox photo() {
  const std::vector<DrawnBox> pictures = drawn_pictures(kPhotoSide);
  REQUIRE_FALSE(pictures.empty());
  return pictures.back();  // the inspector is drawn after the panel
}

// The box on the photo, or none.
std::optional<DrawnBox> field_on(const DrawnBox& photo) {
  const DrawnBox area = {{photo.min.x - kLine, photo.min.y - kLine},
                         {photo.max.x + kLine, photo.max.y + kLine}};
  return drawn_in_color(ui::rgb(0xFFD400), area);
}

void check_field(const HeadlessPage& page, NodeId node, int y, int x) {
  const Graph& graph = page.app.model().graph;
  const Box field = receptive_field(graph, node, y, x);
  const DrawnBox shown = photo();
  const std::optional<DrawnBox> box = field_on(shown);
  INFO(graph.node(node).name << ", row " << y << ", column " << x);
  REQUIRE(box.has_value());
  const float scale = kPhotoSide / static_cast<float>(graph.node(0).out.h);
  const auto at = [&](float photo_edge, int pixel) {
    const int inside = std::clamp(pixel, 0, graph.node(0).out.h);  // the padding is not drawn
    return Approx(photo_edge + static_cast<float>(inside) * scale).margin(kLine);
  };
  CHECK(box->min.x == at(shown.min.x, field.x0));
  CHECK(box->min.y == at(shown.min.y, field.y0));
  CHECK(box->max.x == at(shown.min.x, field.x1));
  CHECK(box->max.y == at(shown.min.y, field.y1));
}

// Row and column of the value that the inspector tells of; false where it tells of none.
bool told_cell(int channel, int& y, int& x) {
  const std::string text = drawn_text();
  const std::string name = as_drawn(ui::format("Channel %d, row ", channel));
  const std::size_t at = text.find(name);
  return at != std::string::npos &&
         std::sscanf(text.c_str() + at + name.size(), "%d,column%d", &y, &x) == 2;
}

// The likeliest outputs, the first one first.
std::vector<int> first_outputs(const Snapshot& run, int count) {
  const std::span<const float> shares = run.output(run.graph().last()).data;
  std::vector<int> outputs(shares.size());
  std::iota(outputs.begin(), outputs.end(), 0);
  std::stable_sort(outputs.begin(), outputs.end(), [&](int a, int b) {
    return shares[static_cast<std::size_t>(a)] > shares[static_cast<std::size_t>(b)];
  });
  outputs.resize(static_cast<std::size_t>(count));
  return outputs;
}

}  // namespace

TEST_CASE("inspector: a pinned cell's receptive field is boxed on the photo", "[app]") {
  struct Case {
    const char* hash;
    int y;
    int x;
  };

  for (const Case& of : {Case{"model=v1&width=0.25&resolution=128&node=stem&channel=1", 0, 0},
                         Case{"model=v1&node=block3.depthwise&channel=2", 17, 40},
                         Case{"model=v2&node=bneck4.project&channel=0", 27, 3},
                         Case{"model=v2&node=stem&channel=7", 60, 111},
                         Case{"model=v3-small&node=bneck2.depthwise&channel=3", 5, 20},
                         Case{"model=v3-large&node=bneck3.expand&channel=3", 30, 31}}) {
    HeadlessPage page;
    open_page(page, std::string(of.hash) + "&view=feature_maps");
    page.frame();
    CHECK_FALSE(field_on(photo()).has_value());
    REQUIRE(page.app.select(ui::format("cell=%d,%d", of.y, of.x)).ok());
    page.frame();
    page.frame();  // the photo shows what the frame before has pointed at
    check_field(page, page.app.selection().node, of.y, of.x);
  }
}

TEST_CASE("inspector: the box follows the pointer over a map, and goes with it", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&node=bneck3.depthwise&channel=5&view=feature_maps");
  const NodeId node = page.app.selection().node;
  int found = 0;
  int last_y = -1;
  for (float place = 0; place < 1; place += 0.04f) {
    const ImVec2 mouse = {700 + 240 * place, 200 + 400 * place};
    for (int i = 0; i < 3; ++i) page.frame(mouse.x, mouse.y);
    int y = -1;
    int x = -1;
    if (!told_cell(5, y, x) || y == last_y) continue;
    last_y = y;
    ++found;
    check_field(page, node, y, x);
  }
  CHECK(found >= 3);
  for (int i = 0; i < 3; ++i) page.frame();
  CHECK_FALSE(field_on(photo()).has_value());
}

TEST_CASE("inspector: a receptive field is no larger than the photo", "[app]") {
  const auto text = [](const char* model, const char* name, int y, int x) {
    const Graph graph = find_model(model)->build({1.0, 224}, 10);
    const NodeId id = graph.find(name);
    return inspector::field_text(graph, receptive_field(graph, id, y, x), id);
  };
  CHECK(text("v1", "block1.depthwise", 20, 20) == "7 × 7 px");
  CHECK(text("v1", "stem", 111, 50) == "2 × 3 px");
  CHECK(text("v1", "head.logits", 0, 0) == "224 × 224 px");
  // Before the first gate a value sees its surroundings, behind it everything.
  CHECK(text("v3-small", "bneck1.depthwise", 20, 20) == "7 × 7 px");
  CHECK(text("v3-small", "bneck1.se.scale", 20, 20) == "whole photo, via SE");
}

TEST_CASE("inspector: a what-if gives each of five classes its share before and after", "[app]") {
  const auto [model, node] =
      GENERATE(std::pair("v1", "block13.pointwise"), std::pair("v2", "head.conv"),
               std::pair("v3-small", "head.conv"));
  HeadlessPage page;
  open_page(page, ui::format("model=%s&node=%s", model, node));
  CHECK(is_drawn("Prediction (untrained)"));
  const Snapshot& plain = *page.app.snapshot();
  const int channel = node_stats(plain.output(page.app.selection().node)).strongest_channel;
  REQUIRE(page.app.intervene(ui::format("silence %s %d", node, channel)).ok());
  page.settle();
  const Snapshot& what_if = *page.app.shown_snapshot();
  REQUIRE(&what_if != &plain);
  const NodeId last = plain.graph().last();
  const auto share = [&](const Snapshot& run, int output) {
    return ui::percent(
        static_cast<double>(run.output(last).data[static_cast<std::size_t>(output)]));
  };
  const std::vector<int> after = first_outputs(what_if, 5);
  const std::vector<ShownPrediction> told = page.app.predictions(&what_if, 5);
  int changed = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::string shares = share(plain, after[i]) + " → " + share(what_if, after[i]);
    changed += share(plain, after[i]) != share(what_if, after[i]);
    INFO(told[i].label << ": " << shares);
    CHECK(is_drawn(told[i].label + shares));
  }
  CHECK(changed > 0);
  CHECK(is_drawn("What-if: before → after"));
  CHECK_FALSE(is_drawn("Prediction (untrained)"));
  REQUIRE(page.app.press("u", false));
  page.settle();
  CHECK(is_drawn("Prediction (untrained)"));
  CHECK_FALSE(is_drawn("What-if: before → after"));
  const std::vector<int> before = first_outputs(plain, 5);
  const std::vector<ShownPrediction> plainly = page.app.predictions(&plain, 5);
  for (std::size_t i = 0; i < before.size(); ++i) {
    CHECK(is_drawn(plainly[i].label + share(plain, before[i])));
  }
}

TEST_CASE("inspector: in int8 a class without a byte is below one step, not at nothing", "[app]") {
  HeadlessPage page;
  page.app.start("model=v2&precision=int8");
  std::vector<FileBytes> files;
  for (const std::string& name : test::published_model("v2-1.0").files) {
    files.push_back(test::read_asset("models/" + name));
  }
  page.app.model_arrived(std::move(files));
  bring_chessboard(page);
  page.settle();
  const Snapshot& run = *page.app.snapshot();
  REQUIRE(run.precision == Precision::int8);
  const NodeId last = run.graph().last();
  CHECK(run.step(last) == 1.0f / 256);
  const std::vector<ShownPrediction> top = page.app.predictions(&run, kShownPredictions);
  int without_byte = 0;
  for (std::size_t i = 1; i < top.size(); ++i) {
    CHECK(top[i].logit <= top[i - 1].logit);
    without_byte += top[i].probability == 0;
  }
  CHECK(without_byte > 0);
  CHECK(times_drawn("< 0.4 %") == without_byte);
  REQUIRE(page.app.select("precision=float32").ok());
  page.settle();
  CHECK(page.app.snapshot()->step(last) == 0);
  CHECK(times_drawn("< 0.4 %") == 0);
}

TEST_CASE("inspector: a replaced activation is told beside the values that it gives", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck4.project&view=feature_maps");
  page.frame();
  CHECK_FALSE(is_drawn("(what-if)"));
  REQUIRE(page.app.intervene("activation bneck4.project relu").ok());
  page.settle();
  page.frame();
  CHECK(is_drawn("linear → ReLU (what-if)"));
  page.app.press("b", false);  // back at the plain run
  page.frame();
  CHECK_FALSE(is_drawn("(what-if)"));
}
