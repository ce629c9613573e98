// i8x16.h in plain C++, for machines without any of the others.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "engine/simd/f32x4_scalar.h"

namespace lens::simd_scalar {

struct I8x16 {
  std::uint8_t lane[16];
};

struct I16x8 {
  std::int16_t lane[8];
};

struct I32x4 {
  std::int32_t lane[4];
};

inline I8x16 load_bytes(const void* from) {
  I8x16 a;
  std::memcpy(a.lane, from, 16);
  return a;
}

inline I8x16 load_bytes8(const void* from) {
  I8x16 a = {};
  std::memcpy(a.lane, from, 8);
  return a;
}

inline I8x16 load_word_splat(const void* from) {
  I8x16 a;
  for (int i = 0; i < 4; ++i) std::memcpy(a.lane + 4 * i, from, 4);
  return a;
}

inline I8x16 splat_byte(int value) {
  I8x16 a;
  for (std::uint8_t& lane : a.lane) lane = static_cast<std::uint8_t>(value);
  return a;
}

inline void store_bytes(void* to, I8x16 a) {
  std::memcpy(to, a.lane, 16);
}

inline void store_bytes8(void* to, I8x16 a) {
  std::memcpy(to, a.lane, 8);
}

inline void store_bytes8_high(void* to, I8x16 a) {
  std::memcpy(to, a.lane + 8, 8);
}

inline I8x16 flip_signs(I8x16 a) {
  for (std::uint8_t& lane : a.lane) lane ^= 0x80;
  return a;
}

// `size` bytes of a, `size` of b, in turn, from their byte `begin` on.
inline I8x16 interleave(const I8x16& a, const I8x16& b, int begin, int size) {
  I8x16 mixed;
  for (int i = 0; i < 16; ++i) {
    const I8x16& from = i / size % 2 == 0 ? a : b;
    mixed.lane[i] = from.lane[begin + i / (2 * size) * size + i % size];
  }
  return mixed;
}

inline I8x16 interleave_low(I8x16 a, I8x16 b) {
  return interleave(a, b, 0, 1);
}

inline I8x16 interleave_high(I8x16 a, I8x16 b) {
  return interleave(a, b, 8, 1);
}

inline I8x16 interleave_pairs_low(I8x16 a, I8x16 b) {
  return interleave(a, b, 0, 2);
}

inline I8x16 interleave_pairs_high(I8x16 a, I8x16 b) {
  return interleave(a, b, 8, 2);
}

inline I8x16 interleave_words_low(I8x16 a, I8x16 b) {
  return interleave(a, b, 0, 4);
}

inline I8x16 interleave_words_high(I8x16 a, I8x16 b) {
  return interleave(a, b, 8, 4);
}

inline I8x16 clamp(I8x16 a, I8x16 low, I8x16 high) {
  for (int i = 0; i < 16; ++i) {
    a.lane[i] = std::min(std::max(a.lane[i], low.lane[i]), high.lane[i]);
  }
  return a;
}

inline I16x8 extend_bytes(const std::uint8_t* from) {
  I16x8 a;
  for (int i = 0; i < 8; ++i) a.lane[i] = from[i];
  return a;
}

inline I16x8 extend_low(I8x16 a) {
  return extend_bytes(a.lane);
}

inline I16x8 extend_high(I8x16 a) {
  return extend_bytes(a.lane + 8);
}

inline I16x8 load_shorts(const std::int16_t* from) {
  I16x8 a;
  std::memcpy(a.lane, from, 16);
  return a;
}

inline void store_shorts(std::int16_t* to, I16x8 a) {
  std::memcpy(to, a.lane, 16);
}

inline I16x8 load_pair_splat(const std::int16_t* from) {
  I16x8 a;
  for (int i = 0; i < 8; ++i) a.lane[i] = from[i % 2];
  return a;
}

inline I16x8 interleave_low(I16x8 a, I16x8 b) {
  I16x8 both;
  for (int i = 0; i < 8; ++i) both.lane[i] = (i % 2 == 0 ? a : b).lane[i / 2];
  return both;
}

inline I16x8 interleave_high(I16x8 a, I16x8 b) {
  I16x8 both;
  for (int i = 0; i < 8; ++i) both.lane[i] = (i % 2 == 0 ? a : b).lane[4 + i / 2];
  return both;
}

inline I32x4 load_words(const std::int32_t* from) {
  return {{from[0], from[1], from[2], from[3]}};
}

inline void store_words(std::int32_t* to, I32x4 a) {
  for (int i = 0; i < 4; ++i) to[i] = a.lane[i];
}

inline I32x4 computed_here(I32x4 a) {
  return a;
}

inline I32x4 splat_word(std::int32_t value) {
  return {{value, value, value, value}};
}

inline I32x4 add(I32x4 a, I32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] += b.lane[i];
  return a;
}

inline I32x4 sub(I32x4 a, I32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] -= b.lane[i];
  return a;
}

inline I32x4 dot(I16x8 a, I16x8 b) {
  I32x4 sums;
  for (int i = 0; i < 4; ++i) {
    sums.lane[i] = a.lane[2 * i] * b.lane[2 * i] + a.lane[2 * i + 1] * b.lane[2 * i + 1];
  }
  return sums;
}

inline I32x4 widen(I8x16 a, int quarter) {
  I32x4 wide;
  for (int i = 0; i < 4; ++i) wide.lane[i] = a.lane[4 * quarter + i];
  return wide;
}

inline I16x8 narrow(I32x4 a, I32x4 b) {
  I16x8 narrowed;
  for (int i = 0; i < 8; ++i) {
    const std::int32_t value = i < 4 ? a.lane[i] : b.lane[i - 4];
    narrowed.lane[i] = static_cast<std::int16_t>(std::clamp(value, -32768, 32767));
  }
  return narrowed;
}

inline I8x16 narrow(I16x8 a, I16x8 b) {
  I8x16 narrowed;
  for (int i = 0; i < 16; ++i) {
    const int value = i < 8 ? a.lane[i] : b.lane[i - 8];
    narrowed.lane[i] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
  }
  return narrowed;
}

inline I32x4 differing(I32x4 a, I32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] ^= b.lane[i];
  return a;
}

inline I32x4 either(I32x4 a, I32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] |= b.lane[i];
  return a;
}

inline bool any_set(I32x4 a) {
  return (a.lane[0] | a.lane[1] | a.lane[2] | a.lane[3]) != 0;
}

inline F32x4 to_float(I32x4 a) {
  F32x4 floats;
  for (int i = 0; i < 4; ++i) floats.lane[i] = static_cast<float>(a.lane[i]);
  return floats;
}

inline I32x4 bits(F32x4 a) {
  I32x4 words;
  std::memcpy(words.lane, a.lane, 16);
  return words;
}

inline F32x4 sub(F32x4 a, F32x4 b) {
  for (int i = 0; i < 4; ++i) a.lane[i] -= b.lane[i];
  return a;
}

inline F32x4 magnitude(F32x4 a) {
  for (float& lane : a.lane) lane = lane < 0 ? -lane : lane;
  return a;
}

inline bool any_above(F32x4 a, F32x4 limit) {
  bool found = false;
  for (int i = 0; i < 4; ++i) found = found || a.lane[i] > limit.lane[i];
  return found;
}

}  // namespace lens::simd_scalar
