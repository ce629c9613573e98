// Activations that a quantized file does not write down: the range of the output does the clamping.
#include "weights/activation.h"

#include "catch2/catch.hpp"
#include "weights/tflite_writer.h"

namespace lens {

namespace {

using test::TensorSpec;
using test::TfliteWriter;

struct Output {
  ElementType type;
  float scale;
  std::int64_t zero_point;
};

constexpr float kSixth255 = 6.0f / 255;

// input -> CONV_2D -> output of that quantization; returns what find_activation says of the CONV.
class QuantizedLayer {
 public:
  explicit QuantizedLayer(const Output& output) {
    TensorSpec spec{"output", {1, 2, 2, 1}, output.type, {output.scale}, {output.zero_point}, 0,
                    {}};
    output_ = writer_.tensor(std::move(spec));
    writer_.op(TfliteOp::conv_2d, {input_, filter_}, output_);
  }

  // x + 3, an output of that quantization.
  QuantizedLayer& add_three(const Output& output) {
    const int three = writer_.constant("three", {}, std::vector<float>{3});
    TensorSpec spec{"shifted", {1, 2, 2, 1}, output.type, {output.scale}, {output.zero_point}, 0,
                    {}};
    const int shifted = writer_.tensor(std::move(spec));
    writer_.op(TfliteOp::add, {output_, three}, shifted);
    const int sixth = writer_.constant("sixth", {}, std::vector<float>{0.16667f});
    output_ = writer_.tensor("gate", {1, 2, 2, 1});
    writer_.op(TfliteOp::mul, {shifted, sixth}, output_);
    return *this;
  }

  bool has(Activation activation) const {
    const auto file = read_tflite(writer_.finish({input_}, {output_}));
    REQUIRE(file.ok());
    const auto flow = Flow::create({&*file, 1});
    REQUIRE(flow.ok());
    return find_activation(*flow, 0, activation).has_value();
  }

 private:
  TfliteWriter writer_;
  int input_ = writer_.tensor("input", {1, 2, 2, 1});
  int filter_ = writer_.constant("filter", {1, 1, 1, 1}, std::vector<float>{1});
  int output_ = -1;
};

}  // namespace

TEST_CASE("activation: a range that begins at 0 is a ReLU", "[weights][activation]") {
  CHECK(QuantizedLayer({ElementType::uint8, 0.5f, 0}).has(Activation::relu));
  CHECK(QuantizedLayer({ElementType::int8, 0.5f, -128}).has(Activation::relu));
  CHECK_FALSE(QuantizedLayer({ElementType::uint8, 0.5f, 1}).has(Activation::relu));
  CHECK_FALSE(QuantizedLayer({ElementType::int8, 0.5f, 0}).has(Activation::relu));
}

TEST_CASE("activation: a range of 0 to 6 is a ReLU6", "[weights][activation]") {
  CHECK(QuantizedLayer({ElementType::uint8, kSixth255, 0}).has(Activation::relu6));
  CHECK(QuantizedLayer({ElementType::int8, kSixth255, -128}).has(Activation::relu6));
  CHECK_FALSE(QuantizedLayer({ElementType::uint8, 0.5f, 0}).has(Activation::relu6));
  CHECK_FALSE(QuantizedLayer({ElementType::uint8, kSixth255, 3}).has(Activation::relu6));
}

TEST_CASE("activation: a linear layer may have any range", "[weights][activation]") {
  CHECK(QuantizedLayer({ElementType::uint8, 0.5f, 0}).has(Activation::none));
  CHECK(QuantizedLayer({ElementType::uint8, 0.5f, 128}).has(Activation::none));
}

TEST_CASE("activation: a gate's clamp may hide in the range of the sum", "[weights][activation]") {
  const Output wide = {ElementType::uint8, 0.05f, 128};
  CHECK(QuantizedLayer(wide)
            .add_three({ElementType::uint8, kSixth255, 0})
            .has(Activation::hard_sigmoid));
  CHECK_FALSE(QuantizedLayer(wide)
                  .add_three({ElementType::uint8, 0.05f, 64})
                  .has(Activation::hard_sigmoid));
}

}  // namespace lens
