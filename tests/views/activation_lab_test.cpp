// What the activation lab counts, by hand and against the activations' own formulas.
#include "views/activation_lab.h"

#include <algorithm>
#include <cmath>

#include "catch2/catch.hpp"
#include "support/seeded.h"

using namespace lens;
using activation_lab::kCandidateCount;
using activation_lab::kCandidates;
using activation_lab::Measures;

namespace {

double formula(Activation activation, double x) {
  switch (activation) {
    case Activation::none:
      return x;
    case Activation::relu:
      return std::max(0.0, x);
    case Activation::relu6:
      return std::clamp(x, 0.0, 6.0);
    case Activation::hard_swish:
      return x * std::clamp(x + 3, 0.0, 6.0) / 6;
    case Activation::hard_sigmoid:
      return std::clamp(x + 3, 0.0, 6.0) / 6;
    case Activation::swish:
      return x / (1 + std::exp(-x));
    case Activation::sigmoid:
      return 1 / (1 + std::exp(-x));
  }
  return 0;
}

std::size_t place_of(Activation activation) {
  const auto at = std::find(std::begin(kCandidates), std::end(kCandidates), activation);
  return static_cast<std::size_t>(at - std::begin(kCandidates));
}

const std::vector<float> kNine = {-3.5f, -1, 0, 0.05f, 0.07f, 1, 6, 6.5f, 20};

}  // namespace

TEST_CASE("activation lab: the histogram of nine values, bin by bin", "[views]") {
  const Measures of = activation_lab::measure(kNine, Activation::relu);
  // From -4 to 12 in 72 bins of 2/9.
  CHECK(of.low == -4);
  CHECK(of.high == 12);
  REQUIRE(of.bins.size() == 72);
  CHECK(of.bin_width() == Approx(2.0 / 9));
  CHECK(of.bins[2] == Approx(1.0 / 9));   // [-3.56, -3.33): -3.5
  CHECK(of.bins[13] == Approx(1.0 / 9));  // [-1.11, -0.89): -1
  CHECK(of.bins[18] == Approx(3.0 / 9));  // [0, 0.22): 0, 0.05, 0.07
  CHECK(of.bins[22] == Approx(1.0 / 9));  // [0.89, 1.11): 1
  CHECK(of.bins[45] == Approx(1.0 / 9));  // [6, 6.22): 6
  CHECK(of.bins[47] == Approx(1.0 / 9));  // [6.44, 6.67): 6.5
  CHECK(std::count(of.bins.begin(), of.bins.end(), 0.0) == 72 - 6);
  CHECK(of.outside == Approx(1.0 / 9));  // 20
}

TEST_CASE("activation lab: zeros and differences of nine values by hand", "[views]") {
  const Measures of = activation_lab::measure(kNine, Activation::relu);
  CHECK(of.zeros[place_of(Activation::relu)] == Approx(3.0 / 9));
  CHECK(of.zeros[place_of(Activation::relu6)] == Approx(3.0 / 9));
  CHECK(of.zeros[place_of(Activation::swish)] == Approx(1.0 / 9));       // 0 alone
  CHECK(of.zeros[place_of(Activation::hard_swish)] == Approx(2.0 / 9));  // -3.5 and 0
  CHECK(of.zeros[place_of(Activation::sigmoid)] == 0);
  CHECK(of.zeros[place_of(Activation::hard_sigmoid)] == Approx(1.0 / 9));  // -3.5
  // ReLU6 cuts 0.5 off 6.5 and 14 off 20.
  CHECK(of.mean_difference[place_of(Activation::relu6)] == Approx(14.5 / 9));
  CHECK(of.mean_difference[place_of(Activation::relu)] == 0);
}

TEST_CASE("activation lab: zeros and differences against the formulas", "[views]") {
  test::Lcg lcg(9);
  std::vector<float> values = test::seeded_tensor(lcg, {11, 13, 7}).data;
  for (float& value : values) value *= 6;
  const double count = static_cast<double>(values.size());
  for (const Activation own : {Activation::none, Activation::relu6, Activation::hard_swish}) {
    const Measures of = activation_lab::measure(values, own);
    for (std::size_t i = 0; i < kCandidateCount; ++i) {
      double zeros = 0;
      double difference = 0;
      for (const float value : values) {
        const double x = static_cast<double>(value);
        const double changed = formula(kCandidates[i], x);
        zeros += changed == 0 ? 1 : 0;
        difference += std::abs(changed - formula(own, x));
      }
      INFO("candidate " << i);
      CHECK(of.zeros[i] == Approx(zeros / count));
      CHECK(of.mean_difference[i] == Approx(difference / count).epsilon(1e-5).margin(1e-7));
    }
  }
}
