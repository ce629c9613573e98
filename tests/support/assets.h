// The models, photos and golden answers that tests read: from the folder named by the environment
// variable LENS_ASSETS, else from ../shared beside the repository.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lens::test {

// relative: "golden/chelsea.224.rgb".
std::string asset_path(const std::string& relative);

// Fails the test, naming the path, when the file cannot be read.
std::vector<std::uint8_t> read_asset(const std::string& relative);
std::string read_asset_text(const std::string& relative);

}  // namespace lens::test
