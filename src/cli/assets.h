// The published files as assets/manifest.json lists them, and where on this machine they are: the
// cache that script/assets.mjs fills, else the folder LENS_ASSETS. Downloads nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command_line.h"

namespace lens::cli {

struct AssetFile {
  std::string name;
  std::int64_t bytes = 0;
  std::string sha256;
};

struct Asset {
  std::string kind;        // "model", "labels", "photo"
  std::string model = {};  // the catalog's id; models only, as the next two
  Variant variant = {};
  std::vector<AssetFile> files = {};
};

// Text of a manifest. Entries that lack something are an error: the file is ours.
Result<std::vector<Asset>> parse_manifest(const std::string& text);

// The repository's own manifest.
Result<std::vector<Asset>> read_manifest();

// The published weights of a model; of several, the first in the list. nullptr when there are none.
const Asset* find_weights(const std::vector<Asset>& assets, const ModelChoice& model);

const Asset* find_labels(const std::vector<Asset>& assets);

// The contents of all files of an asset. Fails when one is nowhere, or has not the bytes that the
// manifest says.
Result<std::vector<std::vector<std::uint8_t>>> read_asset(const Asset& asset);

}  // namespace lens::cli
