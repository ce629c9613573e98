// The arithmetic of the eight operations on bytes, quantization.h: integer sums, requantized once
// per output. Each comes as a reference to be read beside a SIMD one that gives the same bytes in
// every build. Rows and the promise of never failing are those of kernels.h; QuantizedModel::create
// has checked all sizes and ranges.
//
// The fast kernels read up to kByteSlack bytes beyond the end of an input and use none of them.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/aligned.h"
#include "engine/graph.h"
#include "engine/kernels/kernels.h"
#include "engine/quantization.h"
#include "engine/tensor.h"

namespace lens {

constexpr std::size_t kByteSlack = 16;

// A weighted layer in the canonical layout of weights.h: real weight = scale(out) * (filter -
// filter_zero), real bias = in scale * scale(out) * bias.
struct ByteFilter {
  std::vector<std::int8_t> weights;
  int zero = 0;  // -128..127; 0 where scales are per channel
  std::vector<std::int32_t> bias;
  std::vector<FixedPoint> factors;   // by output channel: in scale * scale(out) / out scale
  std::vector<float> float_factors;  // the same, computed in floats
  Rounding rounding = Rounding::fixed_point;
  int in_zero = 0;
  int out_zero = 0;
  ByteRange range;

  // The output's byte for a sum of its channel.
  std::uint8_t requantize(std::int32_t sum, std::size_t channel) const;
};

// How the engine's 8-bit dot product reads its second operand, found by probe_dot_product().
// `wide` is none: 16-bit products, on every machine the same.
enum class DotProduct { wide, relaxed_unsigned, relaxed_signed };

// ByteFilter in the order in which the fast kernels read it, made by pack_filter(). Padded with
// zeros to whole groups of 8 outputs. With n = 4 neighbours in a dot product, or 2 of 16 bits:
//
//   conv, dense  for each 8 outputs: for each n inputs: 8 outputs x n weights
//   depthwise    for each 8 channels: for each kx: for each n rows: 8 channels x n weights
struct PackedBytes {
  DotProduct dot = DotProduct::wide;
  AlignedShorts shorts;  // DotProduct::wide: weight - zero
  AlignedBytes weights;  // else: the weights; of a depthwise layer weight - zero, saturated
  AlignedBytes rest;     // of such a layer what was cut off, laid out alike; empty when nothing
  int zero = 0;          // what the weights lack: the inputs' sum times it is to be subtracted
  std::vector<std::int32_t> bias;  // with the zero point of the input multiplied out
  // For each 8 outputs 8 floats below their factors and 8 above: requantize_simd.h.
  AlignedFloats factors;
  // Every sum times its factor stays below 2^20 in size, so that the float estimate is good.
  bool bounded = false;
};

struct ByteConvArgs {
  const std::uint8_t* input = nullptr;
  const ByteFilter* filter = nullptr;  // reference kernels
  const PackedBytes* packed = nullptr;
  std::uint8_t* output = nullptr;
  Shape in;
  Shape out;
  int kernel = 1;
  int stride = 1;
};

struct ByteAddArgs {
  const std::uint8_t* input = nullptr;
  const std::uint8_t* second = nullptr;
  const AddScales* scales = nullptr;
  std::uint8_t* output = nullptr;
  Shape shape;
};

// second has shape (1, 1, C).
struct ByteScaleArgs {
  const std::uint8_t* input = nullptr;
  const std::uint8_t* second = nullptr;
  const MulScales* scales = nullptr;
  std::uint8_t* output = nullptr;
  Shape shape;
};

// AVERAGE_POOL_2D: the mean of the bytes, halves up, on the same scale: factor is empty.
// MEAN: the sum of the distances to zero, times in scale / (out scale * H * W).
struct BytePool {
  std::optional<FixedPoint> factor;
  int in_zero = 0;
  int out_zero = 0;
};

std::uint8_t mean_byte(std::int64_t sum, int pixels, const BytePool& pool);

struct BytePoolArgs {
  const std::uint8_t* input = nullptr;
  const BytePool* pool = nullptr;
  std::uint8_t* output = nullptr;
  Shape in;
};

struct ByteKernelSet {
  void (*conv)(const ByteConvArgs&, Rows);       // k x k, any stride
  void (*pointwise)(const ByteConvArgs&, Rows);  // 1x1 at stride 1; dense is one pixel of it
  void (*depthwise)(const ByteConvArgs&, Rows);  // k x k, any stride
  void (*add)(const ByteAddArgs&, Rows);
  void (*channel_scale)(const ByteScaleArgs&, Rows);
  void (*global_pool)(const BytePoolArgs&);
};

const ByteKernelSet& reference_byte_kernels();
const ByteKernelSet& simd_byte_kernels();

// Sizes must agree with the shape (asserted).
PackedBytes pack_filter(Op op, const FilterShape& shape, const ByteFilter& filter, DotProduct dot);

// The bytes that pack_filter() would give, without packing.
std::size_t packed_size(Op op, const FilterShape& shape, const ByteFilter& filter, DotProduct dot);

// What this engine's dot product does with bytes above 127. Asks once per call: a model is packed
// for the answer.
DotProduct probe_dot_product();

}  // namespace lens
