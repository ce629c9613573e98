#include "demos/relu_embedding.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "demos/random.h"

namespace lens::demos {

namespace {

double dot(Point2 a, Point2 b) {
  return a.x * b.x + a.y * b.y;
}

Point2 scaled(Point2 point, double factor) {
  return {point.x * factor, point.y * factor};
}

double squared_distance(Point2 a, Point2 b) {
  const Point2 apart = {a.x - b.x, a.y - b.y};
  return dot(apart, apart);
}

std::vector<Point2> spiral(int count) {
  constexpr double kTurns = 2;
  std::vector<Point2> points;
  for (int i = 1; i <= count; ++i) {
    // The length of r = angle grows with the square of the angle.
    const double radius = std::sqrt(static_cast<double>(i) / count);
    const double angle = 2 * std::numbers::pi * kTurns * radius;
    points.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  return points;
}

std::vector<Point2> circle(int count) {
  std::vector<Point2> points;
  for (int i = 0; i < count; ++i) {
    const double angle = 2 * std::numbers::pi * i / count;
    points.push_back({std::cos(angle), std::sin(angle)});
  }
  return points;
}

std::vector<Point2> grid(int count) {
  const int rows = std::max(2, 2 * static_cast<int>(std::lround(std::sqrt(count) / 2)));
  const auto centre = [&](int cell) { return (2 * cell + 1.0) / rows - 1; };
  std::vector<Point2> points;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < rows; ++x) points.push_back({centre(x), centre(y)});
  }
  return points;
}

// A turn of the plane that carries (pivot, incoming) to (length, 0).
struct Rotation {
  double cosine = 1;
  double sine = 0;

  Rotation(double pivot, double incoming) {
    const double length = std::sqrt(pivot * pivot + incoming * incoming);
    if (length == 0) return;
    cosine = pivot / length;
    sine = incoming / length;
  }

  void turn(double& kept, double& incoming) const {
    const double before = kept;
    kept = cosine * before + sine * incoming;
    incoming = cosine * incoming - sine * before;
  }
};

// Least squares for rows (t . x = value) with two unknowns, fed row by row: a QR factorisation by
// Givens rotations, which does not square the condition number as normal equations would.
class LeastSquares {
 public:
  void add(Point2 row, double value) {
    const Rotation first(r11_, row.x);
    first.turn(r11_, row.x);
    first.turn(r12_, row.y);
    first.turn(q1_, value);
    const Rotation second(r22_, row.y);
    second.turn(r22_, row.y);
    second.turn(q2_, value);
  }

  // Two rows are independent: the triangle's determinant is not rounding noise.
  bool full_rank() const { return std::abs(r11_ * r22_) > 1e-13 * squared_norm(); }

  // The shortest of the best solutions.
  Point2 solve() const {
    if (full_rank()) {
      const double y = q2_ / r22_;
      return {(q1_ - r12_ * y) / r11_, y};
    }
    // A matrix of rank one has its transpose over its squared norm as pseudo-inverse.
    if (squared_norm() == 0) return {};
    return scaled({r11_ * q1_, r12_ * q1_ + r22_ * q2_}, 1 / squared_norm());
  }

 private:
  double squared_norm() const { return r11_ * r11_ + r12_ * r12_ + r22_ * r22_; }

  // R of the rows so far, and the values turned along with them.
  double r11_ = 0;
  double r12_ = 0;
  double r22_ = 0;
  double q1_ = 0;
  double q2_ = 0;
};

EmbeddedPoint embed(Point2 input, std::span<const Point2> embedding,
                    std::span<const Point2> inverse) {
  EmbeddedPoint point;
  point.input = input;
  LeastSquares active;
  for (std::size_t i = 0; i < embedding.size(); ++i) {
    const double value = dot(embedding[i], input);
    if (value <= 0) continue;
    active.add(embedding[i], value);
    ++point.active_units;
    point.decoded.x += inverse[i].x * value;
    point.decoded.y += inverse[i].y * value;
  }
  point.recoverable = active.full_rank();
  point.active_rows = active.solve();
  return point;
}

// The factor s for which |s * decoded - input| is least.
double best_scale(std::span<const EmbeddedPoint> points) {
  double with_input = 0;
  double with_itself = 0;
  for (const EmbeddedPoint& point : points) {
    with_input += dot(point.decoded, point.input);
    with_itself += dot(point.decoded, point.decoded);
  }
  return with_itself > 0 ? with_input / with_itself : 1;
}

double relative_rmse(std::span<const EmbeddedPoint> points, Point2 EmbeddedPoint::*member) {
  double error = 0;
  double length = 0;
  for (const EmbeddedPoint& point : points) {
    error += squared_distance(point.*member, point.input);
    length += dot(point.input, point.input);
  }
  return length > 0 ? std::sqrt(error / length) : 0;
}

}  // namespace

std::vector<Point2> manifold(Manifold shape, int count) {
  assert(count >= 4);
  switch (shape) {
    case Manifold::spiral:
      return spiral(count);
    case Manifold::circle:
      return circle(count);
    case Manifold::grid:
      return grid(count);
  }
  return {};
}

std::vector<Point2> random_embedding(int dimensions, std::uint64_t seed) {
  assert(dimensions >= 1);
  Random random(seed);
  std::vector<Point2> rows;
  for (int i = 0; i < dimensions; ++i) {
    const double x = random.normal();
    const double y = random.normal();
    rows.push_back({x, y});
  }
  return rows;
}

std::vector<Point2> pseudo_inverse(std::span<const Point2> embedding) {
  std::vector<Point2> columns;
  for (std::size_t column = 0; column < embedding.size(); ++column) {
    LeastSquares system;
    for (std::size_t i = 0; i < embedding.size(); ++i) {
      system.add(embedding[i], i == column ? 1 : 0);
    }
    columns.push_back(system.solve());
  }
  return columns;
}

ReluEmbedding relu_embedding(std::span<const Point2> points, std::span<const Point2> embedding) {
  assert(!embedding.empty());
  const std::vector<Point2> inverse = pseudo_inverse(embedding);
  ReluEmbedding result;
  int lost = 0;
  int all_off = 0;
  for (const Point2& input : points) {
    const EmbeddedPoint point = embed(input, embedding, inverse);
    lost += point.recoverable ? 0 : 1;
    all_off += point.active_units == 0 ? 1 : 0;
    result.points.push_back(point);
  }
  if (points.empty()) return result;

  result.scale = best_scale(result.points);
  for (EmbeddedPoint& point : result.points) {
    point.rescaled = scaled(point.decoded, result.scale);
  }
  const double count = static_cast<double>(points.size());
  result.not_recoverable_share = lost / count;
  result.all_off_share = all_off / count;
  result.relative_rmse = relative_rmse(result.points, &EmbeddedPoint::decoded);
  result.rescaled_relative_rmse = relative_rmse(result.points, &EmbeddedPoint::rescaled);
  return result;
}

double expected_not_recoverable_share(int dimensions) {
  return (dimensions + 1) * std::exp2(-dimensions);
}

double expected_all_off_share(int dimensions) {
  return std::exp2(-dimensions);
}

}  // namespace lens::demos
