// Whole files from the disk.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace lens::cli {

// Fails, naming the path, when it cannot be read or has more than half a gigabyte.
Result<std::vector<std::uint8_t>> read_file(const std::string& path);

// The same error, told of a file: "photo.png: The file is empty.".
Error about(const std::string& path, const Error& error);

}  // namespace lens::cli
