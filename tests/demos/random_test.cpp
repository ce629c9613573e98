#include "demos/random.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "catch2/catch.hpp"

using lens::demos::Random;

TEST_CASE("random: bits are the published SplitMix64 sequence", "[demos]") {
  Random random(1234567);
  REQUIRE(random.bits() == 6457827717110365317u);
  REQUIRE(random.bits() == 3203168211198807973u);
  REQUIRE(random.bits() == 9817491932198370423u);
  REQUIRE(Random(0).bits() == 0xE220A8397B1DCDAFu);
}

TEST_CASE("random: normal numbers are the same bits on every machine", "[demos]") {
  // From a transcription of the algorithm into Python.
  Random random(1);
  for (const double expected :
       {0x1.be6db6b9bd314p-2, -0x1.990cd70b12c5dp+0, 0x1.165c0488bc97cp-1, -0x1.c050a524b49b9p-1,
        0x1.c63ab9c0d0970p-1, 0x1.bcf35b6db5f3cp+0}) {
    REQUIRE(random.normal() == expected);
  }
}

TEST_CASE("random: normal numbers follow the normal distribution", "[demos]") {
  constexpr int kCount = 100000;
  Random random(7);
  std::vector<double> numbers(kCount);
  for (double& number : numbers) number = random.normal();
  std::sort(numbers.begin(), numbers.end());
  double largest_gap = 0;  // Kolmogorov-Smirnov
  for (int i = 0; i < kCount; ++i) {
    const double below = 0.5 * std::erfc(-numbers[static_cast<std::size_t>(i)] / std::sqrt(2.0));
    largest_gap = std::max({largest_gap, std::abs(below - static_cast<double>(i) / kCount),
                            std::abs(below - static_cast<double>(i + 1) / kCount)});
  }
  // Exceeded by chance once in a hundred thousand samples.
  REQUIRE(largest_gap < 2.47 / std::sqrt(kCount));
  REQUIRE(numbers.front() < -3.5);
  REQUIRE(numbers.back() > 3.5);
}
