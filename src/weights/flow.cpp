#include "weights/flow.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <utility>

#include "weights/dequantize.h"

namespace lens {

namespace {

// A constant operand has one value per channel at most.
constexpr std::size_t kMaxOperand = 4096;

bool starts_from_an_image(const TfliteFile& file) {
  const auto shape = image_shape(file.tensor(file.inputs()[0]));
  return shape && shape->h > 1;
}

bool same_quantization(const Quantization& a, const Quantization& b) {
  return a.scales == b.scales && a.zero_points == b.zero_points;
}

}  // namespace

Result<Flow> Flow::create(std::span<const TfliteFile> files) {
  assert(!files.empty());
  if (files.size() > 2) {
    return Error{"A model is one TFLite file or two, not " + std::to_string(files.size()) + ".",
                 "Choose the model's file, or its backbone and its head."};
  }
  Flow flow;
  if (files.size() == 1) {
    flow.append(files[0]);
    flow.index();
    return flow;
  }
  const bool head_first = !starts_from_an_image(files[0]) && starts_from_an_image(files[1]);
  const TfliteFile& backbone = files[head_first ? 1 : 0];
  const TfliteFile& head = files[head_first ? 0 : 1];
  const TfliteTensor& end = backbone.tensor(backbone.outputs()[0]);
  const TfliteTensor& start = head.tensor(head.inputs()[0]);
  if (end.count() != start.count() || end.type != start.type ||
      !same_quantization(end.quantization, start.quantization)) {
    return Error{"The two TFLite files do not belong together: one ends in " + describe_shape(end) +
                     " " + std::string(to_string(end.type)) + ", the other starts from " +
                     describe_shape(start) + " " + std::string(to_string(start.type)) +
                     (end.count() == start.count() ? " of another scale." : "."),
                 "Choose a backbone and the head that was made for it."};
  }
  flow.append(backbone);
  const int image = flow.input_;
  const int joint = flow.output_;
  flow.append(head);
  flow.join(joint, flow.input_);
  flow.input_ = image;
  flow.index();
  return flow;
}

void Flow::append(const TfliteFile& file) {
  const int offset = tensor_count();
  for (const TfliteTensor& tensor : file.tensors()) tensors_.push_back(&tensor);
  for (TfliteOperator op : file.operators()) {
    for (int& input : op.inputs) input = input < 0 ? input : input + offset;
    for (int& output : op.outputs) output += offset;
    operators_.push_back(std::move(op));
  }
  input_ = file.inputs()[0] + offset;
  output_ = file.outputs()[0] + offset;
}

void Flow::join(int output, int input) {
  TfliteOperator op;
  op.op = TfliteOp::reshape;
  op.inputs = {output};
  op.outputs = {input};
  operators_.push_back(std::move(op));
}

void Flow::index() {
  readers_.assign(tensors_.size(), {});
  writers_.assign(tensors_.size(), -1);
  for (int id = 0; id < size(); ++id) {
    for (const int input : op(id).inputs) {
      if (input < 0) continue;
      std::vector<int>& readers = readers_[static_cast<std::size_t>(input)];
      if (readers.empty() || readers.back() != id) readers.push_back(id);
    }
    for (const int output : op(id).outputs) writers_[static_cast<std::size_t>(output)] = id;
  }
}

const TfliteTensor* Flow::constant(int id) const {
  if (id < 0) return nullptr;
  const int writer = writers_[static_cast<std::size_t>(id)];
  const bool expanded = writer >= 0 && op(writer).op == TfliteOp::dequantize;
  const int source = expanded ? op(writer).input(0) : id;
  if (source < 0 || !can_dequantize(tensor(source))) return nullptr;
  return &tensor(source);
}

std::optional<float> Flow::uniform_constant(int id) const {
  const TfliteTensor* source = constant(id);
  if (source == nullptr || source->count() > kMaxOperand) return std::nullopt;
  const std::vector<float> values = dequantize(*source);
  const bool uniform =
      std::adjacent_find(values.begin(), values.end(), std::not_equal_to<float>()) == values.end();
  if (!uniform) return std::nullopt;
  return values[0];
}

bool Flow::passes_through(int id) const {
  const TfliteOperator& candidate = op(id);
  const int from = candidate.input(0);
  if (from < 0 || tensor(from).count() != tensor(candidate.outputs[0]).count()) return false;
  if (candidate.op == TfliteOp::average_pool_2d) {
    return candidate.filter_h == 1 && candidate.filter_w == 1 &&
           candidate.activation == TfliteActivation::none;
  }
  return candidate.op == TfliteOp::reshape || candidate.op == TfliteOp::squeeze ||
         candidate.op == TfliteOp::quantize || candidate.op == TfliteOp::dequantize;
}

std::vector<int> Flow::carriers(int tensor) const {
  std::vector<int> found = {tensor};
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const int reader : readers(found[next])) {
      if (op(reader).input(0) == found[next] && passes_through(reader)) {
        found.push_back(op(reader).outputs[0]);
      }
    }
  }
  return found;
}

std::optional<Shape> image_shape(const TfliteTensor& tensor) {
  const std::vector<int>& shape = tensor.shape;
  if (shape.size() == 4 && shape[0] == 1) return Shape{shape[1], shape[2], shape[3]};
  if (shape.size() == 2 && shape[0] == 1) return Shape{1, 1, shape[1]};
  if (shape.size() == 1) return Shape{1, 1, shape[0]};
  return std::nullopt;
}

std::string describe(const Shape& shape) {
  return std::to_string(shape.h) + "x" + std::to_string(shape.w) + "x" + std::to_string(shape.c);
}

std::string describe_shape(const TfliteTensor& tensor) {
  std::string text = "[";
  for (std::size_t axis = 0; axis < tensor.shape.size(); ++axis) {
    text += (axis == 0 ? "" : ", ") + std::to_string(tensor.shape[axis]);
  }
  return text + "]";
}

}  // namespace lens
