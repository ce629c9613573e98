// The points of the published results: which are shown, and beside each our own count of the same
// network, where the catalog can build it.
#pragma once

#include <optional>
#include <vector>

#include "base/table.h"
#include "cost/cost.h"
#include "cost/published.h"

namespace lens::published {

enum class Axis { macs, parameters, latency };
enum class Sources { papers, releases, all };

struct Point {
  const PublishedResult* result = nullptr;
  std::optional<Cost> counted;  // for 1,000 classes

  // What the source prints on an axis (M, M or ms); 0 where it prints nothing.
  double printed(Axis axis) const;
  // The same, counted: MACs, or conv and FC weights without biases and batch-norm, which is what
  // most of the tables count. 0 for the latency and for networks that the catalog does not build.
  double counted_on(Axis axis) const;
  // Printed and counted differ by more than the printed digits and habits of rounding allow.
  bool disagrees(Axis axis) const;
};

// All of cost/published, counted: some 40 graphs are built, so keep the answer.
std::vector<Point> points();

bool is_release(const PublishedResult& result);
bool belongs(const PublishedResult& result, Sources sources);

Table table(const std::vector<Point>& points);

}  // namespace lens::published
