// The published models that tests have, and how each becomes a model of ours. For test binaries
// that link lens_weights and lens_models.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "catch2/catch.hpp"
#include "models/catalog.h"
#include "support/assets.h"
#include "weights/bind.h"

namespace lens::test {

struct PublishedModel {
  const char* golden;  // its name in golden/*.json
  const char* model;   // catalog id
  Variant variant;
  std::vector<std::string> files;  // in models/
  int classes;
  FileKind kind;
};

inline std::vector<PublishedModel> published_models() {
  return {
      {"v1-1.0",
       "v1",
       {1.0, 224},
       {"mobilenet_v1_1.0_224_quant_embedding_extractor.tflite",
        "mobilenet_quant_v1_224_head_layers.tflite"},
       1001,
       FileKind::uint8_per_tensor},
      {"v1-0.75-224",
       "v1",
       {0.75, 224},
       {"mobilenet_v1_0.75_224_quant.tflite"},
       1001,
       FileKind::uint8_per_tensor},
      {"v1-0.75-192",
       "v1",
       {0.75, 192},
       {"mobilenet_v1_0.75_192_quant.tflite"},
       1001,
       FileKind::uint8_per_tensor},
      {"v1-0.25-128",
       "v1",
       {0.25, 128},
       {"mobilenet_v1_0.25_128_quant.tflite"},
       1001,
       FileKind::uint8_per_tensor},
      {"v2-1.0",
       "v2",
       {1.0, 224},
       {"mobilenet_v2_1.0_224_quant.tflite"},
       1001,
       FileKind::uint8_per_tensor},
      {"v2-1.0-per-channel",
       "v2",
       {1.0, 224},
       {"mobilenet_v2_1_0_quant.tflite"},
       1000,
       FileKind::int8_per_channel},
      {"v3-small",
       "v3-small",
       {1.0, 224},
       {"v3-small_224_1.0_uint8.tflite"},
       1001,
       FileKind::uint8_per_tensor},
  };
}

inline PublishedModel published_model(const std::string& golden) {
  for (PublishedModel& published : published_models()) {
    if (published.golden == golden) return std::move(published);
  }
  FAIL("no published model is called " << golden);
  return {};
}

inline std::vector<TfliteFile> read_models(const std::vector<std::string>& names) {
  std::vector<std::vector<std::uint8_t>> bytes;
  for (const std::string& name : names) bytes.push_back(read_asset("models/" + name));
  auto files = read_tflite_files(std::move(bytes));
  REQUIRE(files.ok());
  return std::move(files).value();
}

inline Result<ImportedModel> import_as(const std::vector<std::string>& names, const char* model,
                                       Variant variant) {
  const CatalogEntry* entry = find_model(model);
  REQUIRE(entry != nullptr);
  return import_tflite(read_models(names),
                       [&](int classes) { return entry->build(variant, classes); });
}

inline ImportedModel import_published(const PublishedModel& published) {
  auto model = import_as(published.files, published.model, published.variant);
  INFO((model.ok() ? "" : model.error().message));
  REQUIRE(model.ok());
  return std::move(model).value();
}

}  // namespace lens::test
