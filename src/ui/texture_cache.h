// Pictures on the GPU, kept by key and thrown out least recently used first. The only holder of GL
// textures beside ImGui's font atlas; the GL calls themselves are in gpu.h.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "imgui.h"

namespace lens::ui {

struct Texture {
  ImTextureID id = {};
  int width = 0;
  int height = 0;
};

// Width x height RGBA pixels, row by row.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> rgba;
};

class TextureCache {
 public:
  explicit TextureCache(std::size_t capacity_bytes = 64u << 20) : capacity_(capacity_bytes) {}

  TextureCache(const TextureCache&) = delete;
  TextureCache& operator=(const TextureCache&) = delete;

  ~TextureCache() { clear(); }

  // The texture of this key; `paint` is called for its pixels only when it is not there yet.
  template <class Paint>
  Texture get(const std::string& key, Paint&& paint) {
    if (const Entry* entry = touch(key)) return entry->texture;
    return insert(key, paint());
  }

  // Deletes all textures: they come back when asked for. After a lost WebGL context the names are
  // void, and `forget` drops them without a call to GL.
  void clear();

  void forget() { entries_.clear(), bytes_ = 0; }

 private:
  struct Entry {
    std::string key;
    Texture texture;
    std::size_t bytes = 0;
    std::uint64_t used = 0;
  };

  const Entry* touch(const std::string& key);
  Texture insert(const std::string& key, const Picture& picture);
  void evict_until(std::size_t bytes);

  std::size_t capacity_;
  std::size_t bytes_ = 0;
  std::uint64_t clock_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace lens::ui
