#include "app/photo.h"

#include <set>

#include "models/catalog.h"

namespace lens {

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
  Photo photo = {
      .name = std::move(name), .width = image.width, .height = image.height, .id = id, .crops = {}};
  for (const int resolution : resolutions) {
    Result<Crop> crop = crop_photo(image, resolution);
    if (!crop) return crop.error();
    photo.crops.push_back(std::move(crop).value());
  }
  return photo;
}

}  // namespace lens
