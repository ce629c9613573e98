// The arithmetic of the eight operations. Each comes as a reference to be read beside a SIMD one
// that gives the same bits (without fused multiply-add): every output starts from its bias and adds
// its products in the order ky, kx, in, then the activation is applied.
// Every kernel writes only the output rows [rows.begin, rows.end), so that a run can be cut into
// slices or shared out over threads; a dense layer has one row and is shared out by outputs.
// Kernels cannot fail; Model::create has checked all sizes.
#pragma once

#include "engine/aligned.h"
#include "engine/graph.h"
#include "engine/tensor.h"
#include "engine/weights.h"

namespace lens {

struct Rows {
  int begin = 0;
  int end = 0;
};

// For conv, depthwise and dense. The reference kernels read `filter` and `bias`, the SIMD kernels
// read `packed`, which holds both.
struct ConvArgs {
  const float* input = nullptr;
  const float* filter = nullptr;  // canonical layout, weights.h
  const float* bias = nullptr;
  const float* packed = nullptr;  // pack_filter()
  float* output = nullptr;
  // pointwise without an activation (asserted): what is added to each output, and where the sums
  // go. Both have the output's shape; null: nothing is added.
  const float* residual = nullptr;
  float* sum = nullptr;
  Shape in;
  Shape out;
  int kernel = 1;
  int stride = 1;
  Activation activation = Activation::none;
};

// add: second has the input's shape. channel_scale: second has shape (1, 1, C).
struct BinaryArgs {
  const float* input = nullptr;
  const float* second = nullptr;
  float* output = nullptr;
  Shape shape;
};

// global_pool: (H, W, C) -> (1, 1, C); sums rows first to last, then divides by H * W.
// softmax: over the channels of (1, 1, C).
struct UnaryArgs {
  const float* input = nullptr;
  float* output = nullptr;
  Shape in;
};

struct KernelSet {
  void (*conv)(const ConvArgs&, Rows);       // k x k, any stride
  void (*pointwise)(const ConvArgs&, Rows);  // 1x1 at stride 1
  void (*dense)(const ConvArgs&, Rows);  // one pixel of it: outputs [begin, end) of its only row
  void (*depthwise)(const ConvArgs&, Rows);  // k x k, any stride
  void (*add)(const BinaryArgs&, Rows);
  void (*channel_scale)(const BinaryArgs&, Rows);
  void (*global_pool)(const UnaryArgs&);
  void (*softmax)(const UnaryArgs&);
};

// Filter and bias in the order in which the SIMD kernels read them, padded with zeros:
//   conv, dense  for each panel of 8 outputs: their 8 biases, then 8 weights per (ky, kx, in)
//   depthwise    for each group of 4 channels: their 4 biases, then 4 weights per (ky, kx)
// Empty for the other operations. Sizes must agree with the shape (asserted).
AlignedFloats pack_filter(Op op, const FilterShape& shape, const NodeWeights& weights);
constexpr int kPanelOutputs = 8;  // dense: `begin` is a multiple of it
constexpr int kGroupChannels = 4;

const KernelSet& reference_kernels();
const KernelSet& simd_kernels();

// The activation on one value, in the one order of operations that every kernel repeats.
float activate(Activation activation, float value);

}  // namespace lens
