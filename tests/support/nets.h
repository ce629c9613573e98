// Whole models with seeded weights for tests: a catalog entry at a small resolution.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "engine/model.h"
#include "models/catalog.h"
#include "support/seeded.h"

namespace lens::test {

inline std::shared_ptr<const Model> seeded_model(std::string_view id, int resolution,
                                                 std::uint64_t seed = 1) {
  Graph graph = find_model(id)->build({1.0, resolution}, 10);
  Weights weights = seeded_weights(graph, seed);
  return Model::create(std::move(graph), std::move(weights), {}).value();
}

inline Tensor seeded_input(const Model& model, std::uint64_t seed = 2) {
  Lcg lcg(seed);
  return seeded_tensor(lcg, model.graph().node(0).out);
}

}  // namespace lens::test
