#include "app/photo.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

#include "models/catalog.h"

namespace lens {

namespace {

Result<Photo> prepare(Photo photo, const ImageView& image, const std::set<int>& resolutions) {
  photo.width = image.width;
  photo.height = image.height;
  for (const int resolution : resolutions) {
    Result<Crop> crop = crop_photo(image, resolution);
    if (!crop) return crop.error();
    photo.crops.push_back(std::move(crop).value());
  }
  return photo;
}

}  // namespace

bool Photo::has(int resolution) const {
  return std::any_of(crops.begin(), crops.end(),
                     [&](const Crop& crop) { return crop.size == resolution; });
}

const Crop& Photo::at(int resolution) const {
  for (const Crop& crop : crops) {
    if (crop.size == resolution) return crop;
  }
  assert(false);
  return crops.front();
}

Result<Photo> prepare_photo(std::string name, const ImageView& image, std::uint64_t id) {
  std::set<int> resolutions;
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) resolutions.insert(variant.resolution);
  }
  return prepare({.name = std::move(name), .id = id}, image, resolutions);
}

Result<Photo> prepare_live_photo(std::string name, const ImageView& image, std::uint64_t id,
                                 int resolution) {
  return prepare({.name = std::move(name), .id = id, .live = true}, image, {resolution});
}

}  // namespace lens
