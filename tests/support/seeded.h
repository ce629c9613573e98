// Repeatable test data: a linear congruential generator, and tensors and weights filled from it.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/tensor.h"
#include "engine/weights.h"

namespace lens::test {

class Lcg {
 public:
  explicit Lcg(std::uint64_t seed) : state_(seed) { next(); }

  // Uniform in [-1, 1).
  float next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<float>(state_ >> 40) * (2.0f / 16777216.0f) - 1.0f;
  }

  // Uniform in [0, end).
  int below(int end) {
    const int value = static_cast<int>((next() + 1.0f) * 0.5f * static_cast<float>(end));
    return value < end ? value : end - 1;
  }

 private:
  std::uint64_t state_;
};

inline std::vector<float> seeded_floats(Lcg& lcg, std::size_t count, float range = 1.0f) {
  std::vector<float> values(count);
  for (float& value : values) value = lcg.next() * range;
  return values;
}

inline Tensor seeded_tensor(Lcg& lcg, Shape shape, float range = 1.0f) {
  Tensor tensor(shape);
  tensor.data = seeded_floats(lcg, shape.count(), range);
  return tensor;
}

// Scaled by the fan-in, so that activations neither vanish nor grow through a whole net.
inline NodeWeights seeded_filter(Lcg& lcg, const FilterShape& shape) {
  const int fan_in = shape.kernel * shape.kernel * shape.in;
  const float range = std::sqrt(6.0f / static_cast<float>(fan_in > 0 ? fan_in : 1));
  NodeWeights weights;
  weights.filter = seeded_floats(lcg, shape.count(), range);
  weights.bias = seeded_floats(lcg, static_cast<std::size_t>(shape.out), 0.2f);
  return weights;
}

inline Weights seeded_weights(const Graph& graph, std::uint64_t seed) {
  Lcg lcg(seed);
  Weights weights;
  for (NodeId id = 0; id < graph.size(); ++id) {
    weights.nodes.push_back(seeded_filter(lcg, filter_shape(graph, id)));
  }
  return weights;
}

}  // namespace lens::test
