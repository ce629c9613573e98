// A slider's answer is drawn in the frame that moved it, and computes no more than what the slider
// changes.
#include "catch2/catch.hpp"
#include "views/embedding.h"
#include "views/test_frame.h"

using namespace lens;

namespace {

constexpr float kWidth = 728;
constexpr float kHeight = 716;

// One view alone on a page of its own, with a pointer.
class Stage {
 public:
  Stage() {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {kWidth, kHeight};
    page_.theme.update({}, 1, 1, false);
    io.Fonts->Build();
  }

  ~Stage() { ImGui::DestroyContext(); }

  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  template <class Draw>
  void frame(ImVec2 mouse, bool down, Draw draw) {
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = 1.0f / 60;
    io.MousePos = mouse;
    io.MouseDown[0] = down;
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({kWidth, kHeight});
    ImGui::Begin("view", nullptr, ImGuiWindowFlags_NoDecoration);
    Frame frame = page_.frame();
    draw(frame);
    ImGui::End();
    ImGui::Render();
  }

 private:
  test::TestFrame page_{"v2"};
};

const void* storage(const demos::ReluEmbedding& of) {
  return of.points.data();
}

}  // namespace

TEST_CASE("embedding: the slider's picture is that of its frame, the paper's stay", "[views]") {
  Stage stage;
  embedding::State state;
  const auto draw = [&](Frame& frame) { embedding::draw(frame, state); };
  stage.frame({0, 0}, false, draw);
  const std::array<demos::ReluEmbedding, 5>& paper = state.results.paper;
  std::vector<const void*> before;
  for (const demos::ReluEmbedding& one : paper) before.push_back(storage(one));
  int moves = 0;
  // Down the column of facts until the pointer finds the slider.
  for (float y = 300; y < kHeight && moves == 0; y += 6) {
    stage.frame({600, y}, false, draw);
    for (const float x : {600.0f, 640.0f, 680.0f}) {
      const int dimensions = state.dimensions;
      stage.frame({x, y}, true, draw);
      CHECK(state.results.dimensions == state.dimensions);
      moves += state.dimensions != dimensions;
    }
    stage.frame({680, y}, false, draw);
  }
  CHECK(moves > 0);
  CHECK(state.figure == embedding::Figure::spiral);
  const auto direct = demos::relu_embedding(state.results.points,
                                            demos::random_embedding(state.dimensions, state.seed));
  CHECK(state.results.large.relative_rmse == direct.relative_rmse);
  for (std::size_t i = 0; i < before.size(); ++i) CHECK(storage(paper[i]) == before[i]);
}

TEST_CASE("embedding: buttons lead to the next matrix and to the one before", "[views]") {
  Stage stage;
  embedding::State state;
  state.seed = 20;
  const auto draw = [&](Frame& frame) { embedding::draw(frame, state); };
  int next = 0;
  int previous = 0;
  // Over the title and the rows below it.
  for (float y = 6; y < 120 && previous == 0; y += 6) {
    for (float x = 4; x < kWidth; x += 12) {
      const std::uint64_t seed = state.seed;
      stage.frame({x, y}, false, draw);
      stage.frame({x, y}, true, draw);
      stage.frame({x, y}, false, draw);
      next += state.seed == seed + 1;
      previous += state.seed + 1 == seed;
      CHECK(state.results.seed == state.seed);
    }
  }
  CHECK(next > 0);
  CHECK(previous > 0);
}
