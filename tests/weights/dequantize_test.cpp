#include "weights/dequantize.h"

#include <cmath>
#include <limits>

#include "catch2/catch.hpp"
#include "weights/tflite_writer.h"

namespace lens {

namespace {

// Data of `values`, at an odd address as files may have it.
template <class T>
struct Constant {
  std::vector<std::uint8_t> bytes;
  TfliteTensor tensor;

  Constant(std::vector<int> shape, ElementType type, const std::vector<T>& values) {
    bytes = test::bytes_of(values);
    bytes.insert(bytes.begin(), 0);
    tensor.shape = std::move(shape);
    tensor.type = type;
    tensor.data = std::span(bytes).subspan(1);
  }
};

}  // namespace

TEST_CASE("dequantize: one scale for all", "[weights][dequantize]") {
  Constant<std::uint8_t> constant({3}, ElementType::uint8, {0, 128, 255});
  constant.tensor.quantization = {{0.5f}, {128}, 0};
  CHECK(dequantize(constant.tensor) == std::vector<float>{-64, 0, 63.5f});
}

TEST_CASE("dequantize: a scale and a zero point for each slice of the axis",
          "[weights][dequantize]") {
  Constant<std::int8_t> constant({2, 3, 2}, ElementType::int8,
                                 {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  SECTION("the first") {
    constant.tensor.quantization = {{1, 10}, {0, 7}, 0};
    CHECK(dequantize(constant.tensor) ==
          std::vector<float>{1, 2, 3, 4, 5, 6, 0, 10, 20, 30, 40, 50});
  }
  SECTION("one in the middle") {
    constant.tensor.quantization = {{1, 10, 100}, {0, 0, 0}, 1};
    CHECK(dequantize(constant.tensor) ==
          std::vector<float>{1, 2, 30, 40, 500, 600, 7, 8, 90, 100, 1100, 1200});
  }
  SECTION("the last") {
    constant.tensor.quantization = {{1, 10}, {0, 2}, 2};
    CHECK(dequantize(constant.tensor) ==
          std::vector<float>{1, 0, 3, 20, 5, 40, 7, 60, 9, 80, 11, 100});
  }
}

TEST_CASE("dequantize: with the outermost axis innermost", "[weights][dequantize]") {
  Constant<std::uint8_t> constant({2, 3}, ElementType::uint8, {128, 129, 130, 228, 229, 230});
  SECTION("one scale") {
    constant.tensor.quantization = {{0.5f}, {128}, 0};
    CHECK(dequantize_innermost(constant.tensor, 2) ==
          std::vector<float>{0, 50, 0.5f, 50.5f, 1, 51});
  }
  SECTION("a scale for each output") {
    constant.tensor.quantization = {{1, 10}, {128, 228}, 0};
    CHECK(dequantize_innermost(constant.tensor, 2) == std::vector<float>{0, 0, 1, 10, 2, 20});
  }
}

TEST_CASE("dequantize: floats with the outermost axis innermost", "[weights][dequantize]") {
  const Constant<float> constant({2, 3}, ElementType::float32, {1, 2, 3, 4, 5, 6});
  CHECK(dequantize_innermost(constant.tensor, 2) == std::vector<float>{1, 4, 2, 5, 3, 6});
}

TEST_CASE("dequantize: a bias of 32 bits keeps what a float can hold", "[weights][dequantize]") {
  Constant<std::int32_t> constant({2}, ElementType::int32, {-2000000001, 3});
  constant.tensor.quantization = {{0.25f}, {0}, 0};
  CHECK(dequantize(constant.tensor) == std::vector<float>{-500000000.25f, 0.75f});
}

TEST_CASE("dequantize: half precision", "[weights][dequantize]") {
  const std::vector<std::uint16_t> halves = {0x3c00, 0xc000, 0x3555, 0x7bff,
                                             0x0001, 0x0000, 0x7c00, 0x7e00};
  const Constant<std::uint16_t> constant({8}, ElementType::float16, halves);
  const std::vector<float> values = dequantize(constant.tensor);
  CHECK(values[0] == 1);
  CHECK(values[1] == -2);
  CHECK(values[2] == 0.333251953125f);
  CHECK(values[3] == 65504);
  CHECK(values[4] == std::ldexp(1.0f, -24));
  CHECK(values[5] == 0);
  CHECK_FALSE(std::isfinite(values[6]));
  CHECK_FALSE(std::isfinite(values[7]));
}

TEST_CASE("dequantize: 8 bits without a scale are not understood", "[weights][dequantize]") {
  Constant<std::uint8_t> constant({1}, ElementType::uint8, {1});
  CHECK_FALSE(can_dequantize(constant.tensor));
  constant.tensor.quantization = {{1}, {0}, 0};
  CHECK(can_dequantize(constant.tensor));
  constant.tensor.data = {};
  CHECK_FALSE(can_dequantize(constant.tensor));
}

TEST_CASE("dequantize: the outermost axis moves innermost", "[weights][dequantize]") {
  CHECK(outermost_to_innermost(std::vector<float>{1, 2, 3, 4, 5, 6}, 2) ==
        std::vector<float>{1, 4, 2, 5, 3, 6});
  const int out = 37;  // neither axis a multiple of the square
  const std::size_t rest = 53;
  std::vector<float> values;
  for (std::size_t i = 0; i < out * rest; ++i) values.push_back(static_cast<float>(i));
  const std::vector<float> moved = outermost_to_innermost(values, out);
  bool all = true;
  for (std::size_t row = 0; row < rest; ++row) {
    for (std::size_t column = 0; column < out; ++column) {
      all = all && moved[row * out + column] == values[column * rest + row];
    }
  }
  CHECK(all);
}

}  // namespace lens
