#include "cli/assets.h"

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "cli/file.h"

#define JSON_NOEXCEPTION
#include "nlohmann/json.hpp"

namespace lens::cli {

namespace {

using nlohmann::json;

const char* const kFetch = "Run script/server --build-only to fetch the published files.";

// Members of a JSON object, and whether all that were asked for were there.
struct Fields {
  const json& object;
  bool complete = true;

  template <class Value>
  Value get(const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    if (found != object.end()) {
      if constexpr (std::is_same_v<Value, std::string>) {
        if (found->is_string()) return found->template get<std::string>();
      } else {
        if (found->is_number()) return found->template get<Value>();
      }
    }
    complete = false;
    return {};
  }
};

std::optional<AssetFile> parse_file(const json& entry) {
  Fields fields{entry};
  const AssetFile file{.name = fields.get<std::string>("name"),
                       .bytes = fields.get<std::int64_t>("bytes"),
                       .sha256 = fields.get<std::string>("sha256")};
  if (!fields.complete) return std::nullopt;
  return file;
}

std::optional<Asset> parse_asset(const json& entry) {
  Fields fields{entry};
  Asset asset{.kind = fields.get<std::string>("kind")};
  if (asset.kind == "model") {
    asset.model = fields.get<std::string>("model");
    asset.variant.width = fields.get<double>("width");
    asset.variant.resolution = fields.get<int>("resolution");
  }
  if (!fields.complete || !entry.contains("files")) return std::nullopt;
  for (const json& each : entry["files"]) {
    const std::optional<AssetFile> file = parse_file(each);
    if (!file) return std::nullopt;
    asset.files.push_back(*file);
  }
  if (asset.files.empty()) return std::nullopt;
  return asset;
}

std::string variable_or(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? value : otherwise;
}

// As script/assets.mjs has them.
std::string cache_folder() {
  return variable_or("XDG_CACHE_HOME", variable_or("HOME", ".") + "/.cache") +
         "/mobilenet-lens/assets";
}

std::string data_folder(const std::string& kind) {
  return variable_or("LENS_ASSETS", LENS_SOURCE_DIR "/../shared") +
         (kind == "photo" ? "/photos" : "/models");
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

Result<std::vector<std::uint8_t>> read_asset_file(const AssetFile& file, const std::string& kind) {
  const std::string cached = cache_folder() + "/" + file.sha256;
  const std::string local = data_folder(kind) + "/" + file.name;
  for (const std::string& path : {cached, local}) {
    if (!exists(path)) continue;
    Result<std::vector<std::uint8_t>> bytes = read_file(path);
    if (!bytes) return bytes.error();
    if (static_cast<std::int64_t>(bytes->size()) == file.bytes) return bytes;
    return Error{path + ": The file has " + std::to_string(bytes->size()) + " bytes, expected " +
                     std::to_string(file.bytes) + ".",
                 "Remove the file. " + std::string(kFetch)};
  }
  return Error{
      file.name + " is neither in " + cache_folder() + " nor in " + data_folder(kind) + ".",
      kFetch};
}

}  // namespace

Result<std::vector<Asset>> parse_manifest(const std::string& text) {
  const char* hint = "Restore assets/manifest.json from the repository.";
  const json manifest = json::parse(text, nullptr, false);
  if (!manifest.is_object() || !manifest.contains("assets")) {
    return Error{"The manifest is not a JSON object with a list of assets.", hint};
  }
  std::vector<Asset> assets;
  for (const json& entry : manifest["assets"]) {
    const std::optional<Asset> asset = parse_asset(entry);
    if (!asset) {
      return Error{"The manifest's asset " + std::to_string(assets.size()) + " is not complete.",
                   hint};
    }
    assets.push_back(*asset);
  }
  return assets;
}

Result<std::vector<Asset>> read_manifest() {
  const std::string path = LENS_SOURCE_DIR "/assets/manifest.json";
  const Result<std::vector<std::uint8_t>> bytes = read_file(path);
  if (!bytes) return bytes.error();
  Result<std::vector<Asset>> assets = parse_manifest({bytes->begin(), bytes->end()});
  if (!assets) return about(path, assets.error());
  return assets;
}

const Asset* find_weights(const std::vector<Asset>& assets, const ModelChoice& model) {
  for (const Asset& asset : assets) {
    const bool same =
        asset.kind == "model" && asset.model == model.entry->id && asset.variant == model.variant;
    if (same) return &asset;
  }
  return nullptr;
}

const Asset* find_labels(const std::vector<Asset>& assets) {
  for (const Asset& asset : assets) {
    if (asset.kind == "labels") return &asset;
  }
  return nullptr;
}

Result<std::vector<std::vector<std::uint8_t>>> read_asset(const Asset& asset) {
  std::vector<std::vector<std::uint8_t>> contents;
  for (const AssetFile& file : asset.files) {
    Result<std::vector<std::uint8_t>> bytes = read_asset_file(file, asset.kind);
    if (!bytes) return bytes.error();
    contents.push_back(std::move(bytes).value());
  }
  return contents;
}

}  // namespace lens::cli
