// The arithmetic of the eight operations. Each comes as a reference to be read beside a SIMD one
// that gives the same bits (without fused multiply-add): every output starts from its bias and adds
// its products in the order ky, kx, in, then the activation is applied.
// Every kernel writes only the output rows [rows.begin, rows.end), so that a run can be cut into
// slices or shared out over threads. Kernels cannot fail; Model::create has checked all sizes.
#pragma once

#include "engine/graph.h"
#include "engine/tensor.h"

namespace lens {

struct Rows {
  int begin = 0;
  int end = 0;
};

// For conv, depthwise and dense. `packed` is the filter as pack_filter() lays it out.
struct ConvArgs {
  const float* input = nullptr;
  const float* filter = nullptr;  // canonical layout, weights.h
  const float* packed = nullptr;
  const float* bias = nullptr;
  float* output = nullptr;
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
  void (*pointwise)(const ConvArgs&, Rows);  // 1x1 at stride 1; dense is one pixel of it
  void (*depthwise)(const ConvArgs&, Rows);  // k x k, any stride
  void (*add)(const BinaryArgs&, Rows);
  void (*channel_scale)(const BinaryArgs&, Rows);
  void (*global_pool)(const UnaryArgs&);
  void (*softmax)(const UnaryArgs&);
};

const KernelSet& reference_kernels();
const KernelSet& simd_kernels();

// The activation on one value, in the one order of operations that every kernel repeats.
float activate(Activation activation, float value);

}  // namespace lens
