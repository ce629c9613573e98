// What the embedding panel computes: the points, their ways through ReLU and back, the table.
#include <algorithm>
#include <cmath>

#include "views/embedding.h"

namespace lens::embedding {

namespace {

using demos::Point2;
using demos::ReluEmbedding;

constexpr int kPoints = 400;
constexpr std::size_t kMostScribbled = 500;
constexpr double kScribbleStep = 0.02;
constexpr double kPenStep = 0.1;    // by key; the paper is 2 wide
constexpr double kRounding = 1e-9;  // five steps of a length of 0.0999...

std::vector<Point2> points_of(const State& state) {
  switch (state.figure) {
    case Figure::spiral:
      return demos::manifold(demos::Manifold::spiral, kPoints);
    case Figure::circle:
      return demos::manifold(demos::Manifold::circle, kPoints);
    case Figure::grid:
      return demos::manifold(demos::Manifold::grid, kPoints);
    case Figure::scribble:
      return state.scribble;
  }
  return {};
}

ReluEmbedding embedded(const Results& results, int dimensions) {
  return relu_embedding(results.points, demos::random_embedding(dimensions, results.seed));
}

}  // namespace

void update(State& state) {
  Results& results = state.results;
  const bool same_points = results.seed != 0 && results.figure == state.figure &&
                           (state.figure != Figure::scribble || results.points == state.scribble);
  const bool same_matrix = results.seed == state.seed;
  if (!same_points) results.points = points_of(state);
  results.figure = state.figure;
  results.seed = state.seed;
  if (!same_points || !same_matrix) {
    for (std::size_t i = 0; i < results.paper.size(); ++i) {
      results.paper[i] = embedded(results, demos::kPaperDimensions[i]);
    }
  }
  if (!same_points || !same_matrix || results.dimensions != state.dimensions) {
    results.dimensions = state.dimensions;
    results.large = embedded(results, state.dimensions);
  }
}

void scribble_to(State& state, Point2 point) {
  if (state.scribble.empty()) {
    state.scribble.push_back(point);
    return;
  }
  const Point2 from = state.scribble.back();
  const double length = std::hypot(point.x - from.x, point.y - from.y);
  const int steps = static_cast<int>(length / kScribbleStep + kRounding);
  for (int i = 1; i <= steps && state.scribble.size() < kMostScribbled; ++i) {
    const double part = static_cast<double>(i) / steps;
    state.scribble.push_back(
        {from.x + part * (point.x - from.x), from.y + part * (point.y - from.y)});
  }
}

Point2 pen(const State& state) {
  return state.scribble.empty() ? Point2{} : state.scribble.back();
}

bool move_pen(State& state, std::string_view key) {
  Point2 to = pen(state);
  if (key == "Shift+ArrowLeft") {
    to.x -= kPenStep;
  } else if (key == "Shift+ArrowRight") {
    to.x += kPenStep;
  } else if (key == "Shift+ArrowUp") {
    to.y += kPenStep;
  } else if (key == "Shift+ArrowDown") {
    to.y -= kPenStep;
  } else {
    return false;
  }
  state.figure = Figure::scribble;
  scribble_to(state, pen(state));
  scribble_to(state, {std::clamp(to.x, -1.0, 1.0), std::clamp(to.y, -1.0, 1.0)});
  return true;
}

Table table(const State& state) {
  State fresh = state;
  update(fresh);
  Table result;
  result.columns = {"n",
                    "seed",
                    "lost share",
                    "expected lost share",
                    "all off share",
                    "expected all off",
                    "relative RMSE",
                    "relative RMSE rescaled"};
  const auto add = [&](int n, const ReluEmbedding& of) {
    result.rows.push_back({static_cast<double>(n), static_cast<double>(fresh.seed),
                           of.not_recoverable_share, demos::expected_not_recoverable_share(n),
                           of.all_off_share, demos::expected_all_off_share(n), of.relative_rmse,
                           of.rescaled_relative_rmse});
  };
  for (std::size_t i = 0; i < fresh.results.paper.size(); ++i) {
    add(demos::kPaperDimensions[i], fresh.results.paper[i]);
  }
  add(fresh.dimensions, fresh.results.large);
  return result;
}

}  // namespace lens::embedding
