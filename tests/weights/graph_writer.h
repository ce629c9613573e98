// Writes a graph of ours and its weights as a TFLite file, in any of the ways in which converters
// write the same network: to read it back and get the same weights.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/graph.h"
#include "engine/weights.h"
#include "weights/tflite_writer.h"

namespace lens::test {

// x * relu6(x + 3) / 6 as one operator, or in one of the orders of its multiplications.
enum class SwishStyle { op, product_first, gate_first, sixth_first };

struct Style {
  SwishStyle swish = SwishStyle::op;
  bool separate_activations = false;  // RELU, RELU6 as operators instead of fused
  bool explicit_padding = false;      // PAD and VALID at stride 2, instead of SAME
  bool divide_by_six = false;         // DIV by 6 instead of MUL by 1/6
  bool dense_as_convolution = false;  // instead of FULLY_CONNECTED
  bool mean_keeps_dims = false;       // else the pool gives [1, C]
  bool average_pool = false;          // AVERAGE_POOL_2D instead of MEAN
  bool swapped_operands = false;      // of ADD and MUL
  bool half_weights = false;          // float16 behind DEQUANTIZE
  bool softmax = true;                // else the file ends in its logits
  std::vector<float> rescaling;       // {multiplier, offset} on the input; empty for none
};

// A writer that holds the whole network, for tests that change it before finish().
struct WrittenGraph {
  TfliteWriter writer;
  int input = -1;
  int output = -1;
  std::vector<int> nodes;  // by NodeId: the tensor of its output

  std::vector<std::uint8_t> bytes() const { return writer.finish({input}, {output}); }
};

WrittenGraph write_graph(const Graph& graph, const Weights& weights, const Style& style = {});

}  // namespace lens::test
