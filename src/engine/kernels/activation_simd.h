// activate() of kernels.h on four lanes, as types that a kernel takes as a template parameter: the
// choice is made once per call, outside its loops.
#pragma once

#include <limits>

#include "engine/graph.h"
#include "engine/kernels/kernels.h"
#include "engine/simd/f32x4.h"

namespace lens {

// Without one: a case of its own in the pointwise kernel, where a residual may follow.
struct Linear {
  F32x4 operator()(F32x4 value) const { return value; }
};

// Linear, ReLU and ReLU6 are one clamp. The bound is min's and max's first argument, so that a NaN
// passes through, as in the scalar code.
struct Clamp {
  F32x4 low;
  F32x4 high;

  F32x4 operator()(F32x4 value) const { return simd::min(high, simd::max(low, value)); }
};

struct HardSigmoid {
  F32x4 three = simd::constant(3.0f);
  F32x4 zero = simd::constant(0.0f);
  F32x4 six = simd::constant(6.0f);
  F32x4 sixth = simd::constant(1.0f / 6.0f);

  F32x4 operator()(F32x4 value) const {
    const F32x4 above_zero = simd::max(zero, simd::add(value, three));
    return simd::mul(simd::min(six, above_zero), sixth);
  }
};

struct HardSwish {
  HardSigmoid hard_sigmoid;

  F32x4 operator()(F32x4 value) const { return simd::mul(value, hard_sigmoid(value)); }
};

// Swish and sigmoid: the scalar function on one lane after the other. No network runs with them but
// in a what-if, where the same bits matter more than time.
struct PerLane {
  Activation activation;

  F32x4 operator()(F32x4 value) const {
    float lanes[4];
    simd::store(lanes, value);
    for (float& lane : lanes) lane = activate(activation, lane);
    return simd::load(lanes);
  }
};

// Calls f with the type that carries out the activation.
template <class F>
void with_activation(Activation activation, F f) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  switch (activation) {
    case Activation::none:
      return f(Clamp{simd::constant(-kInfinity), simd::constant(kInfinity)});
    case Activation::relu:
      return f(Clamp{simd::constant(0.0f), simd::constant(kInfinity)});
    case Activation::relu6:
      return f(Clamp{simd::constant(0.0f), simd::constant(6.0f)});
    case Activation::hard_swish:
      return f(HardSwish{});
    case Activation::hard_sigmoid:
      return f(HardSigmoid{});
    case Activation::swish:
    case Activation::sigmoid:
      return f(PerLane{activation});
  }
}

}  // namespace lens
