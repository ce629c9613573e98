// The experiment of MobileNetV2's Fig. 1 (arXiv 1801.04381, section 3.2): flat points are carried
// into n dimensions by a random matrix T, pass ReLU, and are carried back. Few dimensions lose
// points for good, many do not: the reason for linear bottlenecks. No trained weights, no drawing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lens::demos {

struct Point2 {
  double x = 0;
  double y = 0;
  bool operator==(const Point2&) const = default;
};

enum class Manifold { spiral, circle, grid };

// count >= 4 points in [-1, 1] x [-1, 1], none at the origin, where ReLU has nothing to decide.
// spiral: two turns outwards, evenly along its length. circle: radius 1. grid: the centres of the
// cells of a square with an even number of rows, so of the nearest fitting count.
std::vector<Point2> manifold(Manifold shape, int count);

// The dimensions that the paper shows, and the range that the panel's slider covers.
constexpr int kPaperDimensions[] = {2, 3, 5, 15, 30};
constexpr int kMinDimensions = 2;
constexpr int kMaxDimensions = 60;

// T, n x 2, row by row: the direction that each of the n units listens to. Independent standard
// normal entries, the same for a seed on every machine. A larger n adds rows to the same first
// ones.
std::vector<Point2> random_embedding(int dimensions, std::uint64_t seed);

// T+ (Moore-Penrose), 2 x n, column by column: what each unit's value adds to the point. For n = 2
// the inverse.
std::vector<Point2> pseudo_inverse(std::span<const Point2> embedding);

// One point on its way through T, ReLU and back.
struct EmbeddedPoint {
  Point2 input;
  int active_units = 0;  // how many of the n units ReLU left on
  // Two independent units are on, so that their values fix the point: nothing is lost.
  bool recoverable = false;
  Point2 decoded;   // T+ ReLU(T x)
  Point2 rescaled;  // the same times ReluEmbedding::scale
  // Least squares on the units that are on: the input again where recoverable. Elsewhere the
  // shortest of the points that give these values: on the one unit's line, or the origin.
  Point2 active_rows;
};

struct ReluEmbedding {
  std::vector<EmbeddedPoint> points;
  // The factor on T+ ReLU(T x) that fits the input best. ReLU keeps half of the directions, so T+
  // alone tends to x / 2 as n grows.
  double scale = 1;
  double not_recoverable_share = 0;  // of the points, 0..1
  double all_off_share = 0;          // of the points, 0..1: no unit on at all
  // Root mean square distance to the input over the root mean square length of the input.
  double relative_rmse = 0;           // of decoded
  double rescaled_relative_rmse = 0;  // of rescaled
};

// points: from manifold() or the visitor's own; one at the origin turns no unit on. embedding: at
// least one row. All shares and errors are 0 without points. Time grows with points x rows: about
// a millisecond for 1000 points and 60 rows.
ReluEmbedding relu_embedding(std::span<const Point2> points, std::span<const Point2> embedding);

// What the shares come to on average over T, for any points but the origin: each unit is on with
// probability 1/2, whatever the point. At most one of n on: (n + 1) / 2^n; none: 1 / 2^n.
double expected_not_recoverable_share(int dimensions);
double expected_all_off_share(int dimensions);

}  // namespace lens::demos
