// Which tensors and operators of the files are which node of our graph: matched by structure along
// the data flow, never by names. Reads no weights; bind.h and quantized.h do, each in its way.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/graph.h"
#include "engine/model.h"
#include "weights/flow.h"

namespace lens {

// Tensor and operator numbers are those of the Flow.
struct NodeMatch {
  int tensor = -1;         // holds the node's output; -1 for a softmax that the file leaves out
  int preactivation = -1;  // what the layer itself writes; the same tensor when nothing follows
  int layer = -1;          // the operator that does the node's work; -1 for input
  std::vector<int> ops;    // padding, layer, activation: all that the node is in the file, in order
};

struct Match {
  Flow flow;
  std::vector<NodeMatch> nodes;  // by NodeId
  InputScaling input;
};

// Fails when a layer of the graph is not in the files as the graph has it: kernel, stride, padding,
// channels, activation, shape, residuals. The message names our layer, what was expected and what
// was found. Borrows the files as Flow does.
Result<Match> match(const Graph& graph, std::span<const TfliteFile> files);

}  // namespace lens
