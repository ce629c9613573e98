#include "weights/tflite.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "weights/tflite_format.h"

namespace lens {

namespace {

// A MobileNet has below 300 of each. The limits keep a hostile file from costing time or memory.
constexpr std::size_t kMaxTensors = 10000;
constexpr std::size_t kMaxOperators = 10000;
constexpr std::uint64_t kMaxCount = 1 << 28;  // elements of a tensor: bytes still fit 32 bits
constexpr std::size_t kMinFileBytes = 64;

Error damaged(std::string what) {
  return {"The TFLite file is damaged: " + std::move(what) + ".",
          "Download or export the file again."};
}

std::string numbered(const char* what, std::size_t index) {
  return what + std::string(" ") + std::to_string(index);
}

// No extent is negative and the number of elements stays within the limit.
bool shape_is_possible(std::span<const int> shape) {
  std::uint64_t count = 1;
  for (const int extent : shape) {
    if (extent < 0) return false;
    count *= static_cast<std::uint64_t>(extent);
    if (count > kMaxCount) return false;
  }
  return true;
}

bool zero_point_fits(std::int64_t zero_point, ElementType type) {
  switch (type) {
    case ElementType::uint8:
      return zero_point >= 0 && zero_point <= 255;
    case ElementType::int8:
      return zero_point >= -128 && zero_point <= 127;
    case ElementType::float32:
    case ElementType::float16:
    case ElementType::int32:
    case ElementType::other:
      break;
  }
  return std::abs(static_cast<double>(zero_point)) <= std::numeric_limits<std::int32_t>::max();
}

template <class T>
std::size_t size_of(const flatbuffers::Vector<T>* vector) {
  return vector == nullptr ? 0 : vector->size();
}

}  // namespace

// Reads step by step; each step returns what is wrong, or nothing.
class TfliteReader {
 public:
  Result<TfliteFile> read(std::vector<std::uint8_t> bytes);

 private:
  using Problem = std::optional<Error>;

  Problem open();
  Problem read_tensors(const schema::SubGraph& graph);
  Problem read_tensor(const schema::Tensor& from, std::size_t index);
  Problem read_data(const schema::Tensor& from, std::size_t index, TfliteTensor& tensor);
  Problem read_quantization(const schema::Tensor& from, std::size_t index, TfliteTensor& tensor);
  Problem read_operators(const schema::SubGraph& graph);
  Problem read_operator(const schema::Operator& from, std::size_t index);
  Problem check_order() const;
  bool copy_indices(const flatbuffers::Vector<std::int32_t>* from, int lowest,
                    std::vector<int>& to);
  // False once more has been copied than the file has bytes: parts of it stand in several places.
  bool spend(std::size_t bytes);

  TfliteFile file_;
  const schema::Model* model_ = nullptr;
  std::uint64_t budget_ = 0;
};

bool TfliteReader::spend(std::size_t bytes) {
  if (bytes > budget_) return false;
  budget_ -= bytes;
  return true;
}

TfliteReader::Problem TfliteReader::open() {
  const std::vector<std::uint8_t>& bytes = file_.bytes_;
  const Error foreign = {"This is not a TFLite file.", "Choose a file that ends in .tflite."};
  if (bytes.empty()) return Error{"The TFLite file is empty.", "Download or export it again."};
  if (bytes.size() < kMinFileBytes) return foreign;
  if (!schema::ModelBufferHasIdentifier(bytes.data())) return foreign;
  if (bytes.size() >= FLATBUFFERS_MAX_BUFFER_SIZE) {
    return Error{"The TFLite file is over 2 GB.", "No MobileNet is: choose another file."};
  }
  flatbuffers::Verifier verifier(bytes.data(), bytes.size());
  if (!schema::VerifyModelBuffer(verifier)) return damaged("its tables do not fit together");
  model_ = schema::GetModel(bytes.data());
  budget_ = std::uint64_t{4} * bytes.size();
  if (model_->version() != 3) {
    return Error{
        "The TFLite file has format version " + std::to_string(model_->version()) + ", expected 3.",
        "Export it with a current TensorFlow."};
  }
  return std::nullopt;
}

TfliteReader::Problem TfliteReader::read_tensors(const schema::SubGraph& graph) {
  const std::size_t count = size_of(graph.tensors());
  if (count > kMaxTensors) return damaged("it has " + std::to_string(count) + " tensors");
  file_.tensors_.reserve(count);
  for (std::size_t index = 0; index < count; ++index) {
    const auto* tensor = graph.tensors()->Get(static_cast<flatbuffers::uoffset_t>(index));
    if (Problem problem = read_tensor(*tensor, index)) return problem;
  }
  return std::nullopt;
}

TfliteReader::Problem TfliteReader::read_tensor(const schema::Tensor& from, std::size_t index) {
  TfliteTensor tensor;
  tensor.type = element_type(from.type());
  if (from.name() != nullptr) {
    if (!spend(from.name()->size())) return damaged("its tensors share one name");
    tensor.name = from.name()->str();
  }
  if (from.sparsity() != nullptr) {
    return Error{"The TFLite file stores " + numbered("tensor", index) + " as sparse.",
                 "Export the model without sparsity."};
  }
  if (!spend(size_of(from.shape()) * sizeof(int))) return damaged("its tensors share one shape");
  for (std::size_t axis = 0; axis < size_of(from.shape()); ++axis) {
    const int extent = from.shape()->Get(static_cast<flatbuffers::uoffset_t>(axis));
    // An unknown batch size is one image to us.
    tensor.shape.push_back(axis == 0 && extent == -1 ? 1 : extent);
  }
  if (!shape_is_possible(tensor.shape)) {
    return damaged(numbered("tensor", index) + " has an impossible shape");
  }
  if (Problem problem = read_data(from, index, tensor)) return problem;
  if (Problem problem = read_quantization(from, index, tensor)) return problem;
  file_.tensors_.push_back(std::move(tensor));
  return std::nullopt;
}

TfliteReader::Problem TfliteReader::read_data(const schema::Tensor& from, std::size_t index,
                                              TfliteTensor& tensor) {
  if (from.buffer() >= size_of(model_->buffers())) {
    return damaged(numbered("tensor", index) + " has no buffer");
  }
  const schema::Buffer& buffer = *model_->buffers()->Get(from.buffer());
  if (buffer.offset() > 1) return damaged("its data lie outside of its tables");
  if (size_of(buffer.data()) == 0) return std::nullopt;
  tensor.data = {buffer.data()->data(), buffer.data()->size()};
  const std::size_t size = element_size(tensor.type);
  if (size != 0 && tensor.data.size() != size * tensor.count()) {
    return damaged(numbered("tensor", index) + " has " + std::to_string(tensor.data.size()) +
                   " bytes, its shape needs " + std::to_string(size * tensor.count()));
  }
  return std::nullopt;
}

TfliteReader::Problem TfliteReader::read_quantization(const schema::Tensor& from, std::size_t index,
                                                      TfliteTensor& tensor) {
  const schema::QuantizationParameters* parameters = from.quantization();
  if (parameters == nullptr || size_of(parameters->scale()) == 0) return std::nullopt;
  const std::string name = numbered("tensor", index);
  if (parameters->details() != nullptr) return damaged(name + " has a custom quantization");
  const std::size_t count = size_of(parameters->scale());
  const std::size_t zero_points = size_of(parameters->zero_point());
  const int axis = parameters->quantized_dimension();
  const bool axis_exists = axis >= 0 && static_cast<std::size_t>(axis) < tensor.shape.size();
  if (count != 1 && !(axis_exists && count == static_cast<std::size_t>(
                                                  tensor.shape[static_cast<std::size_t>(axis)]))) {
    return damaged(name + " has " + std::to_string(count) + " scales that fit no axis");
  }
  if (zero_points != 0 && zero_points != count) {
    return damaged(name + " has unequal numbers of scales and zero points");
  }
  if (!spend(count * sizeof(float))) return damaged("its tensors share one quantization");
  tensor.quantization.axis = count == 1 ? 0 : axis;
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = static_cast<flatbuffers::uoffset_t>(i);
    const float scale = parameters->scale()->Get(at);
    const std::int64_t zero_point = zero_points == 0 ? 0 : parameters->zero_point()->Get(at);
    if (!std::isfinite(scale) || scale <= 0) return damaged(name + " has an impossible scale");
    if (!zero_point_fits(zero_point, tensor.type)) {
      return damaged(name + " has an impossible zero point");
    }
    tensor.quantization.scales.push_back(scale);
    tensor.quantization.zero_points.push_back(static_cast<std::int32_t>(zero_point));
  }
  return std::nullopt;
}

bool TfliteReader::copy_indices(const flatbuffers::Vector<std::int32_t>* from, int lowest,
                                std::vector<int>& to) {
  if (!spend(size_of(from) * sizeof(int))) return false;
  for (std::size_t i = 0; i < size_of(from); ++i) {
    const int index = from->Get(static_cast<flatbuffers::uoffset_t>(i));
    if (index < lowest || index >= static_cast<int>(file_.tensors_.size())) return false;
    to.push_back(index);
  }
  return true;
}

TfliteReader::Problem TfliteReader::read_operators(const schema::SubGraph& graph) {
  const std::size_t count = size_of(graph.operators());
  if (count > kMaxOperators) return damaged("it has " + std::to_string(count) + " operators");
  for (std::size_t index = 0; index < count; ++index) {
    const auto* op = graph.operators()->Get(static_cast<flatbuffers::uoffset_t>(index));
    if (Problem problem = read_operator(*op, index)) return problem;
  }
  return std::nullopt;
}

TfliteReader::Problem TfliteReader::read_operator(const schema::Operator& from, std::size_t index) {
  const std::string name = numbered("operator", index);
  if (from.opcode_index() >= size_of(model_->operator_codes())) {
    return damaged(name + " has no kind");
  }
  const schema::OperatorCode& code = *model_->operator_codes()->Get(from.opcode_index());
  TfliteOperator op;
  op.code = std::max(static_cast<int>(code.deprecated_builtin_code()),
                     static_cast<int>(code.builtin_code()));
  op.op = op_of(op.code);
  if (!copy_indices(from.inputs(), -1, op.inputs) || !copy_indices(from.outputs(), 0, op.outputs)) {
    return damaged(name + " names a tensor that does not exist");
  }
  if (op.outputs.empty()) return damaged(name + " has no output");
  read_options(from, op);
  if (op.stride_h < 1 || op.stride_w < 1) return damaged(name + " has an impossible stride");
  file_.operators_.push_back(std::move(op));
  return std::nullopt;
}

TfliteReader::Problem TfliteReader::check_order() const {
  std::vector<bool> known(file_.tensors_.size());
  for (std::size_t i = 0; i < known.size(); ++i) known[i] = file_.tensors_[i].is_constant();
  for (const int input : file_.inputs_) known[static_cast<std::size_t>(input)] = true;
  for (std::size_t index = 0; index < file_.operators_.size(); ++index) {
    const TfliteOperator& op = file_.operators_[index];
    for (const int input : op.inputs) {
      if (input >= 0 && !known[static_cast<std::size_t>(input)]) {
        return damaged(numbered("operator", index) + " reads what nothing has written");
      }
    }
    for (const int output : op.outputs) {
      if (known[static_cast<std::size_t>(output)]) {
        return damaged(numbered("operator", index) + " writes over another tensor");
      }
      known[static_cast<std::size_t>(output)] = true;
    }
  }
  for (const int output : file_.outputs_) {
    if (!known[static_cast<std::size_t>(output)]) return damaged("nothing writes its output");
  }
  return std::nullopt;
}

Result<TfliteFile> TfliteReader::read(std::vector<std::uint8_t> bytes) {
  file_.bytes_ = std::move(bytes);
  if (Problem problem = open()) return *problem;
  if (size_of(model_->subgraphs()) == 0) return damaged("it has no graph");
  const schema::SubGraph& graph = *model_->subgraphs()->Get(0);
  if (Problem problem = read_tensors(graph)) return *problem;
  if (Problem problem = read_operators(graph)) return *problem;
  if (!copy_indices(graph.inputs(), 0, file_.inputs_) ||
      !copy_indices(graph.outputs(), 0, file_.outputs_)) {
    return damaged("its graph names a tensor that does not exist");
  }
  if (file_.inputs_.empty() || file_.outputs_.empty()) {
    return damaged("its graph has no input or no output");
  }
  if (Problem problem = check_order()) return *problem;
  if (model_->description() != nullptr) file_.description_ = model_->description()->str();
  return std::move(file_);
}

std::size_t TfliteTensor::count() const {
  std::size_t product = 1;
  for (const int extent : shape) product *= static_cast<std::size_t>(extent);
  return product;
}

Result<TfliteFile> read_tflite(std::vector<std::uint8_t> bytes) {
  return TfliteReader().read(std::move(bytes));
}

}  // namespace lens
