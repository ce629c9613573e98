// The two estimates of a layer's sum: where they agree, they are the specification's number.
#include <cstdlib>
#include <vector>

#include "catch2/catch.hpp"
#include "engine/kernels/requantize_simd.h"
#include "support/seeded.h"

namespace lens {

namespace {

struct Outcome {
  int wrong = 0;    // agreed on another number
  int decided = 0;  // of all
};

Outcome compare(const std::vector<std::int32_t>& sums, FixedPoint factor, int zero) {
  const F32x4 lower[] = {simd::splat(below(factor.real())), simd::splat(below(factor.real()))};
  const F32x4 upper[] = {simd::splat(above(factor.real())), simd::splat(above(factor.real()))};
  Outcome outcome;
  for (const std::int32_t sum : sums) {
    const I32x4 all = simd::splat_word(sum);
    const Bracketed estimate = bracket(all, all, lower, upper, simd::constant(kRoundingShift),
                                       simd::splat_word(kRoundingShiftBits - zero));
    if (simd::any_set(estimate.differing)) continue;
    ++outcome.decided;
    std::int16_t numbers[8];
    simd::store_shorts(numbers, estimate.numbers);
    outcome.wrong += numbers[0] != multiply(sum, factor) + zero || numbers[7] != numbers[0];
  }
  return outcome;
}

}  // namespace

TEST_CASE("requantize: two estimates that agree are the exact number", "[engine][kernels][int8]") {
  test::Lcg lcg(61);
  for (int i = 0; i < 200; ++i) {
    const FixedPoint factor = *to_fixed_point(std::abs(lcg.next()) * 0.02 + 1e-5);
    std::vector<std::int32_t> sums;
    for (int k = 0; k < 500; ++k) {
      sums.push_back(
          static_cast<std::int32_t>(lcg.next() * 300 / static_cast<float>(factor.real())));
    }
    const Outcome outcome = compare(sums, factor, 7);
    CHECK(outcome.wrong == 0);
    CHECK(outcome.decided > 480);  // the exact way is the rare one
  }
}

TEST_CASE("requantize: a tie is never decided, its neighbours are right",
          "[engine][kernels][int8]") {
  // Sums that stand exactly in the middle at a power of two, and one more or less than that.
  for (const int shift : {1, 2, 6, 12}) {
    const FixedPoint factor = *to_fixed_point(1.0 / (1 << shift));
    for (int n = -300; n < 300; ++n) {
      const int tie = n * (1 << shift) + (1 << (shift - 1));
      CHECK(compare({tie}, factor, 0).decided == 0);
      CHECK(compare({tie - 1, tie + 1}, factor, 0).wrong == 0);
    }
  }
}

TEST_CASE("requantize: beyond 24 bits a sum is no float, its number still exact",
          "[engine][kernels][int8]") {
  test::Lcg lcg(62);
  const FixedPoint factor = *to_fixed_point(1.7e-7);
  std::vector<std::int32_t> sums;
  for (int k = 0; k < 5000; ++k) sums.push_back((1 << 24) + lcg.below(2000000000));
  const Outcome outcome = compare(sums, factor, 0);
  CHECK(outcome.wrong == 0);
  CHECK(outcome.decided > 4900);
}

}  // namespace lens
