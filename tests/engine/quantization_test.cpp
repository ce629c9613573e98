// The specification's arithmetic on bytes, by hand and against real numbers.
#include "engine/quantization.h"

#include <cmath>
#include <limits>
#include <vector>

#include "catch2/catch.hpp"

namespace {

using namespace lens;

}  // namespace

TEST_CASE("fixed point: a real number is a 31-bit multiplier and a shift", "[engine][int8]") {
  const auto half = to_fixed_point(0.5);
  REQUIRE(half);
  CHECK(half->multiplier == 1 << 30);
  CHECK(half->shift == 31);
  CHECK(half->nearest_float() == 0.5f);
  const auto third = to_fixed_point(1.0 / 3);
  REQUIRE(third);
  CHECK(third->multiplier == 1431655765);  // 2 / 3 of 2^31, rounded down from .33
  CHECK(third->shift == 32);
  // Rounding up to 2^31 moves to the next power.
  const auto below_one = to_fixed_point(std::nextafter(1.0, 0.0));
  REQUIRE(below_one);
  CHECK(below_one->multiplier == 1 << 30);
  CHECK(below_one->shift == 30);
}

TEST_CASE("fixed point: tiny factors are zero, impossible ones refused", "[engine][int8]") {
  REQUIRE(to_fixed_point(1e-12));
  CHECK(multiply(1 << 30, *to_fixed_point(1e-12)) == 0);
  CHECK_FALSE(to_fixed_point(0.0));
  CHECK_FALSE(to_fixed_point(-1.0));
  CHECK_FALSE(to_fixed_point(256.0));
  CHECK_FALSE(to_fixed_point(std::numeric_limits<double>::infinity()));
  CHECK_FALSE(to_fixed_point(std::numeric_limits<double>::quiet_NaN()));
}

TEST_CASE("fixed point: products round to nearest, halves up", "[engine][int8]") {
  const FixedPoint quarter = *to_fixed_point(0.25);
  const std::vector<std::pair<int, int>> cases = {{0, 0},   {1, 0},   {2, 1},   {3, 1},
                                                  {5, 1},   {6, 2},   {-1, 0},  {-2, 0},
                                                  {-3, -1}, {-6, -1}, {-7, -2}, {400, 100}};
  for (const auto& [value, expected] : cases) {
    INFO(value);
    CHECK(multiply(value, quarter) == expected);
  }
}

TEST_CASE("quantize: nearest byte, halves away from zero, saturated", "[engine][int8]") {
  const Affine affine = {0.5f, 100};
  CHECK(quantize(0.0f, affine) == 100);
  CHECK(quantize(0.25f, affine) == 101);
  CHECK(quantize(-0.25f, affine) == 99);
  CHECK(quantize(1e9f, affine) == 255);
  CHECK(quantize(-1e9f, affine) == 0);
  for (int byte = 0; byte < 256; ++byte) CHECK(quantize(affine.real(byte), affine) == byte);
  CHECK(quantize(std::nanf(""), affine) == 0);
  const Affine ones = {1.0f, 100};
  for (const float middle : {-99.5f, -2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f, 63.5f, 127.5f}) {
    for (const float real :
         {std::nextafter(middle, -200.0f), middle, std::nextafter(middle, 200.0f)}) {
      INFO(real);
      CHECK(quantize(real, ones) == static_cast<int>(std::round(real)) + 100);
    }
  }
}

TEST_CASE("add: within one step of the real sum, exact where scales agree", "[engine][int8]") {
  const Affine same = {0.1f, 10};
  const AddScales plain = *add_scales(same, same, same);
  CHECK(add_bytes(15, 22, plain) == 27);
  CHECK(add_bytes(200, 200, plain) == 255);
  CHECK(add_bytes(0, 3, plain) == 0);
  const AddScales mixed = *add_scales({0.9f, 124}, {1.06f, 119}, {1.04f, 123});
  for (int a = 0; a < 256; a += 5) {
    for (int b = 0; b < 256; b += 7) {
      const double real = (0.9 * (a - 124) + 1.06 * (b - 119)) / 1.04 + 123;
      CHECK(std::abs(add_bytes(a, b, mixed) - std::clamp(real, 0.0, 255.0)) <= 0.501);
    }
  }
}

TEST_CASE("mul: within half a step of the real product", "[engine][int8]") {
  const MulScales scales = *mul_scales({0.22f, 2}, {1.0f / 255, 0}, {0.0215f, 20});
  for (int a = 0; a < 256; a += 3) {
    for (int b = 0; b < 256; b += 5) {
      const double real = 0.22 * (a - 2) * b / 255 / 0.0215 + 20;
      CHECK(std::abs(mul_bytes(a, b, scales) - std::clamp(real, 0.0, 255.0)) <= 0.501);
    }
  }
}

TEST_CASE("hard-swish: within a step of x relu6(x + 3) / 6 on the scales of V3-Small",
          "[engine][int8]") {
  const Affine in = GENERATE(Affine{0.29207262f, 99}, Affine{0.17979220f, 128},
                             Affine{0.05783478f, 170}, Affine{0.01f, 128});
  const Affine out = {in.scale * 0.6f, 4};
  for (int byte = 0; byte < 256; ++byte) {
    const double x = in.real(byte);
    const double real = x * std::clamp(x + 3, 0.0, 6.0) / 6 / out.scale + out.zero;
    CHECK(std::abs(hard_swish_byte(byte, in, out) - std::clamp(real, 0.0, 255.0)) <= 1.0);
  }
}

TEST_CASE("softmax: bytes of 1/256 that add up to one", "[engine][int8]") {
  const std::vector<std::uint8_t> logits = {100, 100, 90, 0};
  std::uint8_t out[4];
  softmax_bytes(logits, 0.1f, {1.0f / 256, 0}, out);
  // 1, 1, e^-1, e^-10 over their sum.
  CHECK(out[0] == 108);
  CHECK(out[1] == 108);
  CHECK(out[2] == 40);
  CHECK(out[3] == 0);
}
