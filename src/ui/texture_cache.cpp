#include "ui/texture_cache.h"

#include <algorithm>

#include "ui/gpu.h"

namespace lens::ui {

const TextureCache::Entry* TextureCache::touch(const std::string& key) {
  for (Entry& entry : entries_) {
    if (entry.key != key) continue;
    entry.used = ++clock_;
    return &entry;
  }
  return nullptr;
}

Texture TextureCache::insert(const std::string& key, const Picture& picture) {
  const std::size_t size = picture.rgba.size() * sizeof(std::uint32_t);
  evict_until(size < capacity_ ? capacity_ - size : 0);
  const Texture texture = {gpu::create_texture(picture.width, picture.height, picture.rgba.data()),
                           picture.width, picture.height};
  entries_.push_back({key, texture, size, ++clock_});
  bytes_ += size;
  return texture;
}

void TextureCache::evict_until(std::size_t bytes) {
  while (bytes_ > bytes && !entries_.empty()) {
    const auto oldest =
        std::min_element(entries_.begin(), entries_.end(),
                         [](const Entry& a, const Entry& b) { return a.used < b.used; });
    gpu::delete_texture(oldest->texture.id);
    bytes_ -= oldest->bytes;
    entries_.erase(oldest);
  }
}

void TextureCache::clear() {
  for (const Entry& entry : entries_) gpu::delete_texture(entry.texture.id);
  forget();
}

}  // namespace lens::ui
