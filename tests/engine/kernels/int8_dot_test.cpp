// The three semantics that an engine's 8-bit dot product may have, each as a model in plain C++:
// the probe tells them apart, and the kernels packed for one give the reference's bytes on it.
#include <algorithm>

#include "byte_layer.h"
#include "catch2/catch.hpp"
#include "engine/kernels/conv_int8.h"
#include "engine/kernels/depthwise_int8.h"

namespace {

using namespace lens;
using test::ByteLayer;
using test::ByteSpec;

// Signed weights times inputs as `Reads` sees them; pairs of products may saturate to 16 bits. Not
// inlined: the kernels unroll it a hundred times, which a sanitizing compiler takes minutes for.
template <class Reads, bool kSaturates>
struct ModelDot {
  [[gnu::noinline]] I32x4 operator()(I8x16 weights, I8x16 inputs, I32x4 sums) const {
    std::int8_t w[16];
    std::uint8_t a[16];
    std::int32_t total[4];
    simd::store_bytes(w, weights);
    simd::store_bytes(a, inputs);
    simd::store_words(total, sums);
    for (int pair = 0; pair < 8; ++pair) {
      const int sum = w[2 * pair] * static_cast<Reads>(a[2 * pair]) +
                      w[2 * pair + 1] * static_cast<Reads>(a[2 * pair + 1]);
      total[pair / 2] += kSaturates ? std::clamp(sum, -32768, 32767) : sum;
    }
    return simd::load_words(total);
  }
};

using UnsignedDot = ModelDot<std::uint8_t, false>;
using SignedDot = ModelDot<std::int8_t, false>;
using SaturatingDot = ModelDot<std::uint8_t, true>;

const ByteSpec kMatrices[] = {{.in = {3, 5, 7}, .channels = 9},
                              {.in = {4, 7, 40}, .channels = 24},
                              {.in = {4, 7, 36}, .channels = 17, .symmetric = true}};

const ByteSpec kWindows[] = {{.in = {9, 7, 3}, .channels = 9, .kernel = 3, .stride = 2},
                             {.in = {6, 11, 2}, .channels = 16, .kernel = 3, .symmetric = true}};

const ByteSpec kColumns[] = {
    {.op = Op::depthwise, .in = {9, 11, 12}, .kernel = 3},
    {.op = Op::depthwise, .in = {9, 11, 8}, .kernel = 3, .stride = 2, .symmetric = true},
    {.op = Op::depthwise, .in = {9, 11, 16}, .kernel = 5},
    {.op = Op::depthwise, .in = {9, 11, 9}, .kernel = 5, .stride = 2}};

template <class Dot>
void check_kernels(DotProduct dot) {
  const ByteKernelSet& reference = reference_byte_kernels();
  for (const ByteSpec& spec : kMatrices) {
    INFO(test::describe(spec));
    const ByteLayer layer = ByteLayer::seeded(spec, 3, dot);
    const auto gemm = [](const ByteConvArgs& args, Rows) {
      const ByteMatrix matrix = {args.input, args.in.c, args.in.c, args.in.h * args.in.w};
      ByteGemm<Dot>(args, matrix, args.output).run();
    };
    CHECK(layer.run(gemm) == layer.run(reference.pointwise));
  }
  for (const ByteSpec& spec : kWindows) {
    INFO(test::describe(spec));
    const ByteLayer layer = ByteLayer::seeded(spec, 3, dot);
    CHECK(layer.run(byte_conv<Dot>) == layer.run(reference.conv));
  }
  for (const ByteSpec& spec : kColumns) {
    INFO(test::describe(spec));
    const ByteLayer layer = ByteLayer::seeded(spec, 3, dot);
    CHECK(layer.run(byte_depthwise_of<Dot>) == layer.run(reference.depthwise));
  }
}

}  // namespace

TEST_CASE("int8 probe: tells the three semantics apart", "[engine][kernels][int8]") {
  CHECK(classify_dot_product(UnsignedDot()) == DotProduct::relaxed_unsigned);
  CHECK(classify_dot_product(SignedDot()) == DotProduct::relaxed_signed);
  CHECK(classify_dot_product(SaturatingDot()) == DotProduct::wide);
}

TEST_CASE("int8 probe: an engine that computes anything else gets 16-bit products",
          "[engine][kernels][int8]") {
  const auto idle = [](I8x16, I8x16, I32x4 sums) { return sums; };
  CHECK(classify_dot_product(idle) == DotProduct::wide);
  const auto forgets_the_sum = [](I8x16 weights, I8x16 inputs, I32x4) {
    return UnsignedDot()(weights, inputs, simd::splat_word(0));
  };
  CHECK(classify_dot_product(forgets_the_sum) == DotProduct::wide);
}

TEST_CASE("int8: kernels equal the reference on each semantics of the dot product",
          "[engine][kernels][int8]") {
  SECTION("unsigned") {
    check_kernels<RelaxedDot<UnsignedDot, false>>(DotProduct::relaxed_unsigned);
  }
  SECTION("signed") {
    check_kernels<RelaxedDot<SignedDot, true>>(DotProduct::relaxed_signed);
  }
  SECTION("16-bit products") {
    check_kernels<WideDot>(DotProduct::wide);
  }
}
