#include "weights/activation.h"

#include <cmath>

namespace lens {

namespace {

// What a tensor holds, as a function of what the layer wrote (x).
enum class Form {
  unknown,
  linear,   // x
  shifted,  // x + 3
  clamped,  // relu6(x + 3)
  gate,     // relu6(x + 3) / 6
  sixth,    // x / 6
  product,  // x * relu6(x + 3)
  hard_swish,
  relu,
  relu6
};

// Constants are stored with 8 bits, and TF-slim writes 0.16667 for 1/6.
bool is_about(float value, float expected) {
  return std::abs(value - expected) <= 0.01f * expected;
}

// The 8-bit type's range in real numbers. A converter that hides a clamp writes the range of the
// clamp, so that saturation does its work.
struct Range {
  float low;
  float high;
};

std::optional<Range> stored_range(const TfliteTensor& tensor) {
  const bool is_signed = tensor.type == ElementType::int8;
  if (!is_signed && tensor.type != ElementType::uint8) return std::nullopt;
  if (tensor.quantization.scales.size() != 1) return std::nullopt;
  const float scale = tensor.quantization.scales[0];
  const int lowest = is_signed ? -128 : 0;
  const int zero_point = tensor.quantization.zero_points[0];
  return Range{scale * static_cast<float>(lowest - zero_point),
               scale * static_cast<float>(lowest + 255 - zero_point)};
}

bool range_is_relu(const TfliteTensor& tensor) {
  const auto range = stored_range(tensor);
  return range && range->low == 0;
}

bool range_is_relu6(const TfliteTensor& tensor) {
  const auto range = stored_range(tensor);
  return range && range->low == 0 && range->high < 6.02f;
}

// Follows the values of one layer's output through the operators behind it.
class FormTracker {
 public:
  FormTracker(const Flow& flow, int op) : flow_(flow), op_(op) {
    forms_.resize(static_cast<std::size_t>(flow.tensor_count()));
    set(flow.op(op).outputs[0], written_form(flow.op(op)));
  }

  // Runs over the operators behind until a tensor has the form.
  std::optional<ActivationMatch> find(Form wanted);

 private:
  Form form(int tensor) const {
    return tensor < 0 ? Form::unknown : forms_[static_cast<std::size_t>(tensor)];
  }

  void set(int tensor, Form form) { forms_[static_cast<std::size_t>(tensor)] = form; }

  Form written_form(const TfliteOperator& op) const;
  Form result(int id) const;
  Form sum(const TfliteOperator& op) const;
  Form product(const TfliteOperator& op) const;
  Form scaled(Form form) const;
  std::vector<int> path_to(int last) const;

  const Flow& flow_;
  int op_;
  std::vector<Form> forms_;
};

Form FormTracker::written_form(const TfliteOperator& op) const {
  switch (op.activation) {
    case TfliteActivation::none:
      return Form::linear;
    case TfliteActivation::relu:
      return Form::relu;
    case TfliteActivation::relu6:
      return Form::relu6;
    case TfliteActivation::other:
      break;
  }
  return Form::unknown;
}

Form FormTracker::sum(const TfliteOperator& op) const {
  const bool first_is_x = form(op.input(0)) == Form::linear;
  if (!first_is_x && form(op.input(1)) != Form::linear) return Form::unknown;
  const auto constant = flow_.uniform_constant(op.input(first_is_x ? 1 : 0));
  if (!constant || !is_about(*constant, 3)) return Form::unknown;
  if (op.activation == TfliteActivation::relu6) return Form::clamped;
  if (range_is_relu6(flow_.tensor(op.outputs[0]))) return Form::clamped;
  return op.activation == TfliteActivation::none ? Form::shifted : Form::unknown;
}

Form FormTracker::scaled(Form form) const {
  if (form == Form::linear) return Form::sixth;
  if (form == Form::clamped) return Form::gate;
  return form == Form::product ? Form::hard_swish : Form::unknown;
}

Form FormTracker::product(const TfliteOperator& op) const {
  if (op.activation != TfliteActivation::none) return Form::unknown;
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}}) {
    const Form a = form(op.input(at));
    const Form b = form(op.input(1 - at));
    if (a == Form::unknown) continue;
    const auto constant =
        b == Form::unknown ? flow_.uniform_constant(op.input(1 - at)) : std::nullopt;
    if (constant && is_about(*constant, 1.0f / 6)) return scaled(a);
    if (a == Form::linear && b == Form::clamped) return Form::product;
    if (a == Form::linear && b == Form::gate) return Form::hard_swish;
    if (a == Form::sixth && b == Form::clamped) return Form::hard_swish;
  }
  return Form::unknown;
}

Form FormTracker::result(int id) const {
  const TfliteOperator& op = flow_.op(id);
  const Form in = form(op.input(0));
  if (flow_.passes_through(id)) return in;
  if (op.op == TfliteOp::add) return sum(op);
  if (op.op == TfliteOp::mul) return product(op);
  if (op.op == TfliteOp::div && in != Form::unknown) {
    const auto constant = flow_.uniform_constant(op.input(1));
    const bool by_six =
        op.activation == TfliteActivation::none && constant && is_about(*constant, 6);
    return by_six ? scaled(in) : Form::unknown;
  }
  if (op.op == TfliteOp::relu6 && in == Form::shifted) return Form::clamped;
  if (op.op == TfliteOp::relu && in == Form::linear) return Form::relu;
  if (op.op == TfliteOp::relu6 && (in == Form::linear || in == Form::relu)) return Form::relu6;
  if (op.op == TfliteOp::hard_swish && in == Form::linear) return Form::hard_swish;
  return Form::unknown;
}

// The operators through which the layer's output reached the operator `last`, in order.
std::vector<int> FormTracker::path_to(int last) const {
  std::vector<bool> needed(forms_.size());
  std::vector<int> path;
  for (int id = last; id > op_; --id) {
    const TfliteOperator& op = flow_.op(id);
    if (id != last && !needed[static_cast<std::size_t>(op.outputs[0])]) continue;
    path.insert(path.begin(), id);
    for (const int input : op.inputs) {
      if (form(input) != Form::unknown) needed[static_cast<std::size_t>(input)] = true;
    }
  }
  return path;
}

std::optional<ActivationMatch> FormTracker::find(Form wanted) {
  const int written = flow_.op(op_).outputs[0];
  if (form(written) == wanted) return ActivationMatch{written, {}};
  for (int id = op_ + 1; id < flow_.size(); ++id) {
    const TfliteOperator& op = flow_.op(id);
    const Form found = result(id);
    set(op.outputs[0], found);
    if (found == wanted) return ActivationMatch{op.outputs[0], path_to(id)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<ActivationMatch> find_activation(const Flow& flow, int op, Activation wanted) {
  FormTracker tracker(flow, op);
  const int written = flow.op(op).outputs[0];
  switch (wanted) {
    case Activation::none:
      return tracker.find(Form::linear);
    case Activation::relu: {
      auto match = tracker.find(Form::relu);
      const bool hidden =
          flow.op(op).activation == TfliteActivation::none && range_is_relu(flow.tensor(written));
      if (!match && hidden) match = ActivationMatch{written, {}};
      return match;
    }
    case Activation::relu6: {
      auto match = tracker.find(Form::relu6);
      const bool hidden =
          flow.op(op).activation != TfliteActivation::other && range_is_relu6(flow.tensor(written));
      if (!match && hidden) match = ActivationMatch{written, {}};
      return match;
    }
    case Activation::hard_swish:
      return tracker.find(Form::hard_swish);
    case Activation::hard_sigmoid:
      return tracker.find(Form::gate);
    case Activation::swish:
    case Activation::sigmoid:
      break;  // no graph of the catalog asks for them
  }
  return std::nullopt;
}

std::string describe_activation(const Flow& flow, int op) {
  const TfliteOperator& layer = flow.op(op);
  switch (layer.activation) {
    case TfliteActivation::none:
      break;
    case TfliteActivation::relu:
      return "relu";
    case TfliteActivation::relu6:
      return "relu6";
    case TfliteActivation::other:
      return "another activation";
  }
  std::string text = "linear";
  for (const int carrier : flow.carriers(layer.outputs[0])) {
    for (const int reader : flow.readers(carrier)) {
      if (flow.passes_through(reader)) continue;
      text += (text == "linear" ? " before " : " and ") + describe(flow.op(reader));
    }
  }
  return text;
}

}  // namespace lens
