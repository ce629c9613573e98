#include <algorithm>
#include <cmath>

#include "engine/kernels/reference.h"

namespace lens {

namespace {

// ReLU6(x + 3) / 6. MobileNetV3, arXiv 1905.02244, section 5.2. Times the rounded sixth, since a
// vector division costs several multiplications; 6 * (1.0f / 6) is exactly 1.
float hard_sigmoid(float value) {
  const float above_zero = value + 3.0f < 0.0f ? 0.0f : value + 3.0f;
  return (above_zero > 6.0f ? 6.0f : above_zero) * (1.0f / 6.0f);
}

// 1 / (1 + e^-x); 0 where the exponential overflows.
float sigmoid(float value) {
  return 1.0f / (1.0f + std::exp(-value));
}

}  // namespace

// The comparisons are written so that a NaN passes through: damage shows instead of becoming zero.
float activate(Activation activation, float value) {
  switch (activation) {
    case Activation::none:
      return value;
    case Activation::relu:
      return value < 0.0f ? 0.0f : value;
    case Activation::relu6:
      return value < 0.0f ? 0.0f : (value > 6.0f ? 6.0f : value);
    case Activation::hard_swish:
      return value * hard_sigmoid(value);
    case Activation::hard_sigmoid:
      return hard_sigmoid(value);
    case Activation::swish:
      return value * sigmoid(value);
    case Activation::sigmoid:
      return sigmoid(value);
  }
  return value;
}

namespace reference {

// The residual: out = input + second, element by element. MobileNetV2, arXiv 1801.04381, figure 3.
void add(const BinaryArgs& args, Rows rows) {
  const int row_size = args.shape.w * args.shape.c;
  for (int i = rows.begin * row_size; i < rows.end * row_size; ++i) {
    args.output[i] = args.input[i] + args.second[i];
  }
}

// Squeeze-and-excite's scale: out(y,x,c) = in(y,x,c) * gate(c). arXiv 1709.01507, eq. 4.
void channel_scale(const BinaryArgs& args, Rows rows) {
  for (int pixel = rows.begin * args.shape.w; pixel < rows.end * args.shape.w; ++pixel) {
    const int at = pixel * args.shape.c;
    for (int c = 0; c < args.shape.c; ++c) {
      args.output[at + c] = args.input[at + c] * args.second[c];
    }
  }
}

// Global average pool: out(c) = (sum over y, x of in(y,x,c)) / (H * W). arXiv 1709.01507, eq. 2.
void global_pool(const UnaryArgs& args) {
  const int pixels = args.in.h * args.in.w;
  for (int c = 0; c < args.in.c; ++c) {
    float sum = 0;
    for (int pixel = 0; pixel < pixels; ++pixel) sum += args.input[pixel * args.in.c + c];
    args.output[c] = sum / static_cast<float>(pixels);
  }
}

// out(c) = exp(in(c) - max) / sum of the same over all channels: the shift changes nothing but
// keeps the exponentials finite.
void softmax(const UnaryArgs& args) {
  const float largest = *std::max_element(args.input, args.input + args.in.c);
  float sum = 0;
  for (int c = 0; c < args.in.c; ++c) {
    args.output[c] = std::exp(args.input[c] - largest);
    sum += args.output[c];
  }
  for (int c = 0; c < args.in.c; ++c) args.output[c] /= sum;
}

}  // namespace reference

}  // namespace lens
