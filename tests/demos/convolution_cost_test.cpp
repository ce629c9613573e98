#include "demos/convolution_cost.h"

#include <iterator>

#include "catch2/catch.hpp"

using namespace lens::demos;

namespace {

// One loop per index of the sum in the paper's equation 1, each pass one multiplication and one
// addition.
std::int64_t standard_macs_counted(const ConvolutionLayer& layer) {
  std::int64_t macs = 0;
  for (int position = 0; position < layer.extent * layer.extent; ++position) {
    for (int n = 0; n < layer.out_channels; ++n) {
      for (int m = 0; m < layer.in_channels; ++m) {
        for (int tap = 0; tap < layer.kernel * layer.kernel; ++tap) ++macs;
      }
    }
  }
  return macs;
}

std::int64_t separable_macs_counted(const ConvolutionLayer& layer) {
  std::int64_t macs = 0;
  for (int position = 0; position < layer.extent * layer.extent; ++position) {
    for (int m = 0; m < layer.in_channels; ++m) {
      for (int tap = 0; tap < layer.kernel * layer.kernel; ++tap) ++macs;
      for (int n = 0; n < layer.out_channels; ++n) ++macs;
    }
  }
  return macs;
}

}  // namespace

TEST_CASE("convolution cost: formulas equal a count of every multiplication", "[demos]") {
  const auto layer = GENERATE(ConvolutionLayer{3, 2, 5, 4}, ConvolutionLayer{1, 7, 3, 2},
                              ConvolutionLayer{5, 1, 1, 1}, ConvolutionLayer{7, 16, 8, 9});
  REQUIRE(standard_cost(layer).macs == standard_macs_counted(layer));
  REQUIRE(separable_cost(layer).macs == separable_macs_counted(layer));
}

TEST_CASE("convolution cost: the presets are MobileNets' table 3", "[demos]") {
  // Millions of MACs and of parameters as printed; within half of the last digit.
  constexpr struct {
    double macs;
    double macs_half_digit;
    double parameters;
  } kPrinted[] = {{462, 0.5, 2.36}, {52.3, 0.05, 0.27}, {29.6, 0.05, 0.15}, {15.1, 0.05, 0.15}};

  REQUIRE(std::size(kConvolutionPresets) == std::size(kPrinted));
  for (std::size_t i = 0; i < std::size(kPrinted); ++i) {
    const ConvolutionCost cost = cost_of(kConvolutionPresets[i]);
    const double macs = static_cast<double>(cost.macs) / 1e6;
    const double parameters = static_cast<double>(cost.parameters) / 1e6;
    REQUIRE(macs == Approx(kPrinted[i].macs).margin(kPrinted[i].macs_half_digit).epsilon(0));
    REQUIRE(parameters == Approx(kPrinted[i].parameters).margin(0.005).epsilon(0));
  }
}

TEST_CASE("convolution cost: the ratio is 1/N + 1/Dk^2 for MACs and parameters", "[demos]") {
  // Kernel, N, ratio: facts.md 3.2.
  const auto [kernel, out_channels, ratio] = GENERATE(table<int, int, double>({{3, 64, 0.1267},
                                                                               {3, 128, 0.1189},
                                                                               {3, 512, 0.1131},
                                                                               {3, 1024, 0.1121},
                                                                               {5, 64, 0.0556},
                                                                               {5, 512, 0.0420}}));
  const int in_channels = GENERATE(32, 512);
  const ConvolutionLayer layer = {kernel, in_channels, out_channels, 28};
  const ConvolutionCost separable = separable_cost(layer);
  const ConvolutionCost standard = standard_cost(layer);
  REQUIRE(separable_ratio(layer) == Approx(ratio).margin(0.00005).epsilon(0));
  REQUIRE(static_cast<double>(separable.macs) / static_cast<double>(standard.macs) ==
          Approx(separable_ratio(layer)));
  REQUIRE(static_cast<double>(separable.parameters) / static_cast<double>(standard.parameters) ==
          Approx(separable_ratio(layer)));
}

TEST_CASE("convolution cost: large layers do not overflow 32 bits", "[demos]") {
  REQUIRE(standard_cost({7, 2048, 2048, 224}).macs == 7LL * 7 * 2048 * 2048 * 224 * 224);
}

TEST_CASE("convolution cost: thinning never empties a layer", "[demos]") {
  REQUIRE(thinned({3, 2, 3, 4}, 0.25, 0.1) == ConvolutionLayer{3, 1, 1, 1});
  REQUIRE(thinned(kPaperLayer, 1, 1) == kPaperLayer);
}
