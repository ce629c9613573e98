#include "views/weights_summary.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "ui/text.h"

namespace lens::weights {

namespace {

// Kernels whose weights all but cancel: they answer to change, not to brightness.
int count_differences(const FilterShape& shape, std::span<const float> filter) {
  int differences = 0;
  for (int out = 0; out < shape.out; ++out) {
    double sum = 0;
    double magnitudes = 0;
    for (std::size_t i = static_cast<std::size_t>(out); i < filter.size();
         i += static_cast<std::size_t>(shape.out)) {
      sum += static_cast<double>(filter[i]);
      magnitudes += std::fabs(static_cast<double>(filter[i]));
    }
    differences += magnitudes > 0 && std::fabs(sum) < 0.1 * magnitudes;
  }
  return differences;
}

// The fewest inputs whose weights make up half of an output's magnitudes; the median output's.
int inputs_of_half(const FilterShape& shape, std::span<const float> filter) {
  std::vector<int> counts;
  std::vector<double> magnitudes(static_cast<std::size_t>(shape.in));
  for (int out = 0; out < shape.out; ++out) {
    double all = 0;
    for (int in = 0; in < shape.in; ++in) {
      const float weight = filter[static_cast<std::size_t>(in * shape.out + out)];
      magnitudes[static_cast<std::size_t>(in)] = std::fabs(static_cast<double>(weight));
      all += magnitudes[static_cast<std::size_t>(in)];
    }
    std::sort(magnitudes.begin(), magnitudes.end(), std::greater<>());
    double sum = 0;
    int count = 0;
    while (sum < all / 2) sum += magnitudes[static_cast<std::size_t>(count++)];
    counts.push_back(count);
  }
  std::nth_element(counts.begin(), counts.begin() + shape.out / 2, counts.end());
  return counts[static_cast<std::size_t>(shape.out / 2)];
}

}  // namespace

std::string takeaway(const Graph& graph, NodeId id, const NodeWeights& weights) {
  const FilterShape shape = filter_shape(graph, id);
  const std::string count = ui::grouped(shape.out);
  if (shape.kernel > 1) {
    return ui::format(
        "%d of %s kernels all but cancel out (|sum| below a tenth of the sum of "
        "magnitudes): they answer to edges and changes, not to brightness.",
        count_differences(shape, weights.filter), count.c_str());
  }
  return ui::format(
      "Every output mixes all %s inputs; half of the weight of a median output "
      "comes from %d of them.",
      ui::grouped(shape.in).c_str(), inputs_of_half(shape, weights.filter));
}

}  // namespace lens::weights
