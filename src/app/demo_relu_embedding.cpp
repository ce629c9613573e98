#include "app/demo_json.h"
#include "base/json.h"
#include "demos/relu_embedding.h"

namespace lens {

namespace {

using demos::Point2;

constexpr std::size_t kMostPoints = 2000;

Result<std::vector<Point2>> points_of(const DemoParameters& parameters) {
  if (const auto list = parameters.list("points")) {
    if (list->size() % 2 != 0 || list->size() > 2 * kMostPoints) {
      return Error{"demo: points is a list of up to 2000 pairs [x, y].", ""};
    }
    std::vector<Point2> points;
    for (std::size_t i = 0; i < list->size(); i += 2) {
      points.push_back({(*list)[i], (*list)[i + 1]});
    }
    return points;
  }
  const Result<double> count =
      parameters.whole("points", {4, static_cast<double>(kMostPoints)}, 400);
  if (!count) return count.error();
  const std::string shape = parameters.text("shape", "spiral");
  const int whole = static_cast<int>(*count);
  if (shape == "spiral") return manifold(demos::Manifold::spiral, whole);
  if (shape == "circle") return manifold(demos::Manifold::circle, whole);
  if (shape == "grid") return manifold(demos::Manifold::grid, whole);
  return Error{"demo: there is no shape \"" + shape + "\".", "Known: spiral, circle, grid."};
}

void write_pair(JsonWriter& json, std::string_view name, Point2 point) {
  json.key(name);
  json.begin_array();
  json.value(point.x);
  json.value(point.y);
  json.end_array();
}

void write_points(JsonWriter& json, const demos::ReluEmbedding& result) {
  json.key("points");
  json.begin_array();
  for (const demos::EmbeddedPoint& point : result.points) {
    json.begin_object();
    write_pair(json, "input", point.input);
    json.member("activeUnits", point.active_units);
    json.member("recoverable", point.recoverable);
    write_pair(json, "decoded", point.decoded);
    write_pair(json, "rescaled", point.rescaled);
    write_pair(json, "activeRows", point.active_rows);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

Result<std::string> relu_embedding_json(const DemoParameters& parameters) {
  const Result<bool> known = parameters.only({"n", "seed", "points", "shape"});
  if (!known) return known.error();
  const Result<double> n = parameters.whole("n", {demos::kMinDimensions, demos::kMaxDimensions}, 5);
  if (!n) return n.error();
  // Up to 2^53, the whole numbers that JavaScript can write.
  const Result<double> seed = parameters.whole("seed", {0, 9007199254740991.0}, 1);
  if (!seed) return seed.error();
  const Result<std::vector<Point2>> points = points_of(parameters);
  if (!points) return points.error();

  const int dimensions = static_cast<int>(*n);
  const std::vector<Point2> matrix =
      demos::random_embedding(dimensions, static_cast<std::uint64_t>(*seed));
  const demos::ReluEmbedding result = demos::relu_embedding(*points, matrix);
  JsonWriter json;
  json.begin_object();
  json.member("n", dimensions);
  json.member("seed", static_cast<std::uint64_t>(*seed));
  json.key("matrix");
  json.begin_array();
  for (const Point2 row : matrix) {
    json.begin_array();
    json.value(row.x);
    json.value(row.y);
    json.end_array();
  }
  json.end_array();
  json.member("notRecoverable", result.not_recoverable_share);
  json.member("expectedNotRecoverable", demos::expected_not_recoverable_share(dimensions));
  json.member("allOff", result.all_off_share);
  json.member("expectedAllOff", demos::expected_all_off_share(dimensions));
  json.member("scale", result.scale);
  json.member("relativeRmse", result.relative_rmse);
  json.member("rescaledRelativeRmse", result.rescaled_relative_rmse);
  write_points(json, result);
  json.end_object();
  return json.text();
}

}  // namespace lens
