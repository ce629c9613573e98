#include "cli/file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace lens::cli {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{512} << 20;

Error unreadable(const std::string& path) {
  return {path + ": The file cannot be read: " + std::strerror(errno) + ".", "Check the path."};
}

}  // namespace

Result<std::vector<std::uint8_t>> read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) return unreadable(path);
  std::vector<std::uint8_t> bytes;
  std::uint8_t block[1 << 16];
  while (const std::size_t count = std::fread(block, 1, sizeof block, file.get())) {
    bytes.insert(bytes.end(), block, block + count);
    if (bytes.size() > kMaxBytes) {
      return Error{path + ": The file is larger than 512 MiB.", "Choose a smaller file."};
    }
  }
  if (std::ferror(file.get())) return unreadable(path);
  return bytes;
}

Error about(const std::string& path, const Error& error) {
  return {path + ": " + error.message, error.hint};
}

}  // namespace lens::cli
