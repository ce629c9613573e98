#include "classes/top_k.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "classes/labels.h"

namespace lens {

std::vector<int> top_k(std::span<const float> values, int k) {
  assert(k >= 0);
  const auto key = [&](int index) {
    const float value = values[static_cast<std::size_t>(index)];
    return std::isnan(value) ? -std::numeric_limits<float>::infinity() : value;
  };
  std::vector<int> indices(values.size());
  std::iota(indices.begin(), indices.end(), 0);
  const auto count = std::min(static_cast<std::size_t>(k), values.size());
  std::partial_sort(indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(count),
                    indices.end(),
                    [&](int a, int b) { return key(a) > key(b) || (key(a) == key(b) && a < b); });
  indices.resize(count);
  return indices;
}

int background_outputs(std::size_t output_count) {
  return output_count == kImageNetClasses + 1 ? 1 : 0;
}

std::vector<Prediction> top_predictions(std::span<const float> probabilities, int k) {
  const int background = background_outputs(probabilities.size());
  const auto classes = probabilities.subspan(static_cast<std::size_t>(background));
  std::vector<Prediction> predictions;
  for (const int class_id : top_k(classes, k)) {
    predictions.push_back({.class_id = class_id,
                           .output = class_id + background,
                           .probability = classes[static_cast<std::size_t>(class_id)]});
  }
  return predictions;
}

}  // namespace lens
