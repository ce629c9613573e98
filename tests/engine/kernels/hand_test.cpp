// Every operation on a case small enough to work out on paper, for both kernel sets.
#include <cmath>
#include <vector>

#include "catch2/catch.hpp"
#include "engine/kernels/kernels.h"
#include "layer.h"

namespace {

using namespace lens;
using test::Layer;
using test::LayerSpec;

const KernelSet& kernel_set() {
  return GENERATE(false, true) ? simd_kernels() : reference_kernels();
}

Tensor tensor(Shape shape, std::vector<float> values) {
  Tensor result(shape);
  result.data = std::move(values);
  return result;
}

// 3x3 pixels of one channel, 1 to 9.
const std::vector<float> kNine = {1, 2, 3, 4, 5, 6, 7, 8, 9};

}  // namespace

TEST_CASE("conv: 3x3 by hand, padding skipped, activation last", "[engine][kernels]") {
  const KernelSet& kernels = kernel_set();
  // Two outputs: the sum of the window + 1, and its middle tap negated, then ReLU6.
  NodeWeights weights = {std::vector<float>(18, 0.0f), {1.0f, 0.5f}};
  for (std::size_t tap = 0; tap < 9; ++tap) weights.filter[tap * 2] = 1.0f;
  weights.filter[4 * 2 + 1] = -1.0f;
  const LayerSpec spec = {.in = {3, 3, 1}, .channels = 2, .kernel = 3};
  const Tensor out = Layer(spec, weights, tensor(spec.in, kNine)).run(kernels.conv);
  CHECK(out.data == std::vector<float>{13, -0.5f, 22, -1.5f, 17, -2.5f, 28, -3.5f, 46, -4.5f, 34,
                                       -5.5f, 25, -6.5f, 40, -7.5f, 29, -8.5f});

  LayerSpec clipped = spec;
  clipped.activation = Activation::relu6;
  const Tensor relu6 = Layer(clipped, weights, tensor(spec.in, kNine)).run(kernels.conv);
  for (std::size_t i = 0; i < 18; i += 2) CHECK(relu6.data[i] == 6.0f);
  for (std::size_t i = 1; i < 18; i += 2) CHECK(relu6.data[i] == 0.0f);
}

TEST_CASE("conv: stride 2 on an even extent pads only below and right", "[engine][kernels]") {
  const KernelSet& kernels = kernel_set();
  // 4x4 pixels 1..16, all taps 1: the windows begin at rows and columns 0 and 2.
  std::vector<float> pixels(16);
  for (std::size_t i = 0; i < 16; ++i) pixels[i] = static_cast<float>(i + 1);
  const NodeWeights ones = {std::vector<float>(9, 1.0f), {0.0f}};
  const LayerSpec spec = {.in = {4, 4, 1}, .channels = 1, .kernel = 3, .stride = 2};
  const Tensor out = Layer(spec, ones, tensor(spec.in, pixels)).run(kernels.conv);
  CHECK(out.data == std::vector<float>{54, 45, 72, 54});
}

TEST_CASE("depthwise: 3x3 by hand, each channel by its own filter", "[engine][kernels]") {
  const KernelSet& kernels = kernel_set();
  // Channel 0 sums its window, channel 1 (ten times channel 0) takes the tap above the middle.
  std::vector<float> pixels;
  for (const float value : kNine) pixels.insert(pixels.end(), {value, 10 * value});
  NodeWeights weights = {std::vector<float>(18, 0.0f), {0.0f, 3.0f}};
  for (std::size_t tap = 0; tap < 9; ++tap) weights.filter[tap * 2] = 1.0f;
  weights.filter[1 * 2 + 1] = 1.0f;
  const LayerSpec spec = {.op = Op::depthwise, .in = {3, 3, 2}, .kernel = 3};
  const Tensor out = Layer(spec, weights, tensor(spec.in, pixels)).run(kernels.depthwise);
  CHECK(out.data ==
        std::vector<float>{12, 3, 21, 3, 16, 3, 27, 13, 45, 23, 33, 33, 24, 43, 39, 53, 28, 63});
}

TEST_CASE("pointwise: each pixel's channels times the matrix", "[engine][kernels]") {
  const KernelSet& kernels = kernel_set();
  const NodeWeights weights = {{1, 2, 3, 10, 20, 30}, {0.5f, 0, -1}};  // [in 2][out 3]
  const LayerSpec spec = {.in = {1, 2, 2}, .channels = 3};
  const Tensor out = Layer(spec, weights, tensor(spec.in, {1, 1, 2, -1})).run(kernels.pointwise);
  CHECK(out.data == std::vector<float>{11.5f, 22, 32, -7.5f, -16, -25});
}

TEST_CASE("add and channel_scale: element by element, and by channel", "[engine][kernels]") {
  const KernelSet& kernels = kernel_set();
  const std::vector<float> input = {1, 2, 3, 4, 5, 6};
  const std::vector<float> second = {10, 20, 30, 40, 50, 60};
  std::vector<float> out(6);
  kernels.add({input.data(), second.data(), out.data(), {3, 1, 2}}, {0, 3});
  CHECK(out == std::vector<float>{11, 22, 33, 44, 55, 66});
  const std::vector<float> gates = {0.5f, 2};
  kernels.channel_scale({input.data(), gates.data(), out.data(), {3, 1, 2}}, {0, 3});
  CHECK(out == std::vector<float>{0.5f, 4, 1.5f, 8, 2.5f, 12});
}

TEST_CASE("global_pool: the mean of each channel", "[engine][kernels]") {
  const KernelSet& kernels = kernel_set();
  const std::vector<float> input = {1, 10, 2, 20, 3, 30, 6, 60};
  std::vector<float> out(2);
  kernels.global_pool({input.data(), out.data(), {2, 2, 2}});
  CHECK(out == std::vector<float>{3, 30});
}

TEST_CASE("softmax: exponentials over their sum, safe for large logits", "[engine][kernels]") {
  const KernelSet& kernels = kernel_set();
  const std::vector<float> logits = {1000.0f, 1000.0f + std::log(3.0f), -1000.0f};
  std::vector<float> out(3);
  kernels.softmax({logits.data(), out.data(), {1, 1, 3}});
  // 1000 + ln 3 is rounded to a 16384th.
  CHECK(out[0] == Approx(0.25).margin(1e-4));
  CHECK(out[1] == Approx(0.75).margin(1e-4));
  CHECK(out[2] == 0.0f);
}
