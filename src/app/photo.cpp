#include "app/photo.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

#include "models/catalog.h"

namespace lens {

namespace {

// Of four bytes each.
constexpr std::int64_t kKeptPixels = 1 << 20;

std::set<int> catalog_resolutions() {
  std::set<int> resolutions;
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) resolutions.insert(variant.resolution);
  }
  return resolutions;
}

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
  return !original.rgba.empty() || std::any_of(crops.begin(), crops.end(), [&](const Crop& crop) {
    return crop.size == resolution;
  });
}

const Crop& Photo::at(int resolution) const {
  for (const Crop& crop : crops) {
    if (crop.size == resolution) return crop;
  }
  assert(!original.rgba.empty());
  return crops.emplace_back(crop_photo(original.view(), resolution).value());
}

Result<Photo> prepare_photo(std::string name, const ImageView& image, std::uint64_t id) {
  Photo photo = {.name = std::move(name), .id = id};
  const bool small = std::int64_t{image.width} * image.height <= kKeptPixels;
  if (!small || image.channels != 4) return prepare(std::move(photo), image, catalog_resolutions());
  if (const auto error = check_image_size(image.width, image.height)) return *error;
  photo.width = image.width;
  photo.height = image.height;
  photo.original = {image.width, image.height, {image.bytes.begin(), image.bytes.end()}};
  return photo;
}

Result<Photo> prepare_live_photo(std::string name, const ImageView& image, std::uint64_t id,
                                 int resolution) {
  return prepare({.name = std::move(name), .id = id, .live = true}, image, {resolution});
}

}  // namespace lens
