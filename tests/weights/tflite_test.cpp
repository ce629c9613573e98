#include "weights/tflite.h"

#include <limits>
#include <map>

#include "catch2/catch.hpp"
#include "support/assets.h"
#include "weights/tflite_writer.h"

namespace lens {

namespace {

using test::TensorSpec;
using test::TfliteWriter;

TfliteFile read_model(const std::string& name) {
  auto file = read_tflite(test::read_asset("models/" + name));
  INFO((file.ok() ? "" : file.error().message));
  REQUIRE(file.ok());
  return std::move(file).value();
}

// input -> FULLY_CONNECTED -> output, sound; tests break one thing of it.
struct Dense {
  TfliteWriter writer;
  int input = writer.tensor("input", {1, 3});
  int filter = writer.constant("filter", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
  int bias = writer.constant("bias", {2}, std::vector<float>{7, 8});
  int output = writer.tensor("output", {1, 2});

  std::vector<std::uint8_t> bytes() {
    writer.op(TfliteOp::fully_connected, {input, filter, bias}, output, TfliteActivation::relu6);
    return writer.finish({input}, {output});
  }
};

std::string error_of(std::vector<std::uint8_t> bytes) {
  const auto file = read_tflite(std::move(bytes));
  REQUIRE_FALSE(file.ok());
  CHECK_FALSE(file.error().hint.empty());
  return file.error().message;
}

}  // namespace

TEST_CASE("tflite: a written file is read back whole", "[weights][tflite]") {
  Dense dense;
  dense.writer.spec(dense.input) = {"input", {-1, 3}, ElementType::uint8, {0.5f}, {128}, 0, {}};
  auto file = read_tflite(dense.bytes());
  REQUIRE(file.ok());
  REQUIRE(file->operators().size() == 1);
  const TfliteOperator& op = file->operators()[0];
  CHECK(op.op == TfliteOp::fully_connected);
  CHECK(describe(op) == "FULLY_CONNECTED");
  CHECK(op.activation == TfliteActivation::relu6);
  CHECK(op.plain_weights);
  CHECK(op.inputs == std::vector<int>{0, 1, 2});
  CHECK(op.input(2) == 2);
  CHECK(op.input(3) == -1);
  const TfliteTensor& input = file->tensor(0);
  CHECK(input.name == "input");
  CHECK(input.shape == std::vector<int>{1, 3});  // an unknown batch is one image
  CHECK(input.type == ElementType::uint8);
  CHECK_FALSE(input.is_constant());
  CHECK(input.quantization.scales == std::vector<float>{0.5f});
  CHECK(input.quantization.zero_points == std::vector<int>{128});
  CHECK(file->tensor(1).count() == 6);
  CHECK(file->tensor(1).data.size() == 24);
  CHECK(file->inputs() == std::vector<int>{0});
  CHECK(file->outputs() == std::vector<int>{3});
}

TEST_CASE("tflite: data stay valid when the file moves", "[weights][tflite]") {
  Dense dense;
  auto result = read_tflite(dense.bytes());
  REQUIRE(result.ok());
  const TfliteFile moved = std::move(result).value();
  const auto data = moved.tensor(2).data;
  CHECK(std::vector<std::uint8_t>(data.begin(), data.end()) ==
        test::bytes_of(std::vector<float>{7, 8}));
}

TEST_CASE("tflite: every published file is read", "[weights][tflite]") {
  using Counts = std::map<TfliteOp, int>;

  struct Row {
    const char* name;
    std::vector<int> input;
    std::vector<int> output;
    Counts ops;
  };

  const Counts v1 = {{TfliteOp::conv_2d, 15},
                     {TfliteOp::depthwise_conv_2d, 13},
                     {TfliteOp::average_pool_2d, 1},
                     {TfliteOp::reshape, 1},
                     {TfliteOp::softmax, 1}};
  const auto row = GENERATE_COPY(values<Row>({
      {"mobilenet_v1_0.25_128_quant.tflite", {1, 128, 128, 3}, {1, 1001}, v1},
      {"mobilenet_v1_0.75_192_quant.tflite", {1, 192, 192, 3}, {1, 1001}, v1},
      {"mobilenet_v1_0.75_224_quant.tflite", {1, 224, 224, 3}, {1, 1001}, v1},
      {"mobilenet_v1_1.0_224_quant_embedding_extractor.tflite",
       {1, 224, 224, 3},
       {1, 1, 1, 1024},
       {{TfliteOp::conv_2d, 14},
        {TfliteOp::depthwise_conv_2d, 13},
        {TfliteOp::average_pool_2d, 1}}},
      {"mobilenet_quant_v1_224_head_layers.tflite",
       {1, 1, 1, 1024},
       {1, 1001},
       {{TfliteOp::conv_2d, 1}, {TfliteOp::reshape, 1}, {TfliteOp::softmax, 1}}},
      {"mobilenet_v2_1.0_224_quant.tflite",
       {1, 224, 224, 3},
       {1, 1001},
       {{TfliteOp::conv_2d, 36},
        {TfliteOp::depthwise_conv_2d, 17},
        {TfliteOp::add, 10},
        {TfliteOp::average_pool_2d, 1},
        {TfliteOp::reshape, 1},
        {TfliteOp::softmax, 1}}},
      {"mobilenet_v2_1_0_quant.tflite",
       {1, 224, 224, 3},
       {1, 1000},
       {{TfliteOp::conv_2d, 35},
        {TfliteOp::depthwise_conv_2d, 17},
        {TfliteOp::add, 10},
        {TfliteOp::pad, 4},
        {TfliteOp::mean, 1},
        {TfliteOp::fully_connected, 1},
        {TfliteOp::quantize, 2},
        {TfliteOp::softmax, 1}}},
      {"v3-small_224_1.0_uint8.tflite",
       {1, 224, 224, 3},
       {1, 1001},
       {{TfliteOp::conv_2d, 43},
        {TfliteOp::depthwise_conv_2d, 11},
        {TfliteOp::add, 15},
        {TfliteOp::mul, 18},
        {TfliteOp::hard_swish, 19},
        {TfliteOp::average_pool_2d, 11},  // one of them 1x1
        {TfliteOp::reshape, 1},
        {TfliteOp::softmax, 1}}},
  }));
  INFO(row.name);
  const TfliteFile file = read_model(row.name);
  CHECK(file.tensor(file.inputs()[0]).shape == row.input);
  CHECK(file.tensor(file.outputs()[0]).shape == row.output);
  Counts ops;
  for (const TfliteOperator& op : file.operators()) ++ops[op.op];
  CHECK(ops == row.ops);
}

TEST_CASE("tflite: quantization is the file's", "[weights][tflite]") {
  const TfliteFile v1 = read_model("mobilenet_v1_0.25_128_quant.tflite");
  const TfliteTensor& input = v1.tensor(v1.inputs()[0]);
  CHECK(input.type == ElementType::uint8);
  CHECK(input.quantization.scales == std::vector<float>{0.0078125f});
  CHECK(input.quantization.zero_points == std::vector<int>{128});

  const TfliteFile v2 = read_model("mobilenet_v2_1_0_quant.tflite");
  for (const TfliteOperator& op : v2.operators()) {
    if (op.op != TfliteOp::depthwise_conv_2d) continue;
    const TfliteTensor& filter = v2.tensor(op.input(1));
    CHECK(filter.type == ElementType::int8);
    CHECK(filter.quantization.axis == 3);
    CHECK(filter.quantization.scales.size() == static_cast<std::size_t>(filter.shape[3]));
  }
}

TEST_CASE("tflite: foreign bytes are called so", "[weights][tflite]") {
  CHECK(error_of({}) == "The TFLite file is empty.");
  const char* foreign = "This is not a TFLite file.";
  CHECK(error_of({1, 2, 3}) == foreign);
  CHECK(error_of(std::vector<std::uint8_t>(5000, 0)) == foreign);
  CHECK(error_of(std::vector<std::uint8_t>(5000, 0xff)) == foreign);
  CHECK(error_of(test::read_asset("photos/chelsea.png")) == foreign);
}

TEST_CASE("tflite: what does not fit together is an error", "[weights][tflite]") {
  Dense dense;
  TfliteWriter& writer = dense.writer;
  SECTION("a constant with too few bytes") {
    writer.spec(dense.filter).data.pop_back();
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("tensor 1 has 23 bytes"));
  }
  SECTION("a constant whose size overflows") {
    writer.spec(dense.filter).shape = {65536, 65536, 65536, 65536};
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("impossible shape"));
  }
  SECTION("a negative extent") {
    writer.spec(dense.input).shape = {1, -3};
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("impossible shape"));
  }
  SECTION("a scale that is no number") {
    writer.spec(dense.input).scales = {std::numeric_limits<float>::quiet_NaN()};
    writer.spec(dense.input).zero_points = {0};
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("impossible scale"));
  }
  SECTION("a scale of zero") {
    writer.spec(dense.input).scales = {0.0f};
    writer.spec(dense.input).zero_points = {0};
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("impossible scale"));
  }
  SECTION("scales that fit no axis") {
    writer.spec(dense.input).scales = {1, 1};
    writer.spec(dense.input).zero_points = {0, 0};
    writer.spec(dense.input).axis = 1;
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("scales that fit no axis"));
  }
  SECTION("an axis that does not exist") {
    writer.spec(dense.filter).scales = {1, 1};
    writer.spec(dense.filter).zero_points = {0, 0};
    writer.spec(dense.filter).axis = 7;
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("scales that fit no axis"));
  }
  SECTION("more zero points than scales") {
    writer.spec(dense.input).scales = {1};
    writer.spec(dense.input).zero_points = {0, 0};
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("scales and zero points"));
  }
  SECTION("a zero point that the type cannot hold") {
    writer.spec(dense.input).type = ElementType::uint8;
    writer.spec(dense.input).scales = {1};
    writer.spec(dense.input).zero_points = {256};
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("impossible zero point"));
  }
  SECTION("sparse weights") {
    writer.spec(dense.filter).sparse = true;
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("tensor 1 as sparse"));
  }
  SECTION("an operator that reads what is not there") {
    writer.op(TfliteOp::relu, {4}, dense.output);
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("operator 0 names a tensor"));
  }
  SECTION("an operator that reads what comes later") {
    const int early = writer.tensor("early", {1, 2});
    writer.op(TfliteOp::relu, {dense.output}, early);
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("operator 0 reads what nothing has"));
  }
  SECTION("an operator that writes into a constant") {
    writer.op(TfliteOp::relu, {dense.input}, dense.bias);
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("operator 0 writes over"));
  }
  SECTION("an operator without output") {
    TfliteOperator op;
    op.op = TfliteOp::relu;
    op.inputs = {dense.input};
    writer.op(op);
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("operator 0 has no output"));
  }
  SECTION("a stride of zero") {
    TfliteOperator op;
    op.op = TfliteOp::conv_2d;
    op.inputs = {dense.input};
    op.outputs = {writer.tensor("map", {1, 1, 1, 1})};
    op.stride_h = 0;
    writer.op(op);
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("impossible stride"));
  }
  SECTION("another version of the format") {
    writer.set_version(2);
    CHECK_THAT(error_of(dense.bytes()), Catch::Contains("version 2, expected 3"));
  }
  SECTION("no input") {
    writer.op(TfliteOp::relu, {dense.bias}, dense.output);
    CHECK_THAT(error_of(writer.finish({}, {dense.output})), Catch::Contains("no input"));
  }
  SECTION("an output that nothing writes") {
    CHECK_THAT(error_of(writer.finish({dense.input}, {dense.output})),
               Catch::Contains("nothing writes its output"));
  }
}

}  // namespace lens
