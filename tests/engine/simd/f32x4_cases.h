// The tests of one f32x4 backend against plain C++. Included once per backend, after defining
// SIMD_UNDER_TEST as its namespace and SIMD_NAME as its name.
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "catch2/catch.hpp"
#include "support/bits.h"

namespace {

namespace under_test = lens::SIMD_UNDER_TEST;
using lens::test::bits;
using Vector = under_test::F32x4;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kValues[] = {0.0f,   -0.0f,     1.0f,       -1.5f, 6.0f, 1e-40f, 3.4e38f,
                             -7e30f, kInfinity, -kInfinity, kNan,  0.1f, -3.0f,  1.0f / 3.0f};

// A NaN's payload and sign are the machine's own; that it is one is what counts.
void check_lane(float found, float expected) {
  if (expected != expected) {
    CHECK(found != found);
  } else {
    CHECK(bits(found) == bits(expected));
  }
}

using Binary = Vector (*)(Vector, Vector);
using Plain = float (*)(float, float);

// Every value against every other, and each lane by itself.
void check_binary(Binary binary, Plain plain) {
  for (std::size_t lane = 0; lane < 4; ++lane) {
    for (const float a : kValues) {
      for (const float b : kValues) {
        float left[4] = {1, 2, 3, 4};
        float right[4] = {5, 6, 7, 8};
        float result[4];
        left[lane] = a;
        right[lane] = b;
        under_test::store(result, binary(under_test::load(left), under_test::load(right)));
        for (std::size_t i = 0; i < 4; ++i) check_lane(result[i], plain(left[i], right[i]));
      }
    }
  }
}

}  // namespace

TEST_CASE("f32x4 " SIMD_NAME ": load and store move four floats from any address", "[simd]") {
  const float from[6] = {1, 2, 3, 4, 5, 6};
  float to[6] = {-1, -1, -1, -1, -1, -1};
  under_test::store(to + 1, under_test::load(from + 1));
  CHECK(std::vector<float>(to, to + 6) == std::vector<float>{-1, 2, 3, 4, 5, -1});
}

TEST_CASE("f32x4 " SIMD_NAME ": the partial forms touch only count floats", "[simd]") {
  const int count = GENERATE(1, 2, 3);
  const std::vector<float> from(static_cast<std::size_t>(count), 7.0f);  // the sanitizer guards it
  float to[4] = {-1, -1, -1, -1};
  const Vector loaded = under_test::load_partial(from.data(), count);
  under_test::store(to, loaded);
  for (int i = 0; i < 4; ++i) CHECK(to[i] == (i < count ? 7.0f : 0.0f));

  std::vector<float> stored(static_cast<std::size_t>(count), 0.0f);
  const float lanes[4] = {1, 2, 3, 4};
  under_test::store_partial(stored.data(), under_test::load(lanes), count);
  CHECK(stored == std::vector<float>(lanes, lanes + count));
}

TEST_CASE("f32x4 " SIMD_NAME ": splats fill all lanes", "[simd]") {
  const float from[2] = {2.5f, -4.0f};
  float to[4];
  under_test::store(to, under_test::load_splat(from + 1));
  for (const float lane : to) CHECK(lane == -4.0f);
  under_test::store(to, under_test::splat(2.5f));
  for (const float lane : to) CHECK(lane == 2.5f);
}

TEST_CASE("f32x4 " SIMD_NAME ": arithmetic equals plain floats, NaN and zero included", "[simd]") {
  check_binary(under_test::add, [](float a, float b) { return a + b; });
  check_binary(under_test::mul, [](float a, float b) { return a * b; });
  check_binary(under_test::div, [](float a, float b) { return a / b; });
}

TEST_CASE("f32x4 " SIMD_NAME ": min and max are the scalar a < b ? a : b and a > b ? a : b",
          "[simd]") {
  check_binary(under_test::min, [](float a, float b) { return a < b ? a : b; });
  check_binary(under_test::max, [](float a, float b) { return a > b ? a : b; });
}

TEST_CASE("f32x4 " SIMD_NAME ": madd multiplies, then adds", "[simd]") {
  // (1 + e)^2 - 1 is 2e + e^2 when rounded once and 2e when rounded after the product.
  const float epsilon = std::numeric_limits<float>::epsilon();
  const Vector a = under_test::splat(1.0f + epsilon);
  float result[4];
  under_test::store(result, under_test::madd(a, a, under_test::splat(-1.0f)));
  const float twice = 2.0f * epsilon;
  for (const float lane : result) {
    const bool rounded_once = under_test::kFusedMadd && lane == twice + epsilon * epsilon;
    CHECK((lane == twice || rounded_once));
  }
}
