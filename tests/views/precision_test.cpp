// What views say of an int8 run.
#include <algorithm>

#include "catch2/catch.hpp"
#include "support/quantized_nets.h"
#include "views/bars.h"
#include "views/cost_header.h"
#include "views/cost_rows.h"
#include "views/test_frame.h"
#include "views/views.h"

using namespace lens;

namespace {

// The frame of a net that has both precisions.
struct PrecisionFrame : test::TestFrame {
  explicit PrecisionFrame(Precision precision) : TestFrame("v2") {
    const auto both = test::seeded_quantized_model("v2", 64);
    now = run(both, test::seeded_input(*both).view(), {.precision = precision});
    costs = cost_of(both->graph());
    wanted = precision;
  }

  Frame frame() {
    Frame frame = TestFrame::frame();
    frame.wanted_precision = wanted;
    return frame;
  }

  Precision wanted;
};

// Clicks everywhere along the top bar; the precisions that it asks for.
std::vector<Precision> clicked_in_top_bar(PrecisionFrame& test) {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {1280, 800};
  test.theme.update({}, 1, 1, false);
  io.Fonts->Build();
  for (int x = 0; x < 1280; x += 5) {
    for (const bool down : {false, true, false}) {
      io.DeltaTime = 1.0f / 60;
      io.MousePos = {static_cast<float>(x), 28};
      io.MouseDown[0] = down;
      ImGui::NewFrame();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({1280, 56});
      ImGui::Begin("top", nullptr, ImGuiWindowFlags_NoDecoration);
      Frame frame = test.frame();
      bars::draw_top(frame);
      ImGui::End();
      ImGui::Render();
    }
  }
  ImGui::DestroyContext();
  std::vector<Precision> asked;
  for (const Command& command : test.commands) {
    const auto* choice = std::get_if<ChoosePrecision>(&command);
    if (choice != nullptr) asked.push_back(choice->precision);
  }
  return asked;
}

}  // namespace

TEST_CASE("precision: an int8 output takes a quarter of the bytes in the cost table", "[views]") {
  PrecisionFrame real(Precision::float32);
  PrecisionFrame bytes(Precision::int8);
  const auto rows = cost_table::layer_rows(real.frame());
  const auto byte_rows = cost_table::layer_rows(bytes.frame());
  REQUIRE(rows.size() == byte_rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i].cost.activation_bytes == static_cast<std::int64_t>(4 * rows[i].out.count()));
    CHECK(byte_rows[i].cost.activation_bytes * 4 == rows[i].cost.activation_bytes);
    CHECK(byte_rows[i].cost.macs == rows[i].cost.macs);
  }
  CHECK(cost_table::method(bytes.frame()).find("int8") != std::string::npos);
  CHECK(cost_table::method(real.frame()).find("float32") != std::string::npos);
}

TEST_CASE("precision: the screen's is the run's, not the wish that it follows", "[views]") {
  PrecisionFrame test(Precision::int8);
  test.wanted = Precision::float32;
  Frame frame = test.frame();
  CHECK(frame.precision() == Precision::int8);
  frame.now = nullptr;
  CHECK(frame.precision() == Precision::float32);
}

TEST_CASE("precision: maps and gates work in int8, exchanged activations do not", "[views]") {
  for (const char* id : {"feature_maps", "squeeze_excite", "gate_photos", "weights", "cost"}) {
    CHECK(works_in(*find_view(id), Precision::int8));
  }
  for (const char* id : {"cell", "linear_bottleneck", "activation_lab", "zeros"}) {
    CHECK_FALSE(works_in(*find_view(id), Precision::int8));
    CHECK(works_in(*find_view(id), Precision::float32));
  }
}

TEST_CASE("precision: what ReLU6 clips is the byte nearest to 6 in int8", "[views]") {
  PrecisionFrame test(Precision::int8);
  const NodeId stem = test.now->graph().find("stem");
  const float six = six_of(*test.now, stem);
  CHECK(six == test.now->model->quantized()->affine(stem).real(248));  // 128 + 6 / 0.05
  const auto values = test.now->output(stem).data;
  const auto clipped = std::count(values.begin(), values.end(), six);
  const NodeStats& stats = test.stats.of(*test.now, stem);
  CHECK(stats.sixes == Approx(static_cast<double>(clipped) / static_cast<double>(values.size())));
  CHECK(six_of(*PrecisionFrame(Precision::float32).now, stem) == 6.0f);
}

TEST_CASE("precision: a click on the other one asks for it, on the same one for nothing",
          "[views]") {
  for (const Precision now : {Precision::float32, Precision::int8}) {
    PrecisionFrame test(now);
    const Precision other = now == Precision::int8 ? Precision::float32 : Precision::int8;
    const std::vector<Precision> asked = clicked_in_top_bar(test);
    CHECK(asked.size() > 3);
    CHECK(std::count(asked.begin(), asked.end(), other) ==
          static_cast<std::ptrdiff_t>(asked.size()));
  }
}

TEST_CASE("precision: where there is no int8 a click on it asks for nothing", "[views]") {
  PrecisionFrame test(Precision::float32);
  test.model.no_int8 = {"This file computes in float32.", ""};
  CHECK(clicked_in_top_bar(test).empty());
}
