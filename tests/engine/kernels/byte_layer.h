// One layer on bytes with seeded weights, zero points and scales: what the int8 kernel tests share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/kernels/kernels_int8.h"
#include "engine/padding.h"
#include "support/seeded.h"

namespace lens::test {

struct ByteSpec {
  Op op = Op::conv;
  Shape in;
  int channels = 1;  // out; ignored by depthwise
  int kernel = 1;
  int stride = 1;
  bool symmetric = false;  // weights without a zero point, a factor per channel
  Rounding rounding = Rounding::fixed_point;
};

inline std::string describe(const ByteSpec& spec) {
  return std::string(to_string(spec.op)) + " " + std::to_string(spec.in.h) + "x" +
         std::to_string(spec.in.w) + "x" + std::to_string(spec.in.c) + " -> " +
         std::to_string(spec.channels) + ", kernel " + std::to_string(spec.kernel) + ", stride " +
         std::to_string(spec.stride) + (spec.symmetric ? ", symmetric" : "");
}

inline std::vector<std::uint8_t> seeded_bytes(Lcg& lcg, std::size_t count) {
  std::vector<std::uint8_t> bytes(count + kByteSlack);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(lcg.below(256));
  return bytes;
}

// Factors that take sums to about the whole range of bytes, some beyond it.
inline ByteFilter seeded_byte_filter(Lcg& lcg, const FilterShape& shape, const ByteSpec& spec) {
  ByteFilter filter;
  filter.rounding = spec.rounding;
  filter.zero = spec.symmetric ? 0 : lcg.below(256) - 128;
  filter.in_zero = lcg.below(256);
  filter.out_zero = lcg.below(256);
  if (lcg.below(3) == 0) filter.range = {filter.out_zero, 255 - lcg.below(60)};
  if (filter.range.low > filter.range.high) filter.range = {};
  for (std::size_t i = 0; i < shape.count(); ++i) {
    filter.weights.push_back(static_cast<std::int8_t>(lcg.below(256) - 128));
  }
  const int terms = shape.kernel * shape.kernel * shape.in;
  const float layer_factor = (0.3f + 0.25f * lcg.next()) / std::sqrt(static_cast<float>(terms));
  for (int c = 0; c < shape.out; ++c) {
    filter.bias.push_back(lcg.below(20000) - 10000);
    const float factor = layer_factor * 0.01f * (spec.symmetric ? 2.0f + lcg.next() : 1.0f);
    filter.factors.push_back(*to_fixed_point(factor));
    filter.float_factors.push_back(factor);
  }
  return filter;
}

class ByteLayer {
 public:
  ByteLayer(const ByteSpec& spec, ByteFilter filter, std::vector<std::uint8_t> input,
            DotProduct dot = probe_dot_product())
      : spec_(spec), filter_(std::move(filter)), input_(std::move(input)) {
    packed_ = pack_filter(spec.op, shape(spec), filter_, dot);
  }

  static ByteLayer seeded(const ByteSpec& spec, std::uint64_t seed,
                          DotProduct dot = probe_dot_product()) {
    Lcg lcg(seed);
    ByteFilter filter = seeded_byte_filter(lcg, shape(spec), spec);
    return ByteLayer(spec, std::move(filter), seeded_bytes(lcg, spec.in.count()), dot);
  }

  static FilterShape shape(const ByteSpec& spec) {
    const bool depthwise = spec.op == Op::depthwise;
    return {spec.kernel, depthwise ? 1 : spec.in.c, depthwise ? spec.in.c : spec.channels};
  }

  Shape out() const {
    return {same_output(spec_.in.h, spec_.stride), same_output(spec_.in.w, spec_.stride),
            shape(spec_).out};
  }

  const PackedBytes& packed() const { return packed_; }

  ByteConvArgs args(std::vector<std::uint8_t>& output) const {
    return {.input = input_.data(),
            .filter = &filter_,
            .packed = &packed_,
            .output = output.data(),
            .in = spec_.in,
            .out = out(),
            .kernel = spec_.kernel,
            .stride = spec_.stride};
  }

  // kernel(args, rows) on all rows.
  template <class Kernel>
  std::vector<std::uint8_t> run(Kernel kernel) const {
    std::vector<std::uint8_t> output(out().count());
    kernel(args(output), Rows{0, out().h});
    return output;
  }

 private:
  ByteSpec spec_;
  ByteFilter filter_;
  std::vector<std::uint8_t> input_;
  PackedBytes packed_;
};

}  // namespace lens::test
