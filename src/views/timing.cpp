#include "views/timing.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace lens {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Timing timing_of(std::span<const std::vector<double>> runs) {
  Timing timing;
  timing.runs = static_cast<int>(runs.size());
  if (runs.empty()) return timing;
  std::vector<double> totals;
  for (const std::vector<double>& run : runs) {
    totals.push_back(std::accumulate(run.begin(), run.end(), 0.0));
  }
  timing.total_ms = median(totals);
  for (std::size_t id = 0; id < runs.front().size(); ++id) {
    std::vector<double> of_node;
    for (const std::vector<double>& run : runs) of_node.push_back(run[id]);
    timing.node_ms.push_back(median(of_node));
  }
  return timing;
}

}  // namespace lens
