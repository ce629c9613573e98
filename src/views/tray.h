// Photos whose gates are compared, as a view sees them. app/gate_tray.h fills it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lens {

struct TrayPhoto {
  enum class State { loading, waiting, done, failed };

  int id = 0;
  std::string name;  // of its file
  State state = State::loading;
  std::string problem;                   // why it failed
  int resolution = 0;                    // of `pixels`: what the network reads, RGB;
  std::span<const std::uint8_t> pixels;  // empty until they have come
  int output = -1;                       // most likely channel of head.logits, once done
  float probability = 0;
  std::vector<std::vector<float>> gates;  // by squeeze-and-excite block, once done
};

}  // namespace lens
