// Storage that begins on a cache line, so that no 16-byte load straddles two of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace lens {

constexpr std::size_t kCacheLineBytes = 64;
constexpr std::size_t kCacheLineFloats = kCacheLineBytes / sizeof(float);

template <class T>
struct CacheLineAllocator {
  using value_type = T;

  CacheLineAllocator() = default;

  template <class U>
  CacheLineAllocator(const CacheLineAllocator<U>&) {}

  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new (count * sizeof(T), std::align_val_t{kCacheLineBytes}));
  }

  void deallocate(T* at, std::size_t) { ::operator delete (at, std::align_val_t{kCacheLineBytes}); }

  bool operator==(const CacheLineAllocator&) const { return true; }
};

// For what is written before it is read: a vector's new elements are left as they are. Megabytes of
// zeros cost a fifth of a first run.
template <class T>
struct UnsetAllocator : CacheLineAllocator<T> {
  using value_type = T;

  UnsetAllocator() = default;

  template <class U>
  UnsetAllocator(const UnsetAllocator<U>&) {}

  template <class U>
  void construct(U* at) {
    ::new (static_cast<void*>(at)) U;
  }
};

using UnsetFloats = std::vector<float, UnsetAllocator<float>>;
using AlignedFloats = std::vector<float, CacheLineAllocator<float>>;
using AlignedShorts = std::vector<std::int16_t, CacheLineAllocator<std::int16_t>>;
using AlignedBytes = std::vector<std::uint8_t, CacheLineAllocator<std::uint8_t>>;

constexpr std::size_t round_up_to_cache_line(std::size_t floats) {
  return (floats + kCacheLineFloats - 1) / kCacheLineFloats * kCacheLineFloats;
}

}  // namespace lens
