// The calculator of MobileNets, arXiv 1704.04861, section 3.1: what one layer costs as a standard
// convolution and as depthwise plus pointwise. Weights only: no bias, no batch-norm. Costs of whole
// networks are cost/'s.
#pragma once

#include <cstdint>
#include <string_view>

namespace lens::demos {

// The paper's four letters. Input and output maps are equally large; where the stride is 2, extent
// is the output's.
struct ConvolutionLayer {
  int kernel = 3;          // D_K
  int in_channels = 512;   // M
  int out_channels = 512;  // N
  int extent = 14;         // D_F, pixels
  bool operator==(const ConvolutionLayer&) const = default;
};

struct ConvolutionCost {
  std::int64_t macs = 0;
  std::int64_t parameters = 0;
  bool operator==(const ConvolutionCost&) const = default;
};

// Every parameter works once at each of extent x extent positions.
constexpr ConvolutionCost cost_of_parameters(std::int64_t parameters, int extent) {
  return {parameters * extent * extent, parameters};
}

// D_K D_K M N D_F D_F, eq. 2.
constexpr ConvolutionCost standard_cost(const ConvolutionLayer& layer) {
  return cost_of_parameters(
      std::int64_t{1} * layer.kernel * layer.kernel * layer.in_channels * layer.out_channels,
      layer.extent);
}

// D_K D_K M D_F D_F, eq. 4.
constexpr ConvolutionCost depthwise_cost(const ConvolutionLayer& layer) {
  return cost_of_parameters(std::int64_t{1} * layer.kernel * layer.kernel * layer.in_channels,
                            layer.extent);
}

// M N D_F D_F, the second term of eq. 5.
constexpr ConvolutionCost pointwise_cost(const ConvolutionLayer& layer) {
  return cost_of_parameters(std::int64_t{1} * layer.in_channels * layer.out_channels, layer.extent);
}

// Depthwise, then pointwise, eq. 5.
constexpr ConvolutionCost separable_cost(const ConvolutionLayer& layer) {
  const ConvolutionCost depthwise = depthwise_cost(layer);
  const ConvolutionCost pointwise = pointwise_cost(layer);
  return {depthwise.macs + pointwise.macs, depthwise.parameters + pointwise.parameters};
}

// Separable over standard, for MACs and parameters alike: 1 / N + 1 / D_K^2.
constexpr double separable_ratio(const ConvolutionLayer& layer) {
  return 1.0 / layer.out_channels + 1.0 / (layer.kernel * layer.kernel);
}

// The layer with alpha * M and alpha * N channels, rounded down as V1's code does, on maps of
// rho * D_F pixels, rounded to nearest; none below 1. Sections 3.3 and 3.4, eqs. 6 and 7.
constexpr ConvolutionLayer thinned(const ConvolutionLayer& layer, double alpha, double rho) {
  const auto at_least_one = [](double value) { return value < 1 ? 1 : static_cast<int>(value); };
  return {layer.kernel, at_least_one(alpha * layer.in_channels),
          at_least_one(alpha * layer.out_channels), at_least_one(rho * layer.extent + 0.5)};
}

// The paper's worked example, table 3: each row changes one thing more.
struct ConvolutionPreset {
  std::string_view title;
  ConvolutionLayer layer;
  bool separable = true;
  std::string_view printed = {};  // in the paper, millions of MACs / of parameters
};

constexpr ConvolutionLayer kPaperLayer = {3, 512, 512, 14};

constexpr ConvolutionPreset kConvolutionPresets[] = {
    {"Convolution", kPaperLayer, false, "462 / 2.36"},
    {"Depthwise separable", kPaperLayer, true, "52.3 / 0.27"},
    {"\u03b1 = 0.75", thinned(kPaperLayer, 0.75, 1), true, "29.6 / 0.15"},
    {"\u03c1 = 0.714", thinned(kPaperLayer, 0.75, 0.714), true, "15.1 / 0.15"},
};

constexpr ConvolutionCost cost_of(const ConvolutionPreset& preset) {
  return preset.separable ? separable_cost(preset.layer) : standard_cost(preset.layer);
}

}  // namespace lens::demos
