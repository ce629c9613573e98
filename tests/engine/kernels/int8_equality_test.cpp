// The fast kernels on bytes against the reference kernels, over sizes, strides, zero points and odd
// channel counts: the same bytes, always.
#include <vector>

#include "byte_layer.h"
#include "catch2/catch.hpp"

namespace {

using namespace lens;
using test::ByteLayer;
using test::ByteSpec;
using test::Lcg;

using Kernel = void (*)(const ByteConvArgs&, Rows);

void check_equal(const ByteSpec& spec, Kernel ByteKernelSet::*kernel) {
  const ByteLayer layer = ByteLayer::seeded(spec, 17);
  INFO(test::describe(spec));
  REQUIRE(layer.packed().bounded);
  CHECK(layer.run(simd_byte_kernels().*kernel) == layer.run(reference_byte_kernels().*kernel));
}

// Rows one at a time, and in two uneven parts; no other row is written.
void check_split(const ByteSpec& spec, Kernel kernel) {
  const ByteLayer layer = ByteLayer::seeded(spec, 29);
  const std::vector<std::uint8_t> whole = layer.run(kernel);
  std::vector<std::uint8_t> by_row(whole.size());
  for (int y = 0; y < layer.out().h; ++y) kernel(layer.args(by_row), {y, y + 1});
  CHECK(by_row == whole);

  const auto cut = layer.out().h / 3 + 1;
  const auto first = static_cast<std::ptrdiff_t>(layer.out().index(cut, 0, 0));
  std::vector<std::uint8_t> in_two(whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) in_two[i] = static_cast<std::uint8_t>(~whole[i]);
  const std::vector<std::uint8_t> untouched = in_two;
  kernel(layer.args(in_two), {0, cut});
  REQUIRE(std::equal(in_two.begin() + first, in_two.end(), untouched.begin() + first));
  kernel(layer.args(in_two), {cut, layer.out().h});
  CHECK(in_two == whole);
}

AddScales seeded_add(Lcg& lcg, float ratio) {
  const auto affine = [&](float scale) { return Affine{scale, lcg.below(256)}; };
  const float out = 0.3f + 0.1f * lcg.next();
  return *add_scales(affine(out * ratio * (1 + 0.3f * lcg.next())), affine(out * 0.7f),
                     affine(out));
}

}  // namespace

TEST_CASE("int8 pointwise: simd equals reference", "[engine][kernels][int8]") {
  const bool symmetric = GENERATE(false, true);
  for (int size = 1; size <= 17; ++size) {
    for (int channels = 1; channels <= 20; ++channels) {
      check_equal({.in = {1 + size / 6, size, channels},
                   .channels = 1 + (channels * 7 + size) % 23,
                   .symmetric = symmetric},
                  &ByteKernelSet::pointwise);
    }
  }
  check_equal({.in = {1, 1, 1024}, .channels = 1001, .symmetric = symmetric},
              &ByteKernelSet::pointwise);
  check_equal({.in = {19, 19, 131}, .channels = 67, .symmetric = symmetric},
              &ByteKernelSet::pointwise);
}

TEST_CASE("int8: the size of a packed filter is known without packing", "[engine][kernels][int8]") {
  const auto dot =
      GENERATE(DotProduct::wide, DotProduct::relaxed_unsigned, DotProduct::relaxed_signed);
  const auto bytes_in = [](const PackedBytes& packed) {
    return 2 * packed.shorts.size() + packed.weights.size() + packed.rest.size() +
           4 * packed.bias.size() + 4 * packed.factors.size();
  };
  for (const int channels : {1, 8, 21}) {
    for (const bool symmetric : {false, true}) {
      for (const ByteSpec& spec :
           {ByteSpec{.in = {4, 4, 5}, .channels = channels, .symmetric = symmetric},
            ByteSpec{.in = {4, 4, 3}, .channels = channels, .kernel = 3, .symmetric = symmetric},
            ByteSpec{.op = Op::depthwise,
            .in = {4, 4, channels},
            .kernel = 5,
            .symmetric = symmetric}}) {
        Lcg lcg(11);
        const FilterShape shape = ByteLayer::shape(spec);
        const ByteFilter filter = test::seeded_byte_filter(lcg, shape, spec);
        INFO(test::describe(spec));
        CHECK(packed_size(spec.op, shape, filter, dot) ==
              bytes_in(pack_filter(spec.op, shape, filter, dot)));
      }
    }
  }
}

TEST_CASE("int8 conv: simd equals reference", "[engine][kernels][int8]") {
  const int kernel = GENERATE(1, 3, 5);
  const int stride = GENERATE(1, 2);
  const bool symmetric = GENERATE(false, true);
  for (int size = 1; size <= 17; ++size) {
    check_equal({.in = {size, 1 + (size * 5) % 17, 1 + size % 4},
                 .channels = 1 + size * 3 % 19,
                 .kernel = kernel,
                 .stride = stride,
                 .symmetric = symmetric},
                &ByteKernelSet::conv);
  }
}

TEST_CASE("int8 conv: the stem of every MobileNet equals the reference",
          "[engine][kernels][int8]") {
  check_equal({.in = {37, 75, 3}, .channels = 32, .kernel = 3, .stride = 2}, &ByteKernelSet::conv);
}

TEST_CASE("int8 depthwise: simd equals reference", "[engine][kernels][int8]") {
  const int kernel = GENERATE(3, 5, 7);
  const int stride = GENERATE(1, 2);
  const bool symmetric = GENERATE(false, true);
  for (int size = 1; size <= 17; ++size) {
    for (const int channels : {1, 3, 8, 13, 16, 24}) {
      check_equal({.op = Op::depthwise,
                   .in = {size, 1 + (size * 7) % 17, channels},
                   .kernel = kernel,
                   .stride = stride,
                   .symmetric = symmetric},
                  &ByteKernelSet::depthwise);
    }
  }
}

TEST_CASE("int8: single-float rounding is the same in simd and reference",
          "[engine][kernels][int8]") {
  check_equal({.in = {9, 9, 33}, .channels = 41, .rounding = Rounding::single_float},
              &ByteKernelSet::pointwise);
  check_equal(
      {.op = Op::depthwise, .in = {9, 9, 24}, .kernel = 3, .rounding = Rounding::single_float},
      &ByteKernelSet::depthwise);
}

TEST_CASE("int8: any split into rows gives the whole", "[engine][kernels][int8]") {
  const int stride = GENERATE(1, 2);
  const ByteKernelSet& set = GENERATE(0, 1) == 0 ? simd_byte_kernels() : reference_byte_kernels();
  check_split({.in = {11, 9, 5}, .channels = 7}, set.pointwise);
  check_split({.in = {11, 9, 3}, .channels = 7, .kernel = 3, .stride = stride}, set.conv);
  check_split({.op = Op::depthwise, .in = {11, 9, 12}, .kernel = 3, .stride = stride},
              set.depthwise);
  check_split({.op = Op::depthwise, .in = {11, 9, 8}, .kernel = 5, .stride = stride},
              set.depthwise);
}

TEST_CASE("int8: sums too large for the estimate are computed by the reference",
          "[engine][kernels][int8]") {
  Lcg lcg(5);
  const ByteSpec spec = {.in = {3, 3, 16}, .channels = 8};
  ByteFilter filter = test::seeded_byte_filter(lcg, ByteLayer::shape(spec), spec);
  for (FixedPoint& factor : filter.factors) factor = *to_fixed_point(200.0);
  const ByteLayer layer(spec, filter, test::seeded_bytes(lcg, spec.in.count()));
  CHECK_FALSE(layer.packed().bounded);
  CHECK(layer.run(simd_byte_kernels().pointwise) == layer.run(reference_byte_kernels().pointwise));
}

TEST_CASE("int8 add: simd equals reference on every pair of bytes", "[engine][kernels][int8]") {
  const float ratio = GENERATE(0.4f, 1.0f, 1.5f, 6.0f);  // beyond 2 the estimate is not used
  const int seed = GENERATE(1, 2, 3);
  Lcg lcg(static_cast<std::uint64_t>(seed));
  const AddScales scales = seeded_add(lcg, ratio);
  const Shape shape = {256, 1, 259};  // 3 channels beyond whole vectors
  std::vector<std::uint8_t> first(shape.count());
  std::vector<std::uint8_t> second(shape.count());
  for (std::size_t i = 0; i < first.size(); ++i) {
    first[i] = static_cast<std::uint8_t>(i / 259);
    second[i] = static_cast<std::uint8_t>(i % 259);
  }
  const auto run = [&](const ByteKernelSet& kernels) {
    std::vector<std::uint8_t> output(shape.count());
    kernels.add({first.data(), second.data(), &scales, output.data(), shape}, {0, 100});
    kernels.add({first.data(), second.data(), &scales, output.data(), shape}, {100, 256});
    return output;
  };
  CHECK(run(simd_byte_kernels()) == run(reference_byte_kernels()));
}

TEST_CASE("int8 channel_scale: simd equals reference on every pair of bytes",
          "[engine][kernels][int8]") {
  const float factor = GENERATE(0.0041f, 0.013f, 0.5f, 20.0f);  // beyond 8 no estimate is used
  const MulScales scales = *mul_scales({0.1f, 3}, {factor, 120}, {0.1f, 77});
  const Shape shape = {256, 1, 259};
  std::vector<std::uint8_t> first(shape.count());
  for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<std::uint8_t>(i / 259);
  std::vector<std::uint8_t> gates(259);
  for (std::size_t c = 0; c < gates.size(); ++c) gates[c] = static_cast<std::uint8_t>(c);
  const auto run = [&](const ByteKernelSet& kernels) {
    std::vector<std::uint8_t> output(shape.count());
    kernels.channel_scale({first.data(), gates.data(), &scales, output.data(), shape}, {0, 256});
    return output;
  };
  CHECK(run(simd_byte_kernels()) == run(reference_byte_kernels()));
}

TEST_CASE("int8 global_pool: simd equals reference", "[engine][kernels][int8]") {
  const int channels = GENERATE(1, 7, 8, 20, 259);
  const Shape in = {7, 5, channels};
  Lcg lcg(9);
  const std::vector<std::uint8_t> input = test::seeded_bytes(lcg, in.count());
  const BytePool pools[] = {{}, {to_fixed_point(1.7 / 35), 120, 40}};
  for (const BytePool& pool : pools) {
    const auto run = [&](const ByteKernelSet& kernels) {
      std::vector<std::uint8_t> output(static_cast<std::size_t>(channels));
      kernels.global_pool({input.data(), &pool, output.data(), in});
      return output;
    };
    CHECK(run(simd_byte_kernels()) == run(reference_byte_kernels()));
  }
}
