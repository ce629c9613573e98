// Cases small enough to follow with a pencil.
#include <vector>

#include "byte_layer.h"
#include "catch2/catch.hpp"

namespace {

using namespace lens;
using test::ByteLayer;

const ByteKernelSet& kernels(int which) {
  return which == 0 ? reference_byte_kernels() : simd_byte_kernels();
}

ByteFilter filter_of(std::vector<std::int8_t> weights, int zero, double factor) {
  ByteFilter filter;
  filter.weights = std::move(weights);
  filter.zero = zero;
  filter.bias = {10};
  filter.factors = {*to_fixed_point(factor)};
  filter.float_factors = {static_cast<float>(factor)};
  filter.in_zero = 100;
  filter.out_zero = 5;
  return filter;
}

}  // namespace

TEST_CASE("int8 pointwise: one pixel of two channels by hand", "[engine][kernels][int8]") {
  const int which = GENERATE(0, 1);
  // (110 - 100) * (3 - 1) + (80 - 100) * (-4 - 1) + 10 = 20 + 100 + 10 = 130; 130 / 4 = 32.5,
  // rounded up to 33; plus 5.
  std::vector<std::uint8_t> input(2 + kByteSlack);
  input[0] = 110;
  input[1] = 80;
  const ByteLayer layer({.in = {1, 1, 2}, .channels = 1}, filter_of({3, -4}, 1, 0.25), input);
  CHECK(layer.run(kernels(which).pointwise) == std::vector<std::uint8_t>{38});
}

TEST_CASE("int8 depthwise: a corner's padding holds the zero point", "[engine][kernels][int8]") {
  const int which = GENERATE(0, 1);
  // 2x2 image, 3x3 filter of ones at stride 1: every window holds the whole image, whose distances
  // to 100 are 1, 2, 3, 4; the padding adds nothing. 10 + 10 = 20, halved, plus 5.
  std::vector<std::uint8_t> input = {101, 102, 103, 104};
  input.resize(4 + kByteSlack);
  const ByteLayer layer({.op = Op::depthwise, .in = {2, 2, 1}, .kernel = 3},
                        filter_of(std::vector<std::int8_t>(9, 1), 0, 0.5), input);
  CHECK(layer.run(kernels(which).depthwise) == std::vector<std::uint8_t>(4, 15));
}

TEST_CASE("int8: a fused relu6 is a range of bytes", "[engine][kernels][int8]") {
  const int which = GENERATE(0, 1);
  std::vector<std::uint8_t> input = {0, 255, 101};
  input.resize(3 + kByteSlack);
  ByteFilter filter = filter_of({1}, 0, 1.0);
  filter.bias = {0};
  filter.range = {5, 65};
  const ByteLayer layer({.in = {1, 3, 1}, .channels = 1}, filter, input);
  CHECK(layer.run(kernels(which).pointwise) == std::vector<std::uint8_t>{5, 65, 6});
}

TEST_CASE("int8 mean: halves go up, MEAN moves to its own scale", "[engine][kernels][int8]") {
  const int which = GENERATE(0, 1);
  std::vector<std::uint8_t> input = {10, 11};
  input.resize(2 + kByteSlack);
  std::uint8_t output = 0;
  const BytePool average;
  kernels(which).global_pool({input.data(), &average, &output, {1, 2, 1}});
  CHECK(output == 11);
  // (10 - 2) + (11 - 2) = 17 distances on a scale four times finer, over 2 pixels: 34, plus 1.
  const BytePool mean = {to_fixed_point(4.0 / 2), 2, 1};
  kernels(which).global_pool({input.data(), &mean, &output, {1, 2, 1}});
  CHECK(output == 35);
}
