#include "support/assets.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "catch2/catch.hpp"

namespace lens::test {

std::string asset_path(const std::string& relative) {
  const char* folder = std::getenv("LENS_ASSETS");
  return std::string(folder ? folder : LENS_SOURCE_DIR "/../shared") + "/" + relative;
}

std::string read_asset_text(const std::string& relative) {
  const std::string path = asset_path(relative);
  std::ifstream file(path, std::ios::binary);
  INFO("reading " << path << " (set LENS_ASSETS to the folder that holds the test data)");
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::uint8_t> read_asset(const std::string& relative) {
  const std::string text = read_asset_text(relative);
  return {text.begin(), text.end()};
}

}  // namespace lens::test
