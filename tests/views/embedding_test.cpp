#include "views/embedding.h"

#include <cmath>

#include "catch2/catch.hpp"

using namespace lens;
using namespace lens::embedding;

TEST_CASE("embedding: the panel shows what the demo's maths gives", "[views]") {
  State state;
  state.seed = 12;
  state.dimensions = 17;
  update(state);
  CHECK(state.results.points == demos::manifold(demos::Manifold::spiral, 400));
  const auto direct = demos::relu_embedding(state.results.points, demos::random_embedding(17, 12));
  CHECK(state.results.large.rescaled_relative_rmse == direct.rescaled_relative_rmse);
  const auto paper = demos::relu_embedding(state.results.points, demos::random_embedding(3, 12));
  CHECK(state.results.paper[1].not_recoverable_share == paper.not_recoverable_share);
}

TEST_CASE("embedding: a change of seed, shape or dimensions is followed", "[views]") {
  State state;
  update(state);
  const double first = state.results.large.relative_rmse;
  CHECK(press(state, "n"));
  update(state);
  CHECK(state.seed == 2);
  CHECK(state.results.large.relative_rmse != first);
  CHECK(press(state, "s"));
  update(state);
  CHECK(state.results.points == demos::manifold(demos::Manifold::circle, 400));
  CHECK(press(state, "]"));
  update(state);
  CHECK(state.results.dimensions == 4);
  CHECK(press(state, "e"));
  CHECK(state.decoder == Decoder::active_rows);
  CHECK_FALSE(press(state, "q"));
}

TEST_CASE("embedding: the matrix before comes back as it was, the first is the end", "[views]") {
  State state;
  CHECK_FALSE(press(state, "p"));
  CHECK(state.seed == 1);
  state.dimensions = 5;
  const Table first = table(state);
  CHECK(press(state, "n"));
  const Table second = table(state);
  CHECK_FALSE(second.rows == first.rows);
  CHECK(press(state, "n"));
  update(state);
  CHECK(press(state, "p"));
  CHECK(table(state).rows == second.rows);
  CHECK(press(state, "p"));
  update(state);
  const auto direct = demos::relu_embedding(state.results.points, demos::random_embedding(5, 1));
  CHECK(state.results.large.rescaled_relative_rmse == direct.rescaled_relative_rmse);
  CHECK(table(state).rows == first.rows);
}

TEST_CASE("embedding: the slider's keys stop at its ends", "[views]") {
  State state;
  for (int i = 0; i < 100; ++i) press(state, "[");
  CHECK(state.dimensions == demos::kMinDimensions);
  for (int i = 0; i < 100; ++i) press(state, "]");
  CHECK(state.dimensions == demos::kMaxDimensions);
}

TEST_CASE("embedding: a scribble is a dense curve with an end", "[views]") {
  State state;
  state.figure = Figure::scribble;
  scribble_to(state, {-0.5, 0});
  scribble_to(state, {0.5, 0});
  REQUIRE(state.scribble.size() == 51);
  for (std::size_t i = 1; i < state.scribble.size(); ++i) {
    CHECK(state.scribble[i].x - state.scribble[i - 1].x == Approx(0.02));
  }
  update(state);
  CHECK(state.results.large.points.size() == 51);
  for (int i = 0; i < 100; ++i) scribble_to(state, {i % 2 == 0 ? -1.0 : 1.0, 0.5});
  CHECK(state.scribble.size() == 500);
}

TEST_CASE("embedding: a pen moved by arrow keys draws up to the paper's edge", "[views]") {
  State state;
  CHECK_FALSE(press(state, "ArrowRight"));
  CHECK_FALSE(press(state, "Backspace"));  // nothing has been drawn
  CHECK(press(state, "Shift+ArrowRight"));
  CHECK(state.figure == Figure::scribble);
  REQUIRE(state.scribble.size() == 6);
  CHECK(state.scribble[0] == demos::Point2{0, 0});
  CHECK(state.scribble[5].x == Approx(0.1));
  for (int i = 0; i < 3; ++i) CHECK(press(state, "Shift+ArrowUp"));
  CHECK(press(state, "Shift+ArrowLeft"));
  CHECK(press(state, "Shift+ArrowDown"));
  CHECK(state.scribble.size() == 6 + 5 * 5);
  CHECK(pen(state).x == Approx(0).margin(1e-12));
  CHECK(pen(state).y == Approx(0.2));
  update(state);
  CHECK(state.results.points == state.scribble);
  for (int i = 0; i < 30; ++i) press(state, "Shift+ArrowUp");
  CHECK(pen(state).y == Approx(1));
  CHECK(state.scribble.size() == 6 + 5 * 5 + 8 * 5);
  CHECK(press(state, "Backspace"));
  update(state);
  CHECK(state.scribble.empty());
  CHECK(state.results.points.empty());
}

TEST_CASE("embedding: another scribble of as many points is another figure", "[views]") {
  State state;
  CHECK(press(state, "Shift+ArrowRight"));
  update(state);
  CHECK(press(state, "Backspace"));
  CHECK(press(state, "Shift+ArrowUp"));
  update(state);
  CHECK(state.results.points == state.scribble);
}

TEST_CASE("embedding: the table has the closed form beside the measured share", "[views]") {
  State state;
  state.dimensions = 2;
  const Table numbers = table(state);
  REQUIRE(numbers.rows.size() == 6);
  CHECK(std::get<double>(numbers.rows[0][3]) == 0.75);
  CHECK(std::get<double>(numbers.rows[2][3]) == 0.1875);
  // The slider's row is the paper's row of the same n.
  CHECK(numbers.rows[5] == numbers.rows[0]);
}
