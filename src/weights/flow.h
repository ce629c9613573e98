// One model file, or a backbone and its head, as one data flow: tensors and operators numbered
// through, who writes and who reads each tensor. Still the file's words; knows no graph of ours.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/tensor.h"
#include "weights/tflite.h"

namespace lens {

// Borrows the files: keep them longer.
class Flow {
 public:
  // One file, or two of which one reads what the other ends in, in either order. Fails when two
  // files do not belong together. At least one file (asserted).
  static Result<Flow> create(std::span<const TfliteFile> files);

  int size() const { return static_cast<int>(operators_.size()); }

  const TfliteTensor& tensor(int id) const { return *tensors_[static_cast<std::size_t>(id)]; }

  const TfliteOperator& op(int id) const { return operators_[static_cast<std::size_t>(id)]; }

  const std::vector<int>& readers(int tensor) const {
    return readers_[static_cast<std::size_t>(tensor)];
  }

  int tensor_count() const { return static_cast<int>(tensors_.size()); }

  int input() const { return input_; }  // the image

  int output() const { return output_; }  // of the last file

  // The constant behind a tensor: itself, or what a DEQUANTIZE expands into it. Null when a run
  // computes it or when its type is none that we read.
  const TfliteTensor* constant(int id) const;
  // The one value that all elements of a constant have.
  std::optional<float> uniform_constant(int id) const;

  // All tensors that hold the same values as this one, itself first: through RESHAPE, SQUEEZE,
  // QUANTIZE, DEQUANTIZE and 1x1 pools, and from a backbone into its head.
  std::vector<int> carriers(int tensor) const;
  bool passes_through(int op) const;

 private:
  void append(const TfliteFile& file);
  void join(int output, int input);
  void index();

  std::vector<const TfliteTensor*> tensors_;
  std::vector<TfliteOperator> operators_;
  std::vector<std::vector<int>> readers_;  // by tensor: operators, in order
  std::vector<int> writers_;               // by tensor: operator or -1
  int input_ = -1;
  int output_ = -1;
};

// (H, W, C) of a tensor with batch 1: from [1,H,W,C], [1,C] or [C]; nothing for other ranks.
std::optional<Shape> image_shape(const TfliteTensor& tensor);

// "224x224x3".
std::string describe(const Shape& shape);
// "[1, 224, 224, 3]".
std::string describe_shape(const TfliteTensor& tensor);

}  // namespace lens
