#include "weights/byte_steps.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace lens {

namespace {

using Table = std::vector<std::uint8_t>;

// An operand: a byte for each byte of the layer, or one constant for all.
struct Operand {
  Affine affine;
  const Table* table = nullptr;
  int constant = 0;

  int at(std::size_t byte) const { return table != nullptr ? (*table)[byte] : constant; }
};

class Steps {
 public:
  Steps(const Flow& flow, int written) : flow_(flow) {
    Table identity(256);
    for (std::size_t byte = 0; byte < identity.size(); ++byte) {
      identity[byte] = static_cast<std::uint8_t>(byte);
    }
    tables_[written] = std::move(identity);
  }

  // False when the engine does not have the operator in bytes.
  bool run(const TfliteOperator& op);

  const Table* find(int tensor) const {
    const auto found = tables_.find(tensor);
    return found == tables_.end() ? nullptr : &found->second;
  }

 private:
  std::optional<Operand> operand(int tensor) const;
  std::optional<Table> result(const TfliteOperator& op, const Affine& out) const;
  std::optional<Table> unary(const TfliteOperator& op, const Operand& in, const Affine& out) const;

  const Flow& flow_;
  std::map<int, Table> tables_;
};

std::optional<Operand> Steps::operand(int id) const {
  if (id < 0) return std::nullopt;
  const auto affine = affine_of(flow_.tensor(id));
  if (!affine) return std::nullopt;
  if (const Table* table = find(id)) return Operand{*affine, table, 0};
  const TfliteTensor& tensor = flow_.tensor(id);
  if (!flow_.uniform_constant(id) || !tensor.is_constant()) return std::nullopt;
  const int stored = tensor.data[0];
  return Operand{*affine, nullptr, tensor.type == ElementType::int8 ? stored ^ 0x80 : stored};
}

template <class F>
Table tabled(F f) {
  Table table(256);
  for (std::size_t byte = 0; byte < table.size(); ++byte) table[byte] = f(byte);
  return table;
}

std::optional<Table> Steps::unary(const TfliteOperator& op, const Operand& in,
                                  const Affine& out) const {
  if (op.op == TfliteOp::hard_swish) {
    return tabled([&](std::size_t byte) { return hard_swish_byte(in.at(byte), in.affine, out); });
  }
  ByteRange range;
  if (op.op == TfliteOp::relu) range = activation_range(TfliteActivation::relu, out);
  if (op.op == TfliteOp::relu6) range = activation_range(TfliteActivation::relu6, out);
  const bool rescales = op.op == TfliteOp::quantize || op.op == TfliteOp::relu ||
                        op.op == TfliteOp::relu6 || in.affine == out;
  if (!rescales || !rescale_byte(0, in.affine, out)) return std::nullopt;
  return tabled(
      [&](std::size_t byte) { return range.clamp(*rescale_byte(in.at(byte), in.affine, out)); });
}

std::optional<Table> Steps::result(const TfliteOperator& op, const Affine& out) const {
  const auto first = operand(op.input(0));
  if (!first) return std::nullopt;
  if (op.op != TfliteOp::add && op.op != TfliteOp::mul) return unary(op, *first, out);
  const auto second = operand(op.input(1));
  if (!second || op.activation == TfliteActivation::other) return std::nullopt;
  const ByteRange range = activation_range(op.activation, out);
  if (op.op == TfliteOp::add) {
    const auto scales = add_scales(first->affine, second->affine, out, range);
    if (!scales) return std::nullopt;
    return tabled(
        [&](std::size_t byte) { return add_bytes(first->at(byte), second->at(byte), *scales); });
  }
  const auto scales = mul_scales(first->affine, second->affine, out, range);
  if (!scales) return std::nullopt;
  return tabled(
      [&](std::size_t byte) { return mul_bytes(first->at(byte), second->at(byte), *scales); });
}

bool Steps::run(const TfliteOperator& op) {
  const auto out = affine_of(flow_.tensor(op.outputs[0]));
  if (!out) return false;
  auto table = result(op, *out);
  if (!table) return false;
  tables_[op.outputs[0]] = std::move(*table);
  return true;
}

}  // namespace

std::optional<Affine> affine_of(const TfliteTensor& tensor) {
  const Quantization& quantization = tensor.quantization;
  const bool is_signed = tensor.type == ElementType::int8;
  if ((!is_signed && tensor.type != ElementType::uint8) || quantization.scales.size() != 1) {
    return std::nullopt;
  }
  return Affine{quantization.scales[0], quantization.zero_points[0] + (is_signed ? 128 : 0)};
}

std::string describe_storage(const TfliteTensor& tensor) {
  const std::size_t scales = tensor.quantization.scales.size();
  std::string text(to_string(tensor.type));
  if (scales == 1) text += " of one scale";
  if (scales > 1) text += " of " + std::to_string(scales) + " scales";
  return text;
}

ByteRange activation_range(TfliteActivation activation, const Affine& out) {
  ByteRange range;
  if (activation == TfliteActivation::none || activation == TfliteActivation::other) return range;
  range.low = out.zero;
  if (activation == TfliteActivation::relu6) range.high = quantize(6.0f, out);
  return range;
}

Result<std::vector<std::uint8_t>> byte_table(const Flow& flow, int written, int output,
                                             const std::vector<int>& ops) {
  Steps steps(flow, written);
  for (const int id : ops) {
    if (!steps.run(flow.op(id))) {
      return Error{describe(flow.op(id)) + " in a way that has no table", ""};
    }
  }
  const Table* table = steps.find(output);
  if (table == nullptr) return Error{"nothing that leads to its output", ""};
  return *table;
}

}  // namespace lens
