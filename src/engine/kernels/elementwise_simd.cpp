#include "engine/kernels/simd.h"
#include "engine/simd/f32x4.h"

namespace lens::fast {

namespace {

// Sums of kVectors * 4 channels over all pixels, divided.
template <int kVectors>
void pool_channels(const UnaryArgs& args, int channel) {
  const int pixels = args.in.h * args.in.w;
  F32x4 sums[kVectors];
  for (int v = 0; v < kVectors; ++v) sums[v] = simd::splat(0.0f);
  for (int pixel = 0; pixel < pixels; ++pixel) {
    const float* from = args.input + pixel * args.in.c + channel;
    for (int v = 0; v < kVectors; ++v) sums[v] = simd::add(sums[v], simd::load(from + 4 * v));
  }
  const F32x4 count = simd::splat(static_cast<float>(pixels));
  for (int v = 0; v < kVectors; ++v) {
    simd::store(args.output + channel + 4 * v, simd::div(sums[v], count));
  }
}

void pool_last_channel(const UnaryArgs& args, int channel) {
  const int pixels = args.in.h * args.in.w;
  float sum = 0;
  for (int pixel = 0; pixel < pixels; ++pixel) sum += args.input[pixel * args.in.c + channel];
  args.output[channel] = sum / static_cast<float>(pixels);
}

}  // namespace

void add(const BinaryArgs& args, Rows rows) {
  const int row_size = args.shape.w * args.shape.c;
  const int end = rows.end * row_size;
  int i = rows.begin * row_size;
  for (; i + 4 <= end; i += 4) {
    simd::store(args.output + i,
                simd::add(simd::load(args.input + i), simd::load(args.second + i)));
  }
  for (; i < end; ++i) args.output[i] = args.input[i] + args.second[i];
}

void channel_scale(const BinaryArgs& args, Rows rows) {
  const int channels = args.shape.c;
  for (int pixel = rows.begin * args.shape.w; pixel < rows.end * args.shape.w; ++pixel) {
    const float* input = args.input + pixel * channels;
    float* output = args.output + pixel * channels;
    int c = 0;
    for (; c + 4 <= channels; c += 4) {
      simd::store(output + c, simd::mul(simd::load(input + c), simd::load(args.second + c)));
    }
    for (; c < channels; ++c) output[c] = input[c] * args.second[c];
  }
}

void global_pool(const UnaryArgs& args) {
  int channel = 0;
  for (; channel + 16 <= args.in.c; channel += 16) pool_channels<4>(args, channel);
  for (; channel + 4 <= args.in.c; channel += 4) pool_channels<1>(args, channel);
  for (; channel < args.in.c; ++channel) pool_last_channel(args, channel);
}

}  // namespace lens::fast
