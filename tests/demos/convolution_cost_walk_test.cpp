#include "demos/convolution_cost_walk.h"

#include <set>
#include <tuple>

#include "catch2/catch.hpp"

using namespace lens::demos;

namespace {

std::int64_t walked(ConvolutionKind kind, const ConvolutionLayer& layer) {
  std::int64_t products = 0;
  std::set<std::tuple<int, int, int>> values;
  for (int i = 0; i < output_count(kind, layer); ++i) {
    const Touch at = touch(kind, layer, i);
    products += at.products();
    values.insert({at.y, at.x, at.channel});
    CHECK((at.y < layer.extent && at.x < layer.extent));
    CHECK(at.channel < output_channels(kind, layer));
  }
  CHECK(static_cast<int>(values.size()) == output_count(kind, layer));  // each value once
  return products;
}

}  // namespace

TEST_CASE("convolution walk: the products of all values are the formulas' MACs", "[demos]") {
  const auto layer = GENERATE(ConvolutionLayer{3, 3, 4, 5}, ConvolutionLayer{1, 2, 2, 3},
                              ConvolutionLayer{5, 4, 1, 2});
  CHECK(walked(ConvolutionKind::standard, layer) == standard_cost(layer).macs);
  CHECK(walked(ConvolutionKind::depthwise, layer) == depthwise_cost(layer).macs);
  CHECK(walked(ConvolutionKind::pointwise, layer) == pointwise_cost(layer).macs);
}

TEST_CASE("convolution walk: depthwise reads one channel, pointwise one pixel", "[demos]") {
  const ConvolutionLayer layer = {3, 3, 4, 5};
  const Touch depthwise = touch(ConvolutionKind::depthwise, layer, 25 * 2 + 7);
  CHECK(depthwise.channel == 2);
  CHECK(depthwise.first_channel == 2);
  CHECK(depthwise.channels == 1);
  CHECK(depthwise.kernel == 3);
  const Touch pointwise = touch(ConvolutionKind::pointwise, layer, 9);
  CHECK(pointwise.kernel == 1);
  CHECK(pointwise.channels == 3);
  CHECK(pointwise.x == 2);
}
