// A constant's numbers as floats, and from the file's layout of weights to ours. Knows no graph.
#pragma once

#include <cstdint>
#include <vector>

#include "weights/tflite.h"

namespace lens {

// True for constants whose element type and quantization dequantize() understands.
bool can_dequantize(const TfliteTensor& constant);

// scale * (stored - zero_point) per element, in the tensor's own order; floats as they are;
// int32 without quantization as they are. The tensor must pass can_dequantize (asserted).
std::vector<float> dequantize(const TfliteTensor& constant);

// outermost_to_innermost(dequantize(constant), out), the fastest way.
std::vector<float> dequantize_innermost(const TfliteTensor& constant, int out);

// Moves the outermost axis of size `out` innermost: [out][rest] -> [rest][out]. Takes the file's
// convolution filters [out][kh][kw][in] and dense ones [out][in] to [kh][kw][in][out], [in][out].
// For float and std::int8_t.
template <class T>
std::vector<T> outermost_to_innermost(const std::vector<T>& values, int out);

}  // namespace lens
