// A TFLite file as plain data: its tensors and operators, checked. Knows the file format only, no
// MobileNet and no graph of ours; bind.h makes weights of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lens {

enum class ElementType { float32, float16, int32, uint8, int8, other };

// Bytes of one element; 0 for `other`.
std::size_t element_size(ElementType type);
std::string_view to_string(ElementType type);

// real = scale * (stored - zero_point). One pair for the whole tensor, or one per slice of `axis`.
struct Quantization {
  std::vector<float> scales;
  std::vector<std::int32_t> zero_points;  // as many as scales
  int axis = 0;

  bool empty() const { return scales.empty(); }

  bool per_channel() const { return scales.size() > 1; }
};

struct TfliteTensor {
  std::string name;
  std::vector<int> shape;  // as in the file, batch first; empty for a scalar
  ElementType type = ElementType::other;
  Quantization quantization;
  // Constants only; empty for what a run computes. Not aligned for the element type: memcpy.
  std::span<const std::uint8_t> data;

  std::size_t count() const;

  bool is_constant() const { return !data.empty(); }
};

enum class TfliteOp {
  add,
  average_pool_2d,
  conv_2d,
  depthwise_conv_2d,
  dequantize,
  div,
  fully_connected,
  hard_swish,
  logistic,
  max_pool_2d,
  mean,
  mul,
  pad,
  quantize,
  relu,
  relu6,
  reshape,
  softmax,
  squeeze,
  sub,
  other
};

enum class TfliteActivation { none, relu, relu6, other };

// An operator with the options of its kind; the others keep their defaults.
struct TfliteOperator {
  TfliteOp op = TfliteOp::other;
  int code = 0;              // the format's number for it
  std::vector<int> inputs;   // tensor indices; -1 where an optional input is left out
  std::vector<int> outputs;  // tensor indices
  TfliteActivation activation = TfliteActivation::none;  // fused behind the operator
  bool same_padding = true;                              // else VALID
  int stride_h = 1;
  int stride_w = 1;
  int dilation_h = 1;
  int dilation_w = 1;
  int filter_h = 0;  // pools
  int filter_w = 0;
  bool plain_weights = true;  // fully_connected: false when the weights are shuffled
  float beta = 1.0f;          // softmax

  // The input at that place, or -1 when it is absent.
  int input(std::size_t index) const { return index < inputs.size() ? inputs[index] : -1; }
};

// "CONV_2D", as the format calls it; "operator 17" for kinds that we do not know.
std::string describe(const TfliteOperator& op);

// Owns the file's bytes; tensors' data point into them, so the file moves but does not copy.
// Guaranteed after read_tflite: every index lies in its range; every operator has an output; an
// operator reads only constants, inputs of the graph and outputs of operators before it, and no
// tensor is written twice; a constant has as many bytes as its shape needs; scales are finite and
// positive, as many as zero points, and one or as many as the axis has slices.
class TfliteFile {
 public:
  TfliteFile(TfliteFile&&) = default;
  TfliteFile& operator=(TfliteFile&&) = default;
  TfliteFile(const TfliteFile&) = delete;
  TfliteFile& operator=(const TfliteFile&) = delete;

  const std::vector<TfliteTensor>& tensors() const { return tensors_; }

  const TfliteTensor& tensor(int index) const { return tensors_[static_cast<std::size_t>(index)]; }

  const std::vector<TfliteOperator>& operators() const { return operators_; }

  const std::vector<int>& inputs() const { return inputs_; }  // never empty

  const std::vector<int>& outputs() const { return outputs_; }  // never empty

  const std::string& description() const { return description_; }

  std::size_t size_bytes() const { return bytes_.size(); }

 private:
  friend class TfliteReader;
  TfliteFile() = default;

  std::vector<std::uint8_t> bytes_;
  std::vector<TfliteTensor> tensors_;
  std::vector<TfliteOperator> operators_;
  std::vector<int> inputs_;
  std::vector<int> outputs_;
  std::string description_;
};

// Fails on anything that is not a whole, sound TFLite file; whatever the bytes are, never crashes.
// The first subgraph is read.
Result<TfliteFile> read_tflite(std::vector<std::uint8_t> bytes);

}  // namespace lens
