#include "weights/quantized_writer.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace lens::test {

namespace {

std::vector<float> floats_of(const TensorSpec& spec) {
  std::vector<float> values(spec.data.size() / sizeof(float));
  std::memcpy(values.data(), spec.data.data(), spec.data.size());
  return values;
}

bool is_layer(TfliteOp op) {
  return op == TfliteOp::conv_2d || op == TfliteOp::depthwise_conv_2d ||
         op == TfliteOp::fully_connected;
}

// Stored bytes of values on their scales; `step` elements share a scale before the next one's turn.
void store(TensorSpec& spec, const std::vector<float>& values, std::size_t step) {
  const int low = spec.type == ElementType::int8 ? -128 : 0;
  spec.data.clear();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t slice = i / step % spec.scales.size();
    const double steps = std::round(values[i] / spec.scales[slice]);
    const auto zero = static_cast<double>(spec.zero_points[slice]);
    spec.data.push_back(static_cast<std::uint8_t>(
        static_cast<int>(std::clamp(steps + zero, low + 0.0, low + 255.0))));
  }
}

void quantize_weights(TensorSpec& spec, const ByteStyle& style, bool depthwise) {
  const std::vector<float> values = floats_of(spec);
  spec.type = style.type;
  spec.axis = depthwise ? 3 : 0;
  const auto outputs = static_cast<std::size_t>(depthwise ? spec.shape[3] : spec.shape[0]);
  const std::size_t step = depthwise ? 1 : values.size() / outputs;
  std::vector<float> largest(style.per_channel ? outputs : 1, 1e-6f);
  for (std::size_t i = 0; i < values.size(); ++i) {
    float& own = largest[style.per_channel ? i / step % outputs : 0];
    own = std::max(own, std::abs(values[i]));
  }
  const int middle = style.type == ElementType::uint8 ? 128 : 0;
  for (const float one : largest) {
    spec.scales.push_back(one / 127);
    spec.zero_points.push_back(middle);
  }
  store(spec, values, step);
}

void quantize_bias(TensorSpec& spec, const TensorSpec& weights, float in_scale) {
  const std::vector<float> values = floats_of(spec);
  std::vector<std::int32_t> integers;
  spec.type = ElementType::int32;
  for (const float scale : weights.scales) {
    spec.scales.push_back(in_scale * scale);
    spec.zero_points.push_back(0);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float scale = spec.scales[spec.scales.size() == 1 ? 0 : i];
    integers.push_back(static_cast<std::int32_t>(std::lround(values[i] / scale)));
  }
  spec.data = bytes_of(integers);
}

// 3 and 1/6 in the steps of a gate.
void quantize_scalar(TensorSpec& spec, ElementType type) {
  const std::vector<float> values = floats_of(spec);
  spec.type = type;
  spec.scales = {values[0] / 100};
  spec.zero_points = {0};
  store(spec, values, 1);
}

}  // namespace

void quantize_file(WrittenGraph& file, float scale, const ByteStyle& style) {
  const int middle = style.type == ElementType::uint8 ? 128 : 0;
  std::vector<int> computed = {file.input};
  for (const TfliteOperator& op : file.writer.operators()) computed.push_back(op.outputs[0]);
  for (const int tensor : computed) {
    TensorSpec& spec = file.writer.spec(tensor);
    spec.type = style.type;
    spec.scales = {scale};
    spec.zero_points = {middle};
  }
  for (const TfliteOperator& op : file.writer.operators()) {
    if (is_layer(op.op)) {
      TensorSpec& weights = file.writer.spec(op.inputs[1]);
      quantize_weights(weights, style, op.op == TfliteOp::depthwise_conv_2d);
      quantize_bias(file.writer.spec(op.inputs[2]), weights, scale);
      continue;
    }
    for (const int input : op.inputs) {
      TensorSpec& spec = file.writer.spec(input);
      const bool is_scalar = spec.type == ElementType::float32 && !spec.data.empty();
      if (is_scalar) quantize_scalar(spec, style.type);
    }
  }
}

}  // namespace lens::test
