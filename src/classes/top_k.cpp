#include "classes/top_k.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "classes/labels.h"

namespace lens {

std::vector<int> top_k(std::span<const float> values, int k, std::span<const float> ties) {
  assert(k >= 0);
  assert(ties.empty() || ties.size() == values.size());
  const auto key = [](std::span<const float> of, int index) {
    if (of.empty()) return 0.0f;
    const float value = of[static_cast<std::size_t>(index)];
    return std::isnan(value) ? -std::numeric_limits<float>::infinity() : value;
  };
  std::vector<int> indices(values.size());
  std::iota(indices.begin(), indices.end(), 0);
  const auto count = std::min(static_cast<std::size_t>(k), values.size());
  const auto rank = [&](int index) {
    return std::tuple(-key(values, index), -key(ties, index), index);
  };
  std::partial_sort(indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(count),
                    indices.end(), [&](int a, int b) { return rank(a) < rank(b); });
  indices.resize(count);
  return indices;
}

int background_outputs(std::size_t output_count) {
  return output_count == kImageNetClasses + 1 ? 1 : 0;
}

std::vector<Prediction> top_predictions(std::span<const float> probabilities, int k,
                                        std::span<const float> logits) {
  const int background = background_outputs(probabilities.size());
  const auto of_classes = [&](std::span<const float> outputs) {
    return outputs.empty() ? outputs : outputs.subspan(static_cast<std::size_t>(background));
  };
  const auto classes = of_classes(probabilities);
  std::vector<Prediction> predictions;
  for (const int class_id : top_k(classes, k, of_classes(logits))) {
    predictions.push_back({.class_id = class_id,
                           .output = class_id + background,
                           .probability = classes[static_cast<std::size_t>(class_id)]});
  }
  return predictions;
}

}  // namespace lens
