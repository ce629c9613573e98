#include "weights/tflite_writer.h"

#include <utility>

#include "weights/tflite_format.h"

namespace lens::test {

namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

schema::TensorType type_code(ElementType type) {
  switch (type) {
    case ElementType::float32:
      return schema::TensorType::FLOAT32;
    case ElementType::float16:
      return schema::TensorType::FLOAT16;
    case ElementType::int32:
      return schema::TensorType::INT32;
    case ElementType::uint8:
      return schema::TensorType::UINT8;
    case ElementType::int8:
      return schema::TensorType::INT8;
    case ElementType::other:
      break;
  }
  return schema::TensorType::INT64;
}

schema::ActivationFunctionType activation_code(TfliteActivation activation) {
  switch (activation) {
    case TfliteActivation::none:
      return schema::ActivationFunctionType::NONE;
    case TfliteActivation::relu:
      return schema::ActivationFunctionType::RELU;
    case TfliteActivation::relu6:
      return schema::ActivationFunctionType::RELU6;
    case TfliteActivation::other:
      break;
  }
  return schema::ActivationFunctionType::RELU_N1_TO_1;
}

int builtin_code(const TfliteOperator& op) {
  for (int code = 0; code < 128; ++code) {
    if (op.op != TfliteOp::other && op_of(code) == op.op) return code;
  }
  return op.code;
}

using Options = std::pair<schema::BuiltinOptions, Offset<void>>;

Options options_of(FlatBufferBuilder& builder, const TfliteOperator& op) {
  const auto activation = activation_code(op.activation);
  const auto padding = op.same_padding ? schema::Padding::SAME : schema::Padding::VALID;
  switch (op.op) {
    case TfliteOp::conv_2d:
      return {schema::BuiltinOptions::Conv2DOptions,
              schema::CreateConv2DOptions(builder, padding, op.stride_w, op.stride_h, activation,
                                          op.dilation_w, op.dilation_h)
                  .Union()};
    case TfliteOp::depthwise_conv_2d:
      return {schema::BuiltinOptions::DepthwiseConv2DOptions,
              schema::CreateDepthwiseConv2DOptions(builder, padding, op.stride_w, op.stride_h, 1,
                                                   activation, op.dilation_w, op.dilation_h)
                  .Union()};
    case TfliteOp::average_pool_2d:
    case TfliteOp::max_pool_2d:
      return {schema::BuiltinOptions::Pool2DOptions,
              schema::CreatePool2DOptions(builder, padding, op.stride_w, op.stride_h, op.filter_w,
                                          op.filter_h, activation)
                  .Union()};
    case TfliteOp::fully_connected:
      return {schema::BuiltinOptions::FullyConnectedOptions,
              schema::CreateFullyConnectedOptions(builder, activation, op.plain_weights ? 0 : 1)
                  .Union()};
    case TfliteOp::softmax:
      return {schema::BuiltinOptions::SoftmaxOptions,
              schema::CreateSoftmaxOptions(builder, op.beta).Union()};
    case TfliteOp::add:
      return {schema::BuiltinOptions::AddOptions,
              schema::CreateAddOptions(builder, activation).Union()};
    case TfliteOp::mul:
      return {schema::BuiltinOptions::MulOptions,
              schema::CreateMulOptions(builder, activation).Union()};
    case TfliteOp::sub:
      return {schema::BuiltinOptions::SubOptions,
              schema::CreateSubOptions(builder, activation).Union()};
    case TfliteOp::div:
      return {schema::BuiltinOptions::DivOptions,
              schema::CreateDivOptions(builder, activation).Union()};
    case TfliteOp::dequantize:
    case TfliteOp::hard_swish:
    case TfliteOp::logistic:
    case TfliteOp::mean:
    case TfliteOp::pad:
    case TfliteOp::quantize:
    case TfliteOp::relu:
    case TfliteOp::relu6:
    case TfliteOp::reshape:
    case TfliteOp::squeeze:
    case TfliteOp::other:
      break;
  }
  return {schema::BuiltinOptions::NONE, 0};
}

Offset<schema::Tensor> write_tensor(FlatBufferBuilder& builder, const TensorSpec& spec,
                                    std::uint32_t buffer) {
  const auto shape = builder.CreateVector(spec.shape);
  const auto name = builder.CreateString(spec.name);
  Offset<schema::QuantizationParameters> quantization = 0;
  if (!spec.scales.empty()) {
    const auto scales = builder.CreateVector(spec.scales);
    const auto zero_points = builder.CreateVector(spec.zero_points);
    quantization =
        schema::CreateQuantizationParameters(builder, 0, 0, scales, zero_points, 0, 0, spec.axis);
  }
  const Offset<schema::Opaque> sparsity = spec.sparse ? schema::CreateOpaque(builder) : 0;
  return schema::CreateTensor(builder, shape, type_code(spec.type), buffer, name, quantization,
                              false, sparsity);
}

Offset<schema::Buffer> write_buffer(FlatBufferBuilder& builder,
                                    const std::vector<std::uint8_t>& data) {
  if (data.empty()) return schema::CreateBuffer(builder);
  builder.ForceVectorAlignment(data.size(), 1, 16);
  const auto bytes = builder.CreateVector(data);
  return schema::CreateBuffer(builder, bytes);
}

}  // namespace

int TfliteWriter::tensor(TensorSpec spec) {
  tensors_.push_back(std::move(spec));
  return static_cast<int>(tensors_.size()) - 1;
}

int TfliteWriter::tensor(std::string name, std::vector<int> shape) {
  TensorSpec spec;
  spec.name = std::move(name);
  spec.shape = std::move(shape);
  return tensor(std::move(spec));
}

int TfliteWriter::constant(std::string name, std::vector<int> shape,
                           const std::vector<float>& values) {
  const int index = tensor(std::move(name), std::move(shape));
  spec(index).data = bytes_of(values);
  return index;
}

int TfliteWriter::constant(std::string name, std::vector<int> shape,
                           const std::vector<std::int32_t>& values) {
  const int index = tensor(std::move(name), std::move(shape));
  spec(index).type = ElementType::int32;
  spec(index).data = bytes_of(values);
  return index;
}

void TfliteWriter::op(TfliteOp kind, std::vector<int> inputs, int output,
                      TfliteActivation activation) {
  TfliteOperator op;
  op.op = kind;
  op.inputs = std::move(inputs);
  op.outputs = {output};
  op.activation = activation;
  operators_.push_back(std::move(op));
}

std::vector<std::uint8_t> TfliteWriter::finish(const std::vector<int>& inputs,
                                               const std::vector<int>& outputs) const {
  FlatBufferBuilder builder;
  std::vector<Offset<schema::Buffer>> buffers = {schema::CreateBuffer(builder)};
  std::vector<Offset<schema::Tensor>> tensors;
  for (const TensorSpec& spec : tensors_) {
    tensors.push_back(write_tensor(builder, spec, static_cast<std::uint32_t>(buffers.size())));
    buffers.push_back(write_buffer(builder, spec.data));
  }
  std::vector<Offset<schema::OperatorCode>> codes;
  std::vector<Offset<schema::Operator>> operators;
  for (const TfliteOperator& op : operators_) {
    const int code = builtin_code(op);
    const auto in = builder.CreateVector(op.inputs);
    const auto out = builder.CreateVector(op.outputs);
    const Options options = options_of(builder, op);
    operators.push_back(schema::CreateOperator(builder, static_cast<std::uint32_t>(codes.size()),
                                               in, out, options.first, options.second));
    codes.push_back(schema::CreateOperatorCode(builder, static_cast<std::int8_t>(code), 0, 1,
                                               static_cast<schema::BuiltinOperator>(code)));
  }
  const auto graph =
      schema::CreateSubGraph(builder, builder.CreateVector(tensors), builder.CreateVector(inputs),
                             builder.CreateVector(outputs), builder.CreateVector(operators));
  const std::vector<Offset<schema::SubGraph>> graphs = {graph};
  const auto code_vector = builder.CreateVector(codes);
  const auto graph_vector = builder.CreateVector(graphs);
  const auto buffer_vector = builder.CreateVector(buffers);
  builder.Finish(
      schema::CreateModel(builder, version_, code_vector, graph_vector, 0, buffer_vector),
      schema::ModelIdentifier());
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

}  // namespace lens::test
