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
  std::string name;
  int width = 0;
  int height = 0;
  std::uint64_t id = 0;     // differs between photos
  std::vector<Crop> crops;  // one per resolution of the catalog

  const Crop& at(int resolution) const;  // the resolution must be one of the catalog's (asserted)
};

Result<Photo> prepare_photo(std::string name, const ImageView& image, std::uint64_t id);

}  // namespace lens
