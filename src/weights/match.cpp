#include "weights/match.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "weights/activation.h"
#include "weights/file_padding.h"
#include "weights/input_scaling.h"
#include "weights/layer.h"

namespace lens {

namespace {

using Problem = std::optional<Error>;

// An operator that reads a node's values, directly or through a PAD.
struct Reader {
  int op = -1;
  int pad = -1;
  int tensor = -1;  // what of the node's carriers it (or its PAD) reads
};

TfliteOp wanted_op(Op op) {
  switch (op) {
    case Op::conv:
    case Op::dense:
      return TfliteOp::conv_2d;
    case Op::depthwise:
      return TfliteOp::depthwise_conv_2d;
    case Op::add:
      return TfliteOp::add;
    case Op::channel_scale:
      return TfliteOp::mul;
    case Op::softmax:
      return TfliteOp::softmax;
    case Op::global_pool:
      return TfliteOp::mean;
    case Op::input:
      break;
  }
  return TfliteOp::other;
}

class Matcher {
 public:
  Matcher(const Graph& graph, Match& match)
      : graph_(graph), match_(match), flow_(match.flow), carriers_(graph.nodes.size()) {}

  Problem run();

 private:
  Problem match_node(NodeId id);
  Problem match_input();
  Problem match_layer(NodeId id);
  Problem check_padding(NodeId id, const Reader& reader) const;
  Problem check_bias(NodeId id, int op) const;
  Problem match_pool(NodeId id);
  Problem match_binary(NodeId id);
  Problem match_softmax(NodeId id);
  Problem check_end() const;
  Problem check_shape(NodeId id, int tensor) const;

  std::optional<Reader> find_layer(NodeId id) const;
  bool pools_whole_image(int op) const;
  bool carries(NodeId id, int tensor) const;
  std::string readers_of(NodeId id) const;
  Error missing(NodeId id, const std::string& expected) const;

  Error wrong(NodeId id, const std::string& expected, const std::string& found) const {
    return mismatch(graph_, id, flow_, expected, found);
  }

  void record(NodeId id, int op, int tensor, std::vector<int> ops);

  NodeMatch& matched(NodeId id) { return match_.nodes[static_cast<std::size_t>(id)]; }

  const std::vector<int>& carriers(NodeId id) const {
    return carriers_[static_cast<std::size_t>(id)];
  }

  const Graph& graph_;
  Match& match_;
  const Flow& flow_;
  std::vector<std::vector<int>> carriers_;  // by NodeId: tensors that hold its output
  std::vector<ScaledInput> inputs_;
};

bool Matcher::carries(NodeId id, int tensor) const {
  const std::vector<int>& tensors = carriers(id);
  return std::find(tensors.begin(), tensors.end(), tensor) != tensors.end();
}

void Matcher::record(NodeId id, int op, int tensor, std::vector<int> ops) {
  matched(id) = {tensor, flow_.op(op).outputs[0], op, std::move(ops)};
  carriers_[static_cast<std::size_t>(id)] = flow_.carriers(tensor);
}

// What the file does with a node's output, in its own words.
std::string Matcher::readers_of(NodeId id) const {
  std::string text;
  for (const int tensor : carriers(id)) {
    for (const int reader : flow_.readers(tensor)) {
      const bool seen = flow_.passes_through(reader) || carries(id, flow_.op(reader).outputs[0]);
      if (!seen) text += (text.empty() ? "" : " and ") + describe(flow_.op(reader));
    }
  }
  return text.empty() ? "the end of the file" : text;
}

Error Matcher::missing(NodeId id, const std::string& expected) const {
  const NodeId from = graph_.node(id).inputs[0];
  const std::string found = readers_of(from);
  if (found == "the end of the file" && graph_.node(id).role == Role::head) {
    return {graph_.node(id).name + ": expected " + expected + ", found the end of the file.",
            "This is a backbone: choose it together with the file of its head."};
  }
  return wrong(id, expected + " behind " + graph_.node(from).name, found);
}

Problem Matcher::check_shape(NodeId id, int tensor) const {
  const auto found = image_shape(flow_.tensor(tensor));
  if (found && *found == graph_.node(id).out) return std::nullopt;
  return wrong(id, "an output of " + describe(graph_.node(id).out),
               found ? describe(*found) : describe_shape(flow_.tensor(tensor)));
}

Problem Matcher::match_input() {
  const TfliteTensor& tensor = flow_.tensor(flow_.input());
  const Shape expected = graph_.node(0).out;
  const auto found = image_shape(tensor);
  if (!found || !(*found == expected)) {
    Error error = {"input: expected " + describe(expected) + ", found " +
                       (found ? describe(*found) : describe_shape(tensor)) + ".",
                   "Choose a file that takes a colour image."};
    if (found && found->h == 1) {
      error.hint = "This is a head: choose it together with its backbone.";
    } else if (found && found->c == expected.c && found->h == found->w) {
      error.hint = "This file is for resolution " + std::to_string(found->h) +
                   ", the model is set to " + std::to_string(expected.h) + ".";
    }
    return error;
  }
  const bool readable = tensor.type == ElementType::float32 ||
                        ((tensor.type == ElementType::uint8 || tensor.type == ElementType::int8) &&
                         tensor.quantization.scales.size() == 1);
  if (!readable) {
    return Error{"input: expected float32, or uint8 or int8 with one scale, found " +
                     std::string(to_string(tensor.type)) + ".",
                 "Export the model with one of these inputs."};
  }
  inputs_ = scaled_inputs(flow_);
  for (const ScaledInput& input : inputs_) carriers_[0].push_back(input.tensor);
  matched(0).tensor = flow_.input();
  return std::nullopt;
}

std::optional<Reader> Matcher::find_layer(NodeId id) const {
  const Node& node = graph_.node(id);
  const auto is_wanted = [&](int op) {
    const TfliteOp kind = flow_.op(op).op;
    return kind == wanted_op(node.op) ||
           (node.op == Op::dense && kind == TfliteOp::fully_connected);
  };
  for (const int tensor : carriers(node.inputs[0])) {
    for (const int reader : flow_.readers(tensor)) {
      if (flow_.op(reader).input(0) != tensor) continue;
      if (is_wanted(reader)) return Reader{reader, -1, tensor};
      if (flow_.op(reader).op != TfliteOp::pad) continue;
      for (const int behind : flow_.readers(flow_.op(reader).outputs[0])) {
        if (is_wanted(behind)) return Reader{behind, reader, tensor};
      }
    }
  }
  return std::nullopt;
}

Problem Matcher::match_layer(NodeId id) {
  const Node& node = graph_.node(id);
  const Layer expected = layer_of(graph_, id);
  const auto reader = find_layer(id);
  if (!reader) return missing(id, describe(expected));
  const TfliteOperator& op = flow_.op(reader->op);
  const auto found = layer_of(flow_, reader->op, node.op);
  if (!found) return wrong(id, describe(expected), describe(op) + " with weights of another form");
  // A depthwise filter does not say its input channels.
  Layer comparable = *found;
  if (node.op == Op::depthwise) comparable.in = expected.in;
  if (!(comparable == expected)) return wrong(id, describe(expected), describe(*found));
  if (op.dilation_h != 1 || op.dilation_w != 1) return wrong(id, "no dilation", "dilation");
  if (Problem problem = check_padding(id, *reader)) return problem;
  if (Problem problem = check_bias(id, reader->op)) return problem;
  if (Problem problem = check_shape(id, op.outputs[0])) return problem;
  const auto activation = find_activation(flow_, reader->op, node.activation);
  if (!activation) {
    return wrong(id, std::string(to_string(node.activation)) + " behind it",
                 describe_activation(flow_, reader->op));
  }
  if (flow_.tensor(activation->tensor).count() != node.out.count()) {
    return wrong(id, "an activation of " + describe(node.out),
                 describe_shape(flow_.tensor(activation->tensor)));
  }
  std::vector<int> ops = {reader->op};
  if (reader->pad >= 0) ops.insert(ops.begin(), reader->pad);
  ops.insert(ops.end(), activation->ops.begin(), activation->ops.end());
  record(id, reader->op, activation->tensor, std::move(ops));
  if (node.inputs[0] == 0) {
    const auto read = std::find_if(inputs_.begin(), inputs_.end(), [&](const ScaledInput& input) {
      return input.tensor == reader->tensor;
    });
    match_.input = input_scaling(flow_, *read);
    matched(0).tensor = reader->tensor;
  }
  return std::nullopt;
}

Problem Matcher::check_padding(NodeId id, const Reader& reader) const {
  const Node& node = graph_.node(id);
  const Padding expected = same_padding(graph_.input_shape(id), node.kernel, node.stride);
  const TfliteOperator& op = flow_.op(reader.op);
  if (op.op == TfliteOp::fully_connected) return std::nullopt;
  std::optional<Padding> found = Padding{};
  if (reader.pad >= 0) {
    found = padding_of(flow_, reader.pad);
    if (!found || op.same_padding) {
      return wrong(id, "padding of " + describe(expected), "a PAD of another form");
    }
  } else if (op.same_padding) {
    return std::nullopt;
  }
  if (*found == expected) return std::nullopt;
  Error error = wrong(id, "padding of " + describe(expected), describe(*found));
  if (found->is_symmetric()) {
    error.hint =
        "The file pads symmetrically, TensorFlow more at the bottom and right: its maps would lie "
        "half a pixel off. Choose weights that were trained with TensorFlow's SAME padding.";
  }
  return error;
}

Problem Matcher::check_bias(NodeId id, int op) const {
  const int bias = flow_.op(op).input(2);
  if (bias < 0) return std::nullopt;
  const TfliteTensor* constant = flow_.constant(bias);
  const auto channels = static_cast<std::size_t>(graph_.node(id).out.c);
  const std::string expected = "a bias of " + std::to_string(channels) + " constants";
  if (constant == nullptr) return wrong(id, expected, "no constant");
  if (constant->count() != channels) return wrong(id, expected, describe_shape(*constant));
  if (constant->type == ElementType::int32 && constant->quantization.empty()) {
    return wrong(id, expected + " with a scale", "int32 without a scale");
  }
  return std::nullopt;
}

bool Matcher::pools_whole_image(int id) const {
  const TfliteOperator& op = flow_.op(id);
  const auto in = image_shape(flow_.tensor(op.input(0)));
  const auto out = image_shape(flow_.tensor(op.outputs[0]));
  if (!in || !out || op.activation != TfliteActivation::none) return false;
  if (!(*out == Shape{1, 1, in->c})) return false;
  if (op.op == TfliteOp::average_pool_2d) return op.filter_h == in->h && op.filter_w == in->w;
  const TfliteTensor* axes = flow_.constant(op.input(1));
  if (axes == nullptr || axes->type != ElementType::int32 || axes->count() != 2) return false;
  std::int32_t values[2];
  std::memcpy(values, axes->data.data(), sizeof values);
  for (std::int32_t& axis : values) axis = axis < 0 ? axis + 4 : axis;
  return std::min(values[0], values[1]) == 1 && std::max(values[0], values[1]) == 2;
}

Problem Matcher::match_pool(NodeId id) {
  for (const int tensor : carriers(graph_.node(id).inputs[0])) {
    for (const int reader : flow_.readers(tensor)) {
      const TfliteOperator& op = flow_.op(reader);
      const bool pools = op.op == TfliteOp::mean || op.op == TfliteOp::average_pool_2d;
      if (!pools || op.input(0) != tensor || flow_.passes_through(reader)) continue;
      if (!pools_whole_image(reader)) {
        return wrong(id, "the mean over the whole image", describe(op) + " over a part of it");
      }
      if (Problem problem = check_shape(id, op.outputs[0])) return problem;
      record(id, reader, op.outputs[0], {reader});
      return std::nullopt;
    }
  }
  return missing(id, "the mean over the image");
}

Problem Matcher::match_binary(NodeId id) {
  const Node& node = graph_.node(id);
  const bool adds = node.op == Op::add;
  for (const int tensor : carriers(node.inputs[0])) {
    for (const int reader : flow_.readers(tensor)) {
      const TfliteOperator& op = flow_.op(reader);
      if (op.op != wanted_op(node.op)) continue;
      const int other = op.input(0) == tensor ? op.input(1) : op.input(0);
      if (!carries(node.inputs[1], other)) continue;
      if (op.activation != TfliteActivation::none) {
        return wrong(id, adds ? "a plain sum" : "a plain product", "an activation behind it");
      }
      if (Problem problem = check_shape(id, op.outputs[0])) return problem;
      record(id, reader, op.outputs[0], {reader});
      return std::nullopt;
    }
  }
  const std::string second = graph_.node(node.inputs[1]).name;
  return missing(id, (adds ? "the addition of " : "the multiplication by ") + second);
}

Problem Matcher::match_softmax(NodeId id) {
  for (const int tensor : carriers(graph_.node(id).inputs[0])) {
    for (const int reader : flow_.readers(tensor)) {
      const TfliteOperator& op = flow_.op(reader);
      if (op.op != TfliteOp::softmax) continue;
      if (op.beta != 1) return wrong(id, "a softmax of beta 1", "another beta");
      if (Problem problem = check_shape(id, op.outputs[0])) return problem;
      record(id, reader, op.outputs[0], {reader});
      return std::nullopt;
    }
  }
  return std::nullopt;  // a file may end in its logits
}

Problem Matcher::match_node(NodeId id) {
  switch (graph_.node(id).op) {
    case Op::input:
      return match_input();
    case Op::conv:
    case Op::depthwise:
    case Op::dense:
      return match_layer(id);
    case Op::global_pool:
      return match_pool(id);
    case Op::add:
    case Op::channel_scale:
      return match_binary(id);
    case Op::softmax:
      return match_softmax(id);
  }
  return std::nullopt;
}

// The file must end where the graph ends: nothing may come behind that we would leave out.
Problem Matcher::check_end() const {
  NodeId last = graph_.last();
  if (match_.nodes[static_cast<std::size_t>(last)].tensor < 0) last = graph_.node(last).inputs[0];
  if (carries(last, flow_.output())) return std::nullopt;
  return wrong(last, "the end of the file behind it", readers_of(last));
}

Problem Matcher::run() {
  for (NodeId id = 0; id < graph_.size(); ++id) {
    if (Problem problem = match_node(id)) return problem;
  }
  return check_end();
}

}  // namespace

Result<Match> match(const Graph& graph, std::span<const TfliteFile> files) {
  auto flow = Flow::create(files);
  if (!flow) return flow.error();
  Match result{std::move(flow).value(), {}, {}};
  result.nodes.resize(graph.nodes.size());
  if (Problem problem = Matcher(graph, result).run()) return *problem;
  return result;
}

}  // namespace lens
