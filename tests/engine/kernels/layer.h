// One layer with seeded weights and input, to be run by any kernel: what the kernel tests share.
#pragma once

#include <cmath>
#include <utility>

#include "engine/kernels/kernels.h"
#include "engine/padding.h"
#include "engine/simd/f32x4.h"
#include "support/bits.h"
#include "support/seeded.h"

namespace lens::test {

using ConvKernel = void (*)(const ConvArgs&, Rows);

struct LayerSpec {
  Op op = Op::conv;
  Shape in;
  int channels = 1;  // out; ignored by depthwise
  int kernel = 1;
  int stride = 1;
  Activation activation = Activation::none;
};

// Values that no kernel writes: a row left out is seen.
constexpr float kUntouched = -12345.0f;

class Layer {
 public:
  Layer(const LayerSpec& spec, NodeWeights weights, Tensor input)
      : spec_(spec), weights_(std::move(weights)), input_(std::move(input)) {
    packed_ = pack_filter(spec.op, filter(spec), weights_);
  }

  static Layer seeded(const LayerSpec& spec, std::uint64_t seed) {
    Lcg lcg(seed);
    NodeWeights weights = seeded_filter(lcg, filter(spec));
    return Layer(spec, std::move(weights), seeded_tensor(lcg, spec.in, 4.0f));
  }

  static FilterShape filter(const LayerSpec& spec) {
    const bool depthwise = spec.op == Op::depthwise;
    return {spec.kernel, depthwise ? 1 : spec.in.c, depthwise ? spec.in.c : spec.channels};
  }

  Shape out() const {
    return {same_output(spec_.in.h, spec_.stride), same_output(spec_.in.w, spec_.stride),
            filter(spec_).out};
  }

  // With a residual, the sums are written too.
  void run(ConvKernel kernel, Rows rows, Tensor& output, const Tensor* residual = nullptr,
           Tensor* sum = nullptr) const {
    kernel({.input = input_.data.data(),
            .filter = weights_.filter.data(),
            .bias = weights_.bias.data(),
            .packed = packed_.data(),
            .output = output.data.data(),
            .residual = residual != nullptr ? residual->data.data() : nullptr,
            .sum = sum != nullptr ? sum->data.data() : nullptr,
            .in = spec_.in,
            .out = out(),
            .kernel = spec_.kernel,
            .stride = spec_.stride,
            .activation = spec_.activation},
           rows);
  }

  Tensor run(ConvKernel kernel) const {
    Tensor output = untouched(out());
    run(kernel, {0, out().h}, output);
    return output;
  }

  static Tensor untouched(Shape shape) {
    Tensor tensor(shape);
    tensor.data.assign(shape.count(), kUntouched);
    return tensor;
  }

 private:
  LayerSpec spec_;
  NodeWeights weights_;
  Tensor input_;
  AlignedFloats packed_;
};

// Bit for bit where multiply-add rounds twice, as in the reference. Fused, each product keeps the
// bits that the reference rounds away: up to 2^-24 of each partial sum, which stays below 100 here.
inline bool agrees(std::span<const float> simd_result, std::span<const float> reference) {
  if (!simd::kFusedMadd) return same_bits(simd_result, reference);
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const float scale = std::max(1.0f, std::abs(reference[i]));
    if (!(std::abs(simd_result[i] - reference[i]) <= 2e-4f * scale)) return false;
  }
  return simd_result.size() == reference.size();
}

}  // namespace lens::test
