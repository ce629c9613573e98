// Seeded random numbers that are the same bits on every machine and in every browser: integers,
// comparisons and the four operations only, since logarithms and cosines differ between maths
// libraries. For demos; not for secrets.
#pragma once

#include <cstdint>

namespace lens::demos {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
  std::uint64_t bits();

  // In [0, 1), a multiple of 2^-53.
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

  // Standard normal, by comparing uniforms alone (no rounding but that of the uniforms).
  // Karney, "Sampling exactly from the normal distribution", ACM TOMS 42 (2016), algorithm N.
  double normal();

 private:
  // True with probability exp(-x), 0 <= x <= 1: the length of a falling run of uniforms below x is
  // even. Von Neumann, 1951.
  bool chance_of_exp_minus(double x);

  std::uint64_t state_;
};

}  // namespace lens::demos
