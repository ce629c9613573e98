// Equality of floats by their bits: unlike ==, it tells 0 from -0 and finds a NaN equal to itself.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>

namespace lens::test {

inline std::uint32_t bits(float value) {
  std::uint32_t result;
  std::memcpy(&result, &value, sizeof result);
  return result;
}

inline bool same_bits(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

}  // namespace lens::test
