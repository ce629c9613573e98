// A visitor's photo, ready for every resolution that a model of the catalog reads. A large one is
// made ready at once and let go; a small one is kept and cropped when a resolution is first asked
// for, because the first prediction waits for one of them only.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/result.h"
#include "image/preprocess.h"

namespace lens {

struct Photo {
  std::string name = {};
  int width = 0;
  int height = 0;
  std::uint64_t id = 0;  // differs between photos
  bool live = false;     // of the camera: the next is on its way

  bool has(int resolution) const;        // false: of a live picture only one is there
  const Crop& at(int resolution) const;  // must be there (asserted); stays where it is

  Image original = {};                  // empty when it has been let go
  mutable std::deque<Crop> crops = {};  // those made so far
};

Result<Photo> prepare_photo(std::string name, const ImageView& image, std::uint64_t id);
Result<Photo> prepare_live_photo(std::string name, const ImageView& image, std::uint64_t id,
                                 int resolution);

}  // namespace lens
