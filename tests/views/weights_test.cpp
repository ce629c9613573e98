#include "views/weights.h"

#include "catch2/catch.hpp"
#include "views/test_frame.h"
#include "views/weights_pictures.h"
#include "views/weights_summary.h"

using namespace lens;
using test::TestFrame;

TEST_CASE("weights: a matrix made smaller keeps the strongest weight of each block", "[views]") {
  // Two inputs down, three outputs across.
  const std::vector<float> filter = {0.1f, -0.5f, 0.2f, 0.3f, 0.4f, -0.1f};
  CHECK(weights::shrink(filter, 2, 3, 1).cells.data == filter);
  const weights::Matrix half = weights::shrink(filter, 2, 3, 2);
  CHECK(half.cells.shape == Shape{1, 2, 1});
  CHECK(half.cells.data == std::vector<float>{-0.5f, 0.2f});
}

TEST_CASE("weights: in a filter over RGB grey is zero and the strongest weight is full",
          "[views]") {
  // One tap, two filters: red 1, green 0, blue -1; all zero.
  const std::vector<float> filter = {1, 0, 0, 0, -1, 0};
  const ui::Picture picture = weights::paint_rgb_filters({1, 3, 2}, filter);
  REQUIRE(picture.rgba.size() == 2);
  CHECK(picture.rgba[0] == 0xFF007FFF);
  CHECK(picture.rgba[1] == 0xFF7F7F7F);
}

TEST_CASE("weights: the sentence counts kernels that cancel out, and inputs of half the weight",
          "[views]") {
  GraphBuilder builder("two layers", 4, 4);
  const NodeId depthwise = builder.depthwise(builder.input(), "depthwise", 3, 1, Activation::none);
  const NodeId mix = builder.conv(
      depthwise, {.name = "mix", .role = Role::project, .kernel = 1, .stride = 1, .channels = 1});
  const Graph graph = builder.finish();
  NodeWeights kernels{std::vector<float>(36, 1.0f), std::vector<float>(4)};
  kernels.filter[0] = -8;  // channel 0: eight ones and minus eight
  CHECK(weights::takeaway(graph, depthwise, kernels).substr(0, 6) == "1 of 4");
  const NodeWeights row{{1, -6, 2, 3}, {0}};
  CHECK(weights::takeaway(graph, mix, row).find("from 1 of them") != std::string::npos);
}

TEST_CASE("weights: the table tells each output's bias and sum", "[views]") {
  TestFrame test("v2");
  test.select("bneck2.depthwise");
  const Table table = weights::table(test.frame());
  const NodeWeights& own = test.now->model->weights().of(test.selection.node);
  REQUIRE(table.rows.size() == own.bias.size());
  double sum = 0;
  for (std::size_t i = 5; i < own.filter.size(); i += own.bias.size()) {
    sum += static_cast<double>(own.filter[i]);
  }
  CHECK(std::get<double>(table.rows[5][2]) == Approx(sum));
  test.select("bneck3.add");
  CHECK(weights::table(test.frame()).rows.empty());
}

TEST_CASE("weights: another run keeps the pictures, another model does not", "[views]") {
  TestFrame test("v2");
  weights::State state;
  const std::string key = weights::texture_key(test.frame(), state);
  test.now = run(test.now->model, test::seeded_input(*test.now->model).view());
  CHECK(weights::texture_key(test.frame(), state) == key);
  TestFrame other("v2");
  CHECK(weights::texture_key(other.frame(), state) != key);
}

TEST_CASE("weights: each kernel has its own scale, however small its weights", "[views]") {
  // Two channels of a 2 x 1 kernel: 0.01, -0.02 and 50, 10.
  const std::vector<float> filter = {0.01f, 50, -0.02f, 10};
  const std::vector<ui::Mapping> scales = weights::own_scales(filter, 2);
  REQUIRE(scales.size() == 2);
  CHECK(scales[0].low == -0.02f);
  CHECK(scales[0].high == 0.02f);
  CHECK(scales[1].low == -50);
  CHECK(scales[1].high == 50);
}

TEST_CASE("weights: a matrix fills its room, its cells at most three times as long as wide",
          "[views]") {
  const ImVec2 square = weights::matrix_cell({false, 100, 50}, {1000, 500}, 24);
  CHECK(square.x == 10);
  CHECK(square.y == 10);
  const ImVec2 wide = weights::matrix_cell({false, 192, 32}, {768, 480}, 24);
  CHECK(wide.x == 4);
  CHECK(wide.y == 12);
  const ImVec2 few = weights::matrix_cell({false, 4, 4}, {800, 800}, 24);
  CHECK(few.x == 24);
}

TEST_CASE("weights: a matrix lies with its longer side across", "[views]") {
  // Three inputs, two outputs: an output's weights are a row.
  const std::vector<float> filter = {1, -1, 0, 1, 0, -1};
  const weights::Lie lie = weights::lie_of({1, 3, 2});
  CHECK(lie.inputs_across);
  CHECK((lie.columns == 3 && lie.rows == 2));
  const ui::Mapping mapping = ui::mapping_for(-1, 1, ui::ScaleChoice::diverging);
  const ui::Picture picture = weights::paint_matrix(weights::shrink(filter, 3, 2, 1), lie, mapping);
  REQUIRE((picture.width == 3 && picture.height == 2));
  const std::vector<float> across = {1, 0, 0, -1, 1, -1};
  std::vector<std::uint32_t> colors(across.size());
  ui::map_colors(mapping, across, colors.data());
  CHECK(picture.rgba == colors);
  CHECK_FALSE(weights::lie_of({1, 2, 3}).inputs_across);
}

TEST_CASE("weights: + − 0 change the kernels' size or the matrix's, each its own", "[views]") {
  TestFrame test("v2");
  weights::State state;
  const auto press = [&](const char* key) {
    Frame frame = test.frame();
    return weights::press(frame, state, key);
  };
  test.select("bneck2.depthwise");
  state.fitted_tile = 40;
  CHECK(press("+"));
  CHECK(state.tile > 40);
  CHECK(state.zoom == 0);
  CHECK(press("0"));
  CHECK(state.tile == 0);
  CHECK(press("-"));
  CHECK(state.tile < 40);
  const float tile = state.tile;
  test.select("bneck2.project");
  state.fitted_cell = 10;
  CHECK(press("+"));
  CHECK(state.zoom > 10);  // larger than it was
  CHECK(press("0"));
  CHECK(state.zoom == 0);
  CHECK(state.tile == tile);
  for (const char* none : {"bneck3.add", "head.pool", "input"}) {
    test.select(none);
    for (const char* key : {"+", "-", "0"}) CHECK_FALSE(press(key));
  }
}
