#include <cmath>
#include <limits>

#include "catch2/catch.hpp"
#include "engine/kernels/activation_simd.h"
#include "engine/kernels/kernels.h"
#include "support/bits.h"

namespace {

using namespace lens;

float on_four_lanes(Activation activation, float value) {
  float result[4];
  with_activation(activation, [&](auto act) { simd::store(result, act(simd::splat(value))); });
  return result[2];
}

}  // namespace

TEST_CASE("activate: the papers' values at the corners", "[engine][kernels]") {
  CHECK(activate(Activation::none, -7.5f) == -7.5f);
  CHECK(activate(Activation::relu, -1.0f) == 0.0f);
  CHECK(activate(Activation::relu, 9.0f) == 9.0f);
  CHECK(activate(Activation::relu6, -1.0f) == 0.0f);
  CHECK(activate(Activation::relu6, 5.5f) == 5.5f);
  CHECK(activate(Activation::relu6, 9.0f) == 6.0f);
  CHECK(activate(Activation::hard_sigmoid, -3.0f) == 0.0f);
  CHECK(activate(Activation::hard_sigmoid, 0.0f) == 0.5f);
  CHECK(activate(Activation::hard_sigmoid, 3.0f) == 1.0f);
  CHECK(activate(Activation::hard_sigmoid, 100.0f) == 1.0f);
  CHECK(activate(Activation::hard_swish, -4.0f) == 0.0f);
  CHECK(activate(Activation::hard_swish, -1.5f) == -0.375f);
  CHECK(activate(Activation::hard_swish, 5.0f) == 5.0f);
  CHECK(activate(Activation::sigmoid, 0.0f) == 0.5f);
  CHECK(activate(Activation::sigmoid, -200.0f) == 0.0f);
  CHECK(activate(Activation::sigmoid, 200.0f) == 1.0f);
  CHECK(activate(Activation::swish, 0.0f) == 0.0f);
  CHECK(activate(Activation::swish, 30.0f) == 30.0f);
  CHECK(activate(Activation::swish, 1.0f) == Approx(1 / (1 + std::exp(-1.0))));
}

TEST_CASE("activate: a NaN stays a NaN", "[engine][kernels]") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const Activation activation : kActivations) {
    CHECK(activate(activation, nan) != activate(activation, nan));
    CHECK(on_four_lanes(activation, nan) != on_four_lanes(activation, nan));
  }
}

TEST_CASE("activate: four lanes equal the scalar bit for bit", "[engine][kernels]") {
  const float infinity = std::numeric_limits<float>::infinity();
  for (const Activation activation : kActivations) {
    for (float value = -8.0f; value < 8.0f; value += 0.0173f) {
      CHECK(test::bits(on_four_lanes(activation, value)) ==
            test::bits(activate(activation, value)));
    }
    for (const float value : {0.0f, -0.0f, -3.0f, 3.0f, 6.0f, infinity, 1e-45f, 3.4e38f}) {
      CHECK(test::bits(on_four_lanes(activation, value)) ==
            test::bits(activate(activation, value)));
    }
  }
}
