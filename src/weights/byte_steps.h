// What an 8-bit file does between a layer and the output of the node: h-swish, or the steps of a
// gate. Each is a function of the one byte that the layer writes, so all together are one table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/quantization.h"
#include "weights/flow.h"

namespace lens {

// Scale and zero point of a tensor of bytes, int8 shifted by 128; nothing for other tensors.
std::optional<Affine> affine_of(const TfliteTensor& tensor);

// "uint8 of one scale", "int8 of 16 scales", "float32": for messages.
std::string describe_storage(const TfliteTensor& tensor);

// The bytes that a fused activation leaves: TensorFlow Lite quantization specification.
ByteRange activation_range(TfliteActivation activation, const Affine& out);

// From `written` through the operators to `output`: 256 bytes. Fails on an operator that the engine
// has not in bytes; the message names it.
Result<std::vector<std::uint8_t>> byte_table(const Flow& flow, int written, int output,
                                             const std::vector<int>& ops);

}  // namespace lens
