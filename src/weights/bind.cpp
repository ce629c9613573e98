#include "weights/bind.h"

#include <cassert>

#include "weights/dequantize.h"
#include "weights/match.h"
#include "weights/quantized.h"

namespace lens {

namespace {

// Filter and bias of one layer in the canonical layout of engine/weights.h. The file has
// [out][kh][kw][in] for convolutions, [out][in] for dense layers, [1][kh][kw][c] for depthwise.
NodeWeights layer_weights(const Flow& flow, const TfliteOperator& op, const Node& node) {
  NodeWeights weights;
  const TfliteTensor& filter = *flow.constant(op.input(1));
  weights.filter =
      node.op == Op::depthwise ? dequantize(filter) : dequantize_innermost(filter, node.out.c);
  if (op.input(2) < 0) {
    weights.bias.assign(static_cast<std::size_t>(node.out.c), 0.0f);
  } else {
    weights.bias = dequantize(*flow.constant(op.input(2)));
  }
  return weights;
}

Weights all_weights(const Graph& graph, const Match& match) {
  Weights weights;
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph.node(id);
    if (!has_weights(node.op)) {
      weights.nodes.emplace_back();
      continue;
    }
    const int layer = match.nodes[static_cast<std::size_t>(id)].layer;
    weights.nodes.push_back(layer_weights(match.flow, match.flow.op(layer), node));
  }
  return weights;
}

std::vector<NodeBinding> all_bindings(const Match& match) {
  std::vector<NodeBinding> bindings;
  for (const NodeMatch& node : match.nodes) {
    NodeBinding binding;
    if (node.tensor >= 0) {
      const TfliteTensor& tensor = match.flow.tensor(node.tensor);
      binding = {tensor.name, tensor.type, tensor.quantization};
    }
    bindings.push_back(std::move(binding));
  }
  return bindings;
}

FileKind kind_of(const Match& match) {
  const ElementType type = match.flow.tensor(match.nodes[0].tensor).type;
  if (type == ElementType::uint8) return FileKind::uint8_per_tensor;
  if (type != ElementType::int8) return FileKind::float32;
  for (const NodeMatch& node : match.nodes) {
    const TfliteTensor* filter =
        node.layer < 0 ? nullptr : match.flow.constant(match.flow.op(node.layer).input(1));
    if (filter != nullptr && filter->quantization.per_channel()) return FileKind::int8_per_channel;
  }
  return FileKind::int8_per_tensor;
}

void bind_integers(const Match& match, ImportedModel& model) {
  if (model.kind == FileKind::float32) {
    model.no_int8 = {"This file computes in float32: it has no int8.",
                     "Choose a quantized file for int8."};
    return;
  }
  const auto weights = quantized_weights(model.graph, match);
  if (!weights) {
    model.no_int8 = weights.error();
    return;
  }
  auto quantized = QuantizedModel::create(model.graph, *weights);
  if (!quantized) {
    model.no_int8 = quantized.error();
    return;
  }
  model.quantized = std::move(quantized).value();
}

int classes_of(const Graph& graph) {
  return graph.node(graph.last()).out.c;
}

}  // namespace

std::string_view to_string(FileKind kind) {
  switch (kind) {
    case FileKind::float32:
      return "float32";
    case FileKind::uint8_per_tensor:
      return "uint8 per tensor";
    case FileKind::int8_per_tensor:
      return "int8 per tensor";
    case FileKind::int8_per_channel:
      return "int8 per channel";
  }
  return "";
}

Result<int> count_classes(std::span<const TfliteFile> files) {
  const auto flow = Flow::create(files);
  if (!flow) return flow.error();
  const TfliteTensor& output = flow->tensor(flow->output());
  const auto shape = image_shape(output);
  if (!shape || shape->h != 1 || shape->w != 1 || shape->c < 1) {
    return Error{"The TFLite file ends in " + describe_shape(output) +
                     ", expected one number for each class.",
                 "Choose an image classifier; to a backbone add the file of its head."};
  }
  return shape->c;
}

Result<ImportedModel> bind_weights(Graph graph, std::span<const TfliteFile> files) {
  const auto matched = match(graph, files);
  if (!matched) return matched.error();
  ImportedModel model;
  model.weights = all_weights(graph, *matched);
  model.input = matched->input;
  model.classes = classes_of(graph);
  model.kind = kind_of(*matched);
  model.nodes = all_bindings(*matched);
  model.graph = std::move(graph);
  bind_integers(*matched, model);
  return model;
}

Result<std::vector<TfliteFile>> read_tflite_files(std::vector<std::vector<std::uint8_t>> files) {
  std::vector<TfliteFile> read;
  for (std::vector<std::uint8_t>& bytes : files) {
    auto file = read_tflite(std::move(bytes));
    if (!file) return file.error();
    read.push_back(std::move(file).value());
  }
  return read;
}

}  // namespace lens
