#include "weights/dequantize.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <limits>

namespace lens {

namespace {

// IEEE 754 half precision: 1 sign, 5 exponent, 10 fraction bits.
double half(std::span<const std::uint8_t> data, std::size_t index) {
  const unsigned bits = data[2 * index] | static_cast<unsigned>(data[2 * index + 1]) << 8;
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  const unsigned exponent = bits >> 10 & 31;
  const double fraction = bits & 1023;
  if (exponent == 0) return sign * fraction / (1 << 24);
  double value = sign * (1024 + fraction) / (1 << 25);
  for (unsigned power = 0; power < exponent; ++power) value *= 2;
  return exponent == 31 ? sign * std::numeric_limits<double>::infinity() : value;
}

// Constants are not aligned for their type.
template <class T>
std::vector<T> stored(const TfliteTensor& constant) {
  std::vector<T> values(constant.count());
  std::memcpy(values.data(), constant.data.data(), values.size() * sizeof(T));
  return values;
}

// Elements between one index of the quantized axis and the next.
std::size_t axis_step(const TfliteTensor& constant) {
  std::size_t step = 1;
  for (std::size_t axis = static_cast<std::size_t>(constant.quantization.axis) + 1;
       axis < constant.shape.size(); ++axis) {
    step *= static_cast<std::size_t>(constant.shape[axis]);
  }
  return step;
}

// values[i] = scale * (from[i] - zero point) for one slice. A byte has 256 values: they are
// computed once where that saves work. On a page's first visit a compiler of little patience runs
// this.
template <class T>
void scale_slice(std::span<const T> from, double scale, double zero_point, float* values) {
  const auto real = [&](double stored) {
    return static_cast<float>((stored - zero_point) * scale);
  };
  if (sizeof(T) > 1 || from.size() < 256) {
    for (const T one : from) *values++ = real(one);
    return;
  }
  std::array<float, 256> reals;
  for (int byte = 0; byte < 256; ++byte) {
    reals[static_cast<std::size_t>(byte)] = real(static_cast<T>(byte));
  }
  for (const T one : from) *values++ = reals[static_cast<std::uint8_t>(one)];
}

template <class T>
std::vector<float> scaled(const TfliteTensor& constant) {
  const Quantization& quantization = constant.quantization;
  const std::vector<T> from = stored<T>(constant);
  std::vector<float> values(from.size());
  if (quantization.empty()) {
    for (std::size_t i = 0; i < from.size(); ++i) values[i] = static_cast<float>(from[i]);
    return values;
  }
  const std::size_t step = quantization.per_channel() ? axis_step(constant) : from.size();
  std::size_t slice = 0;
  for (std::size_t begin = 0; begin < from.size(); begin += step) {
    scale_slice(std::span(from).subspan(begin, step), quantization.scales[slice],
                quantization.zero_points[slice], &values[begin]);
    slice = slice + 1 == quantization.scales.size() ? 0 : slice + 1;
  }
  return values;
}

std::vector<float> halves(const TfliteTensor& constant) {
  std::vector<float> values(constant.count());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>(half(constant.data, i));
  }
  return values;
}

}  // namespace

bool can_dequantize(const TfliteTensor& constant) {
  if (!constant.is_constant() || constant.type == ElementType::other) return false;
  const bool integer_weights =
      constant.type == ElementType::uint8 || constant.type == ElementType::int8;
  return !(integer_weights && constant.quantization.empty());
}

std::vector<float> dequantize(const TfliteTensor& constant) {
  assert(can_dequantize(constant));
  switch (constant.type) {
    case ElementType::float32:
      return stored<float>(constant);
    case ElementType::float16:
      return halves(constant);
    case ElementType::int32:
      return scaled<std::int32_t>(constant);
    case ElementType::uint8:
      return scaled<std::uint8_t>(constant);
    case ElementType::int8:
      return scaled<std::int8_t>(constant);
    case ElementType::other:
      break;
  }
  return {};
}

template <class T>
std::vector<T> outermost_to_innermost(const std::vector<T>& values, int out) {
  const auto columns = static_cast<std::size_t>(out);
  const std::size_t rows = values.size() / columns;
  std::vector<T> moved(values.size());
  // Square by square, so that both sides stay in the cache.
  constexpr std::size_t kSquare = 16;
  for (std::size_t column0 = 0; column0 < columns; column0 += kSquare) {
    const std::size_t column1 = std::min(column0 + kSquare, columns);
    for (std::size_t row0 = 0; row0 < rows; row0 += kSquare) {
      const std::size_t row1 = std::min(row0 + kSquare, rows);
      for (std::size_t row = row0; row < row1; ++row) {
        const T* from = &values[row];
        T* to = &moved[row * columns];
        for (std::size_t column = column0; column < column1; ++column) {
          to[column] = from[column * rows];
        }
      }
    }
  }
  return moved;
}

std::vector<float> dequantize_innermost(const TfliteTensor& constant, int out) {
  const bool is_byte = constant.type == ElementType::uint8 || constant.type == ElementType::int8;
  if (!is_byte || constant.quantization.per_channel()) {
    return outermost_to_innermost(dequantize(constant), out);
  }
  // With one scale for all, it does not matter where a byte lies, and bytes are moved sooner.
  const std::vector<std::uint8_t> moved =
      outermost_to_innermost(stored<std::uint8_t>(constant), out);
  TfliteTensor turned = constant;
  turned.data = moved;
  return dequantize(turned);
}

template std::vector<float> outermost_to_innermost(const std::vector<float>&, int);
template std::vector<std::int8_t> outermost_to_innermost(const std::vector<std::int8_t>&, int);

}  // namespace lens
