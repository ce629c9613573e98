// What both precisions' golden tests share: a published model with the answers that another program
// gave for it, and its runs on the photos.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "image/preprocess.h"
#include "nlohmann/json.hpp"
#include "support/assets.h"
#include "support/published.h"

namespace lens::test {

using nlohmann::json;

// Sanitizers slow a run down twentyfold: one photo per model is enough for them.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kFewPhotos = true;
#else
constexpr bool kFewPhotos = false;
#endif

const char* const kPhotos[] = {"chelsea.png", "bird.bmp", "cat.bmp", "coffee.png", "rocket.jpg"};

struct Golden {
  ImportedModel imported;
  std::shared_ptr<const Model> model;
  json expected;
};

// answers: "float32.json" or "outputs.json".
inline Golden load_golden(const std::string& answers, const char* name) {
  Golden golden;
  golden.imported = import_published(published_model(name));
  auto model = Model::create(golden.imported.graph, golden.imported.weights, golden.imported.input,
                             golden.imported.quantized);
  REQUIRE(model.ok());
  golden.model = std::move(model).value();
  golden.expected = json::parse(read_asset_text("golden/" + answers)).at(name);
  return golden;
}

inline std::shared_ptr<const Snapshot> run_photo(const Golden& golden, const std::string& photo,
                                                 const RunOptions& options = {}) {
  const Shape shape = golden.model->graph().node(0).out;
  const std::string stem = photo.substr(0, photo.find('.'));
  Crop crop;
  crop.size = shape.h;
  crop.rgb = read_asset("golden/" + stem + "." + std::to_string(shape.h) + ".rgb");
  REQUIRE(crop.rgb.size() == shape.count());
  const Tensor input = scale_pixels(crop, golden.model->input());
  return run(golden.model, input.view(), options);
}

inline std::size_t argmax(std::span<const float> values) {
  return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
}

}  // namespace lens::test
