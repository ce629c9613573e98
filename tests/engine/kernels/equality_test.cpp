// The SIMD kernels against the reference kernels, over sizes, strides and odd channel counts.
#include <vector>

#include "catch2/catch.hpp"
#include "engine/kernels/kernels.h"
#include "layer.h"

namespace {

using namespace lens;
using test::agrees;
using test::ConvKernel;
using test::Layer;
using test::LayerSpec;
using test::Lcg;

// A different activation from case to case, so that all are met in all kernels.
Activation activation_of(int i) {
  return kActivations[i % 7];
}

void check_equal(const LayerSpec& spec, ConvKernel KernelSet::*kernel) {
  const Layer layer = Layer::seeded(spec, 17);
  const Tensor simd_result = layer.run(simd_kernels().*kernel);
  const Tensor reference = layer.run(reference_kernels().*kernel);
  INFO(to_string(spec.op) << " " << spec.in.h << "x" << spec.in.w << "x" << spec.in.c << " -> "
                          << spec.channels << ", kernel " << spec.kernel << ", stride "
                          << spec.stride << ", " << to_string(spec.activation));
  CHECK(agrees(simd_result.data, reference.data));
}

// Rows one at a time, and in two uneven parts.
void check_split(const LayerSpec& spec, ConvKernel kernel) {
  const Layer layer = Layer::seeded(spec, 29);
  const Tensor whole = layer.run(kernel);
  Tensor by_row = Layer::untouched(layer.out());
  for (int y = 0; y < layer.out().h; ++y) layer.run(kernel, {y, y + 1}, by_row);
  CHECK(test::same_bits(by_row.data, whole.data));

  Tensor in_two = Layer::untouched(layer.out());
  const int cut = layer.out().h / 3 + 1;
  layer.run(kernel, {0, cut}, in_two);
  const std::size_t row = layer.out().index(cut, 0, 0);
  for (std::size_t i = row; i < in_two.data.size(); ++i)
    REQUIRE(in_two.data[i] == test::kUntouched);
  layer.run(kernel, {cut, layer.out().h}, in_two);
  CHECK(test::same_bits(in_two.data, whole.data));
}

}  // namespace

TEST_CASE("pointwise: simd equals reference bit for bit", "[engine][kernels]") {
  for (int size = 1; size <= 17; ++size) {
    for (int channels = 1; channels <= 20; ++channels) {
      check_equal({.in = {1 + size / 6, size, channels},
                   .channels = 1 + (channels * 7 + size) % 23,
                   .activation = activation_of(size + channels)},
                  &KernelSet::pointwise);
    }
  }
  check_equal({.in = {1, 1, 1024}, .channels = 1001}, &KernelSet::pointwise);
  check_equal({.in = {7, 7, 131}, .channels = 67}, &KernelSet::pointwise);
  // More pixels than go through all panels at once.
  check_equal({.in = {25, 25, 64}, .channels = 68}, &KernelSet::pointwise);
}

TEST_CASE("pointwise: the sum with a residual is written beside the output", "[engine][kernels]") {
  for (const int channels : {1, 3, 8, 13, 24, 40}) {
    for (const int width : {1, 5, 13}) {
      const Shape in = {1 + width / 4, width, 19};
      const Layer layer = Layer::seeded({.in = in, .channels = channels}, 31);
      Lcg lcg(7);
      const Tensor residual = test::seeded_tensor(lcg, layer.out(), 4.0f);
      INFO(width << " wide, " << channels << " channels");
      for (const KernelSet* kernels : {&simd_kernels(), &reference_kernels()}) {
        Tensor output = Layer::untouched(layer.out());
        Tensor sum = Layer::untouched(layer.out());
        for (int y = 0; y < layer.out().h; ++y) {
          layer.run(kernels->pointwise, {y, y + 1}, output, &residual, &sum);
        }
        Tensor expected = Layer::untouched(layer.out());
        reference_kernels().add(
            {output.data.data(), residual.data.data(), expected.data.data(), layer.out()},
            {0, layer.out().h});
        CHECK(test::same_bits(output.data, layer.run(kernels->pointwise).data));
        CHECK(test::same_bits(sum.data, expected.data));
      }
    }
  }
}

TEST_CASE("conv: simd equals reference bit for bit", "[engine][kernels]") {
  const int kernel = GENERATE(1, 3, 5);
  const int stride = GENERATE(1, 2);
  for (int size = 1; size <= 17; ++size) {
    for (const int channels : {1, 2, 3, 4, 7}) {
      check_equal({.in = {1 + size % 7, size, channels},
                   .channels = 1 + (channels * 5 + size) % 20,
                   .kernel = kernel,
                   .stride = stride,
                   .activation = activation_of(size + channels)},
                  &KernelSet::conv);
    }
  }
}

TEST_CASE("depthwise: simd equals reference bit for bit", "[engine][kernels]") {
  const int kernel = GENERATE(1, 3, 5, 7);
  const int stride = GENERATE(1, 2, 3);
  for (int size = 1; size <= 17; ++size) {
    for (int channels = 1; channels <= 20; ++channels) {
      check_equal({.op = Op::depthwise,
                   .in = {1 + (size + channels) % 9, size, channels},
                   .kernel = kernel,
                   .stride = stride,
                   .activation = activation_of(size + channels)},
                  &KernelSet::depthwise);
    }
  }
}

TEST_CASE("kernels: rows in any split give the same bits and touch no others",
          "[engine][kernels]") {
  const KernelSet& kernels = GENERATE(false, true) ? simd_kernels() : reference_kernels();
  for (const int size : {5, 9, 14}) {
    for (const int stride : {1, 2}) {
      for (const int kernel : {3, 5}) {
        const Shape in = {size, size, 12};
        check_split({.in = in, .channels = 19, .kernel = kernel, .stride = stride}, kernels.conv);
        check_split({.op = Op::depthwise, .in = in, .kernel = kernel, .stride = stride},
                    kernels.depthwise);
      }
    }
    check_split({.in = {size, size, 10}, .channels = 21}, kernels.pointwise);
  }
}

TEST_CASE("dense: simd equals reference, in any split by outputs", "[engine][kernels]") {
  for (const int channels : {1, 7, 8, 31, 40, 1001}) {
    INFO(channels);
    const test::Layer layer = test::Layer::seeded(
        {.in = {1, 1, 75}, .channels = channels, .activation = activation_of(channels)}, 5);
    const Tensor expected = layer.run(reference_kernels().pointwise);
    for (const KernelSet* kernels : {&simd_kernels(), &reference_kernels()}) {
      Tensor output = test::Layer::untouched(layer.out());
      const int cut = channels / 2 / kPanelOutputs * kPanelOutputs;
      layer.run(kernels->dense, {0, cut}, output);
      for (int c = cut; c < channels; ++c)
        REQUIRE(output.data[static_cast<std::size_t>(c)] == test::kUntouched);
      layer.run(kernels->dense, {cut, channels}, output);
      CHECK(test::agrees(output.data, expected.data));
    }
  }
}

TEST_CASE("add, channel_scale, global_pool: simd equals reference bit for bit",
          "[engine][kernels]") {
  Lcg lcg(5);
  for (int channels = 1; channels <= 40; ++channels) {
    const Shape shape = {5, 3, channels};
    const Tensor input = test::seeded_tensor(lcg, shape, 4.0f);
    const Tensor second = test::seeded_tensor(lcg, shape, 4.0f);
    const auto run = [&](const KernelSet& kernels) {
      std::vector<Tensor> out(3, Layer::untouched(shape));
      const Rows parts[] = {{0, 2}, {2, 3}, {3, 5}};
      for (const Rows& rows : parts) {
        kernels.add({input.data.data(), second.data.data(), out[0].data.data(), shape}, rows);
        kernels.channel_scale({input.data.data(), second.data.data(), out[1].data.data(), shape},
                              rows);
      }
      kernels.global_pool({input.data.data(), out[2].data.data(), shape});
      return out;
    };
    const std::vector<Tensor> simd_result = run(simd_kernels());
    const std::vector<Tensor> reference = run(reference_kernels());
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(test::same_bits(simd_result[i].data, reference[i].data));
    }
  }
}
