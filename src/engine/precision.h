// The two arithmetics of one graph, chosen when an inference starts.
#pragma once

#include <string_view>

namespace lens {

enum class Precision {
  float32,  // weights dequantized: values are what the papers write
  int8      // the integers of the published file, quantized_model.h
};

constexpr std::string_view to_string(Precision precision) {
  return precision == Precision::int8 ? "int8" : "float32";
}

}  // namespace lens
