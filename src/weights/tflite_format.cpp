#include "weights/tflite_format.h"

namespace lens {

namespace {

TfliteActivation activation_of(schema::ActivationFunctionType type) {
  switch (type) {
    case schema::ActivationFunctionType::NONE:
      return TfliteActivation::none;
    case schema::ActivationFunctionType::RELU:
      return TfliteActivation::relu;
    case schema::ActivationFunctionType::RELU6:
      return TfliteActivation::relu6;
    case schema::ActivationFunctionType::RELU_N1_TO_1:
      break;
  }
  return TfliteActivation::other;
}

struct OpName {
  TfliteOp op;
  schema::BuiltinOperator code;
};

constexpr OpName kOps[] = {
    {TfliteOp::add, schema::BuiltinOperator::ADD},
    {TfliteOp::average_pool_2d, schema::BuiltinOperator::AVERAGE_POOL_2D},
    {TfliteOp::conv_2d, schema::BuiltinOperator::CONV_2D},
    {TfliteOp::depthwise_conv_2d, schema::BuiltinOperator::DEPTHWISE_CONV_2D},
    {TfliteOp::dequantize, schema::BuiltinOperator::DEQUANTIZE},
    {TfliteOp::div, schema::BuiltinOperator::DIV},
    {TfliteOp::fully_connected, schema::BuiltinOperator::FULLY_CONNECTED},
    {TfliteOp::hard_swish, schema::BuiltinOperator::HARD_SWISH},
    {TfliteOp::logistic, schema::BuiltinOperator::LOGISTIC},
    {TfliteOp::max_pool_2d, schema::BuiltinOperator::MAX_POOL_2D},
    {TfliteOp::mean, schema::BuiltinOperator::MEAN},
    {TfliteOp::mul, schema::BuiltinOperator::MUL},
    {TfliteOp::pad, schema::BuiltinOperator::PAD},
    {TfliteOp::quantize, schema::BuiltinOperator::QUANTIZE},
    {TfliteOp::relu, schema::BuiltinOperator::RELU},
    {TfliteOp::relu6, schema::BuiltinOperator::RELU6},
    {TfliteOp::reshape, schema::BuiltinOperator::RESHAPE},
    {TfliteOp::softmax, schema::BuiltinOperator::SOFTMAX},
    {TfliteOp::squeeze, schema::BuiltinOperator::SQUEEZE},
    {TfliteOp::sub, schema::BuiltinOperator::SUB},
};

// Conv2DOptions and DepthwiseConv2DOptions share these fields.
template <class Options>
void read_convolution(const Options& options, TfliteOperator& op) {
  op.activation = activation_of(options.fused_activation_function());
  op.same_padding = options.padding() == schema::Padding::SAME;
  op.stride_h = options.stride_h();
  op.stride_w = options.stride_w();
  op.dilation_h = options.dilation_h_factor();
  op.dilation_w = options.dilation_w_factor();
}

void read_pool(const schema::Pool2DOptions& options, TfliteOperator& op) {
  op.activation = activation_of(options.fused_activation_function());
  op.same_padding = options.padding() == schema::Padding::SAME;
  op.stride_h = options.stride_h();
  op.stride_w = options.stride_w();
  op.filter_h = options.filter_height();
  op.filter_w = options.filter_width();
}

}  // namespace

ElementType element_type(schema::TensorType type) {
  switch (type) {
    case schema::TensorType::FLOAT32:
      return ElementType::float32;
    case schema::TensorType::FLOAT16:
      return ElementType::float16;
    case schema::TensorType::INT32:
      return ElementType::int32;
    case schema::TensorType::UINT8:
      return ElementType::uint8;
    case schema::TensorType::INT8:
      return ElementType::int8;
    case schema::TensorType::INT64:
      break;
  }
  return ElementType::other;
}

TfliteOp op_of(int code) {
  for (const OpName& known : kOps) {
    if (static_cast<int>(known.code) == code) return known.op;
  }
  return TfliteOp::other;
}

void read_options(const schema::Operator& from, TfliteOperator& op) {
  if (const auto* conv = from.builtin_options_as_Conv2DOptions()) read_convolution(*conv, op);
  if (const auto* depthwise = from.builtin_options_as_DepthwiseConv2DOptions()) {
    read_convolution(*depthwise, op);
  }
  if (const auto* pool = from.builtin_options_as_Pool2DOptions()) read_pool(*pool, op);
  if (const auto* dense = from.builtin_options_as_FullyConnectedOptions()) {
    op.activation = activation_of(dense->fused_activation_function());
    op.plain_weights = dense->weights_format() == 0;
  }
  if (const auto* softmax = from.builtin_options_as_SoftmaxOptions()) op.beta = softmax->beta();
  if (const auto* add = from.builtin_options_as_AddOptions()) {
    op.activation = activation_of(add->fused_activation_function());
  }
  if (const auto* mul = from.builtin_options_as_MulOptions()) {
    op.activation = activation_of(mul->fused_activation_function());
  }
  if (const auto* sub = from.builtin_options_as_SubOptions()) {
    op.activation = activation_of(sub->fused_activation_function());
  }
  if (const auto* div = from.builtin_options_as_DivOptions()) {
    op.activation = activation_of(div->fused_activation_function());
  }
}

std::size_t element_size(ElementType type) {
  switch (type) {
    case ElementType::float32:
    case ElementType::int32:
      return 4;
    case ElementType::float16:
      return 2;
    case ElementType::uint8:
    case ElementType::int8:
      return 1;
    case ElementType::other:
      break;
  }
  return 0;
}

std::string_view to_string(ElementType type) {
  switch (type) {
    case ElementType::float32:
      return "float32";
    case ElementType::float16:
      return "float16";
    case ElementType::int32:
      return "int32";
    case ElementType::uint8:
      return "uint8";
    case ElementType::int8:
      return "int8";
    case ElementType::other:
      break;
  }
  return "another type";
}

std::string describe(const TfliteOperator& op) {
  if (op.op == TfliteOp::other) return "operator " + std::to_string(op.code);
  return schema::EnumNameBuiltinOperator(static_cast<schema::BuiltinOperator>(op.code));
}

}  // namespace lens
