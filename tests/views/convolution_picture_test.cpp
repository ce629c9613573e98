#include "views/convolution_picture.h"

#include "catch2/catch.hpp"

using namespace lens;
using demos::ConvolutionKind;

TEST_CASE("convolution picture: of what a value reads the padding is told", "[views]") {
  const demos::ConvolutionLayer toy = convolution_picture::toy_layer(3);
  const auto text = [&](ConvolutionKind kind, int output) {
    return convolution_picture::reads_text(demos::touch(kind, toy, output));
  };
  // A corner: 4 of 9 taps lie inside.
  CHECK(text(ConvolutionKind::standard, 0) == "reads 27 numbers, 15 are padding");
  CHECK(text(ConvolutionKind::depthwise, 0) == "reads 9 numbers, 5 are padding");
  CHECK(text(ConvolutionKind::pointwise, 0) == "one value reads 3 numbers");
  const int inner = toy.extent + 1;  // row 1, column 1
  CHECK(text(ConvolutionKind::depthwise, inner) == "one value reads 9 numbers");
  CHECK(text(ConvolutionKind::standard, inner * toy.out_channels) == "one value reads 27 numbers");
}
