// The two arithmetics of one graph, chosen when an inference starts.
#pragma once

#include <optional>
#include <string_view>

namespace lens {

enum class Precision {
  float32,  // weights dequantized: values are what the papers write
  int8      // the integers of the published file, quantized_model.h
};

constexpr std::string_view to_string(Precision precision) {
  return precision == Precision::int8 ? "int8" : "float32";
}

constexpr std::optional<Precision> find_precision(std::string_view name) {
  for (const Precision precision : {Precision::float32, Precision::int8}) {
    if (to_string(precision) == name) return precision;
  }
  return std::nullopt;
}

}  // namespace lens
