#include "cli/assets.h"

#include "catch2/catch.hpp"

using lens::cli::Asset;

namespace {

const char* const kManifest = R"({"assets": [
  {"id": "a", "kind": "model", "model": "v1", "width": 0.75, "resolution": 192,
   "files": [{"name": "a.tflite", "url": "https://x/a", "bytes": 7, "sha256": "aa"}]},
  {"id": "b", "kind": "model", "model": "v1", "width": 0.75, "resolution": 192,
   "files": [{"name": "b.tflite", "url": "https://x/b", "bytes": 8, "sha256": "bb"}]},
  {"id": "l", "kind": "labels",
   "files": [{"name": "l.txt", "url": "https://x/l", "bytes": 9, "sha256": "cc"}]}]})";

lens::cli::ModelChoice choice(const char* id, double width, int resolution) {
  return {.entry = lens::find_model(id), .variant = {.width = width, .resolution = resolution}};
}

}  // namespace

TEST_CASE("manifest: the first of several files for a variant is the one", "[cli]") {
  const auto assets = lens::cli::parse_manifest(kManifest);
  REQUIRE(assets.ok());
  const Asset* weights = lens::cli::find_weights(*assets, choice("v1", 0.75, 192));
  REQUIRE(weights != nullptr);
  CHECK(weights->files[0].name == "a.tflite");
  CHECK(weights->files[0].bytes == 7);
  CHECK(weights->files[0].sha256 == "aa");
  CHECK(lens::cli::find_weights(*assets, choice("v1", 0.75, 224)) == nullptr);
  CHECK(lens::cli::find_weights(*assets, choice("v2", 0.75, 192)) == nullptr);
  REQUIRE(lens::cli::find_labels(*assets) != nullptr);
  CHECK(lens::cli::find_labels(*assets)->files[0].name == "l.txt");
}

TEST_CASE("manifest: what is not one is refused with a sentence", "[cli]") {
  const std::string text = GENERATE(
      as<std::string>(), "", "[]", "{}", "{", R"({"assets": [1]})", R"({"assets": [{"kind": 1}]})",
      R"({"assets": [{"kind": "labels", "files": []}]})", R"({"assets": [{"kind": "labels"}]})",
      R"({"assets": [{"kind": "model", "model": "v1", "files": [{"name": "x"}]}]})");
  INFO(text);
  const auto assets = lens::cli::parse_manifest(text);
  REQUIRE_FALSE(assets.ok());
  CHECK(assets.error().message.back() == '.');
}

TEST_CASE("manifest: ours names weights for every variant of the catalog but V3-Large", "[cli]") {
  const auto assets = lens::cli::read_manifest();
  REQUIRE(assets.ok());
  for (const lens::CatalogEntry& entry : lens::catalog()) {
    for (const lens::Variant& variant : entry.variants) {
      INFO(entry.id << " " << variant.width << " at " << variant.resolution);
      const Asset* weights =
          lens::cli::find_weights(*assets, {.entry = &entry, .variant = variant});
      CHECK((weights != nullptr) == (entry.id != "v3-large"));
    }
  }
}
