// A visitor's photo, made ready once for every resolution that a model of the catalog reads, so
// that switching models needs no second look at the original.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "image/preprocess.h"

namespace lens {

struct Photo {
  std::string name = {};
  int width = 0;
  int height = 0;
  std::uint64_t id = 0;          // differs between photos
  std::vector<Crop> crops = {};  // one per resolution of the catalog; of a live picture, one
  bool live = false;             // of the camera: the next is on its way

  bool has(int resolution) const;
  const Crop& at(int resolution) const;  // must be there (asserted)
};

Result<Photo> prepare_photo(std::string name, const ImageView& image, std::uint64_t id);
Result<Photo> prepare_live_photo(std::string name, const ImageView& image, std::uint64_t id,
                                 int resolution);

}  // namespace lens
