// TFLite files + our graph -> float weights in the engine's layout, with a record of where in the
// files each node came from. The files' structure decides (match.h), never their names.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "engine/graph.h"
#include "engine/model.h"
#include "engine/quantized_model.h"
#include "engine/weights.h"
#include "weights/tflite.h"

namespace lens {

// How the file itself computes; its weights are dequantized beside that.
enum class FileKind { float32, uint8_per_tensor, int8_per_tensor, int8_per_channel };

std::string_view to_string(FileKind kind);  // "int8 per channel"

// The tensor of the files that holds a node's output, after its activation. For the input: what the
// first layer reads. Empty for a softmax that the file leaves out.
struct NodeBinding {
  std::string tensor;  // its name in the file
  ElementType type = ElementType::other;
  Quantization quantization;  // empty for floats
};

struct ImportedModel {
  Graph graph;
  Weights weights;
  InputScaling input;
  int classes = 0;  // 1001 have the background first
  FileKind kind = FileKind::float32;
  std::vector<NodeBinding> nodes;  // by NodeId
  // The file's own integers; null, with the reason in no_int8, when it does not compute in bytes.
  std::shared_ptr<const QuantizedModel> quantized;
  Error no_int8;
};

// How many classes the files tell apart: the length of their output. Fails when the output is no
// list, or two files do not belong together. At least one file (asserted).
Result<int> count_classes(std::span<const TfliteFile> files);

// Fails with a message that names our layer, what was expected and what was found, when the files
// are not this graph. Values are not looked at: Model::create refuses what is not finite.
Result<ImportedModel> bind_weights(Graph graph, std::span<const TfliteFile> files);

// Reads one file, or a backbone and its head in either order.
Result<std::vector<TfliteFile>> read_tflite_files(std::vector<std::vector<std::uint8_t>> files);

// All in one: build is called as build(classes) with the files' number of classes and returns the
// Graph that they are expected to be:
//   import_tflite(files, [&](int classes) { return entry.build(variant, classes); })
template <class Build>
Result<ImportedModel> import_tflite(std::span<const TfliteFile> files, Build&& build) {
  const Result<int> classes = count_classes(files);
  if (!classes) return classes.error();
  return bind_weights(std::forward<Build>(build)(*classes), files);
}

}  // namespace lens
