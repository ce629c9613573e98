// Turns a written float network into an 8-bit one: bytes for every tensor, int32 biases.
#pragma once

#include "weights/graph_writer.h"

namespace lens::test {

struct ByteStyle {
  ElementType type = ElementType::uint8;
  bool per_channel = false;  // of weights: one scale for each output, zero point 0
};

// Activations get `scale` with the middle of the range as zero point; weights the range they need;
// biases the scale of their products. `scale` must hold 6 within half of the range.
void quantize_file(WrittenGraph& file, float scale, const ByteStyle& style = {});

}  // namespace lens::test
