#include "views/published_points.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "models/catalog.h"
#include "models/variation.h"

namespace lens::published {

namespace {

std::optional<Cost> count(const PublishedResult& result) {
  const CatalogEntry* entry = find_model(result.model);
  if (!entry) return std::nullopt;
  const Graph base = entry->build({}, kPaperClasses);
  return total_cost(varied(base, {.width = result.width,
                                  .resolution = result.resolution,
                                  .full_convolutions = result.full_convolutions}));
}

// The sources round, some down, some with biases and batch-norm: 4 % or a printed digit of the
// parameters is no disagreement, 0.9 % or a million of the MACs neither.
double tolerance(Axis axis, double printed) {
  switch (axis) {
    case Axis::macs:
      return std::max(0.009 * printed, 1.0);
    case Axis::parameters:
      return std::max(0.04 * printed, 0.07);
    case Axis::latency:
      return 0;
  }
  return 0;
}

}  // namespace

double Point::printed(Axis axis) const {
  switch (axis) {
    case Axis::macs:
      return result->million_macs;
    case Axis::parameters:
      return result->million_parameters;
    case Axis::latency:
      return result->pixel1_ms;
  }
  return 0;
}

double Point::counted_on(Axis axis) const {
  if (!counted || axis == Axis::latency) return 0;
  return static_cast<double>(axis == Axis::macs ? counted->macs : counted->weights) / 1e6;
}

bool Point::disagrees(Axis axis) const {
  const double ours = counted_on(axis);
  const double theirs = printed(axis);
  return ours > 0 && theirs > 0 && std::fabs(ours - theirs) > tolerance(axis, theirs);
}

std::vector<Point> points() {
  std::vector<Point> result;
  for (const PublishedResult& row : published_results()) result.push_back({&row, count(row)});
  return result;
}

bool is_release(const PublishedResult& result) {
  return result.source->where == "tensorflow/models";
}

bool belongs(const PublishedResult& result, Sources sources) {
  return sources == Sources::all || is_release(result) == (sources == Sources::releases);
}

Table table(const std::vector<Point>& points) {
  Table result;
  result.columns = {"network",
                    "top-1 %",
                    "million MACs, printed",
                    "million MACs, counted",
                    "million parameters, printed",
                    "million weights, counted",
                    "Pixel 1 ms, printed",
                    "Pixel 2 ms, printed",
                    "Pixel 3 ms, printed",
                    "source",
                    "date",
                    "where"};
  const auto cell = [](double value) {
    return value > 0 ? TableCell(value) : TableCell(std::string());
  };
  for (const Point& point : points) {
    const PublishedResult& row = *point.result;
    result.rows.push_back({std::string(row.name), cell(row.top1), cell(row.million_macs),
                           cell(point.counted_on(Axis::macs)), cell(row.million_parameters),
                           cell(point.counted_on(Axis::parameters)), cell(row.pixel1_ms),
                           cell(row.pixel2_ms), cell(row.pixel3_ms),
                           std::string(row.source->short_name), std::string(row.source->date),
                           std::string(row.source->where)});
  }
  return result;
}

}  // namespace lens::published
