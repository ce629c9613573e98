// Writes small TFLite files for tests: sound ones, odd ones and broken ones alike. Nothing is
// checked here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weights/tflite.h"

namespace lens::test {

struct TensorSpec {
  std::string name;
  std::vector<int> shape;
  ElementType type = ElementType::float32;
  std::vector<float> scales;
  std::vector<std::int64_t> zero_points;
  int axis = 0;
  std::vector<std::uint8_t> data;  // empty for what a run computes
  bool sparse = false;
};

class TfliteWriter {
 public:
  int tensor(TensorSpec spec);
  // A tensor that a run computes.
  int tensor(std::string name, std::vector<int> shape);
  int constant(std::string name, std::vector<int> shape, const std::vector<float>& values);
  int constant(std::string name, std::vector<int> shape, const std::vector<std::int32_t>& values);

  void op(TfliteOperator op) { operators_.push_back(std::move(op)); }

  void op(TfliteOp kind, std::vector<int> inputs, int output,
          TfliteActivation activation = TfliteActivation::none);

  std::vector<TfliteOperator>& operators() { return operators_; }

  TensorSpec& spec(int tensor) { return tensors_[static_cast<std::size_t>(tensor)]; }

  void set_version(std::uint32_t version) { version_ = version; }

  std::vector<std::uint8_t> finish(const std::vector<int>& inputs,
                                   const std::vector<int>& outputs) const;

 private:
  std::vector<TensorSpec> tensors_;
  std::vector<TfliteOperator> operators_;
  std::uint32_t version_ = 3;
};

// The bytes of values as a file stores them.
template <class T>
std::vector<std::uint8_t> bytes_of(const std::vector<T>& values) {
  const auto* begin = reinterpret_cast<const std::uint8_t*>(values.data());
  return {begin, begin + values.size() * sizeof(T)};
}

}  // namespace lens::test
