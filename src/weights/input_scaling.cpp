#include "weights/input_scaling.h"

#include <cmath>

namespace lens {

namespace {

std::optional<ScaledInput> scaled_by(const Flow& flow, const ScaledInput& from, int id) {
  const TfliteOperator& op = flow.op(id);
  const int output = op.outputs[0];
  const bool is_first = op.input(0) == from.tensor;
  if (is_first && flow.passes_through(id)) {
    return ScaledInput{output, from.multiplier, from.offset};
  }
  if (op.activation != TfliteActivation::none) return std::nullopt;
  const auto constant = flow.uniform_constant(op.input(is_first ? 1 : 0));
  if (!constant || flow.tensor(output).count() != flow.tensor(from.tensor).count()) {
    return std::nullopt;
  }
  const double value = *constant;
  if (op.op == TfliteOp::add) return ScaledInput{output, from.multiplier, from.offset + value};
  if (op.op == TfliteOp::mul) {
    return ScaledInput{output, from.multiplier * value, from.offset * value};
  }
  if (!is_first) return std::nullopt;
  if (op.op == TfliteOp::sub) return ScaledInput{output, from.multiplier, from.offset - value};
  if (op.op == TfliteOp::div && value != 0) {
    return ScaledInput{output, from.multiplier / value, from.offset / value};
  }
  return std::nullopt;
}

// No real file scales pixels out of these bounds; infinities and NaN fail them too.
bool is_sane(const ScaledInput& scaled) {
  const double size = std::abs(scaled.multiplier);
  return size > 1e-6 && size < 1e6 && std::abs(scaled.offset) < 1e6;
}

// The input scaled from (bytes as the file wants them) = byte_scale * (byte - byte_zero).
InputScaling compose(double byte_scale, double byte_zero, const ScaledInput& read) {
  const double scale = byte_scale * read.multiplier;
  return {static_cast<float>(scale), static_cast<float>(byte_zero - read.offset / scale)};
}

// The range of a tensor of 8-bit numbers begins at 0 and ends at `high`.
bool spans(const TfliteTensor& tensor, double high) {
  const Quantization& quantization = tensor.quantization;
  if (quantization.scales.size() != 1) return false;
  const double scale = quantization.scales[0];
  const int lowest = tensor.type == ElementType::int8 ? -128 : 0;
  return quantization.zero_points[0] == lowest && std::abs(255 * scale - high) < 0.01 * high;
}

}  // namespace

std::vector<ScaledInput> scaled_inputs(const Flow& flow) {
  std::vector<ScaledInput> found = {{flow.input(), 1, 0}};
  for (std::size_t next = 0; next < found.size(); ++next) {
    const ScaledInput from = found[next];
    for (const int reader : flow.readers(from.tensor)) {
      const auto scaled = scaled_by(flow, from, reader);
      if (scaled && is_sane(*scaled)) found.push_back(*scaled);
    }
  }
  return found;
}

InputScaling input_scaling(const Flow& flow, const ScaledInput& read) {
  const TfliteTensor& input = flow.tensor(flow.input());
  const bool is_signed = input.type == ElementType::int8;
  if ((is_signed || input.type == ElementType::uint8) && input.quantization.scales.size() == 1) {
    const int zero_point = input.quantization.zero_points[0] + (is_signed ? 128 : 0);
    return compose(input.quantization.scales[0], zero_point, read);
  }
  if (read.multiplier != 1 || read.offset != 0) {
    const bool takes_bytes = std::abs(read.multiplier) < 0.1;
    return compose(takes_bytes ? 1 : 1 / 255.0, 0, read);
  }
  if (spans(flow.tensor(read.tensor), 1)) return compose(1 / 255.0, 0, read);
  if (spans(flow.tensor(read.tensor), 255)) return compose(1, 0, read);
  return {};
}

}  // namespace lens
