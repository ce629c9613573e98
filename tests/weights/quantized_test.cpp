// The integers of 8-bit files on our graph: those of the published files, and of small ones written
// in all the ways that converters have.
#include "weights/quantized.h"

#include <algorithm>
#include <cmath>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "support/published.h"
#include "support/seeded.h"
#include "weights/bind.h"
#include "weights/quantized_writer.h"

namespace lens {

namespace {

using test::SwishStyle;

Graph tiny_graph() {
  GraphBuilder builder("tiny", 9);
  NodeId node = builder.conv(builder.input(), {.name = "stem",
                                               .role = Role::stem,
                                               .kernel = 3,
                                               .stride = 2,
                                               .channels = 5,
                                               .activation = Activation::hard_swish});
  const NodeId first = node;
  node = builder.depthwise(node, "depthwise", 3, 1, Activation::relu6);
  const NodeId pool = builder.global_pool(node, "squeeze", Role::squeeze);
  const NodeId reduce = builder.dense(pool, "reduce", Role::reduce, 3, Activation::relu);
  const NodeId gate = builder.dense(reduce, "gate", Role::gate, 5, Activation::hard_sigmoid);
  node = builder.channel_scale(node, gate, "scale");
  node = builder.add(node, first, "add");
  node = builder.conv(node, {.name = "project", .role = Role::project, .channels = 6});
  node = builder.global_pool(node, "head.pool", Role::head);
  builder.dense(node, "head.logits", Role::head, 4, Activation::none);
  return builder.finish();
}

// Holds 6 with room to spare, in steps of a twentieth.
constexpr float kScale = 0.05f;

test::WrittenGraph byte_file(const test::Style& style = {}, const test::ByteStyle& bytes = {}) {
  const Graph graph = tiny_graph();
  test::WrittenGraph file = test::write_graph(graph, test::seeded_weights(graph, 11), style);
  test::quantize_file(file, kScale, bytes);
  return file;
}

ImportedModel import_tiny(const test::WrittenGraph& file) {
  const auto files = read_tflite_files({file.bytes()});
  INFO((files.ok() ? "" : files.error().message));
  REQUIRE(files.ok());
  auto model = bind_weights(tiny_graph(), *files);
  INFO((model.ok() ? "" : model.error().message));
  REQUIRE(model.ok());
  return std::move(model).value();
}

// The input is small enough for x * relu6(x + 3) to fit.
// Every node of an int8 run within `steps` of the float run of the same file.
void check_near_float(const ImportedModel& imported, int steps) {
  INFO(imported.no_int8.message);
  REQUIRE(imported.quantized != nullptr);
  const auto model =
      Model::create(imported.graph, imported.weights, imported.input, imported.quantized).value();
  test::Lcg lcg(3);
  const Tensor input = test::seeded_tensor(lcg, imported.graph.node(0).out, 0.5f);
  const auto expected = run(model, input.view());
  const auto found = run(model, input.view(), {.precision = Precision::int8});
  for (NodeId id = 0; id < imported.graph.size(); ++id) {
    INFO(imported.graph.node(id).name);
    const auto reals = expected->output(id).data;
    const auto bytes = found->output(id).data;
    for (std::size_t i = 0; i < reals.size(); ++i) {
      const float held = std::clamp(reals[i], -128 * kScale, 127 * kScale);
      REQUIRE(std::abs(bytes[i] - held) <= static_cast<float>(steps) * kScale);
    }
  }
}

Error refusal(const test::WrittenGraph& file) {
  const ImportedModel imported = import_tiny(file);
  CHECK(imported.quantized == nullptr);
  return imported.no_int8;
}

}  // namespace

TEST_CASE("quantized: the published files' integers are their float weights", "[weights][int8]") {
  for (const test::PublishedModel& published : test::published_models()) {
    INFO(published.files[0]);
    const ImportedModel model = test::import_published(published);
    INFO(model.no_int8.message);
    REQUIRE(model.quantized != nullptr);
    const auto files = test::read_models(published.files);
    const auto matched = match(model.graph, files);
    REQUIRE(matched.ok());
    const auto weights = quantized_weights(model.graph, *matched);
    REQUIRE(weights.ok());
    for (NodeId id = 0; id < model.graph.size(); ++id) {
      if (!has_weights(model.graph.node(id).op)) continue;
      const QuantizedNode& node = weights->nodes[static_cast<std::size_t>(id)];
      const std::vector<float>& floats = model.weights.of(id).filter;
      REQUIRE(node.filter.size() == floats.size());
      const std::size_t outputs = node.bias.size();
      bool equal = true;
      for (std::size_t i = 0; i < floats.size(); ++i) {
        const double scale = node.filter_scales[node.filter_scales.size() == 1 ? 0 : i % outputs];
        equal =
            equal && floats[i] == static_cast<float>((node.filter[i] - node.filter_zero) * scale);
      }
      INFO(model.graph.node(id).name);
      CHECK(equal);
    }
  }
}

TEST_CASE("quantized: a layer and its h-swish are two tensors of V3-Small's file",
          "[weights][int8]") {
  const test::PublishedModel published = test::published_model("v3-small");
  const auto files = test::read_models(published.files);
  const Graph graph = mobilenet_v3_small({1.0, 224}, 1001);
  const auto matched = match(graph, files);
  REQUIRE(matched.ok());
  const auto weights = quantized_weights(graph, *matched);
  REQUIRE(weights.ok());
  const QuantizedNode& stem = weights->nodes[1];
  CHECK(stem.written == Affine{0.2920726239681244f, 99});
  CHECK(stem.out == Affine{0.173323854804039f, 2});
  REQUIRE(stem.table.size() == 256);
  // Byte 109 is (109 - 99) * 0.29207 = 2.9207; its h-swish is 2.8821, which is 16.6 steps above 2.
  CHECK(stem.table[109] == 19);
  CHECK(weights->nodes[2].table.empty());
}

namespace {

// A way to write the same network, and how many steps of a byte it may lie from its float twin.
struct Way {
  const char* name;
  test::Style style = {};
  test::ByteStyle bytes = {};
  int steps = 4;
};

std::vector<Way> every_way() {
  std::vector<Way> ways = {{"operators of their own"},
                           {"swish as gate first"},
                           {"swish as product first"},
                           {"swish as a sixth first"},
                           {"explicit padding"},
                           {"average pools"},
                           {"swapped operands"},
                           {"dense layers as convolutions"},
                           {"int8"},
                           {"int8 per channel"}};
  ways[0].style.separate_activations = true;
  ways[1].style.swish = SwishStyle::gate_first;
  ways[2].style.swish = SwishStyle::product_first;
  ways[3].style.swish = SwishStyle::sixth_first;
  ways[3].steps = 6;  // x / 6 is coarse on the one scale that all tensors have here
  ways[4].style.explicit_padding = true;
  ways[5].style.average_pool = true;
  ways[6].style.swapped_operands = true;
  ways[7].style.dense_as_convolution = true;
  ways[8].bytes.type = ElementType::int8;
  ways[9].bytes = {ElementType::int8, true};
  return ways;
}

}  // namespace

TEST_CASE("quantized: every way to write a network runs near its float twin", "[weights][int8]") {
  for (const Way& way : every_way()) {
    INFO(way.name);
    check_near_float(import_tiny(byte_file(way.style, way.bytes)), way.steps);
  }
}

TEST_CASE("quantized: a float file has no int8 and says so", "[weights][int8]") {
  const Graph graph = tiny_graph();
  const test::WrittenGraph file = test::write_graph(graph, test::seeded_weights(graph, 11));
  CHECK_THAT(refusal(file).message, Catch::Contains("float32"));
}

TEST_CASE("quantized: the reason names the layer, what was expected and what was found",
          "[weights][int8]") {
  test::WrittenGraph file = byte_file();
  const int layer = 0;
  const auto inputs = file.writer.operators()[layer].inputs;
  SECTION("a bias on another scale") {
    file.writer.spec(inputs[2]).scales = {1.0f};
    CHECK(refusal(file).message ==
          "stem: expected a bias on the scale of its products, with zero point 0, found another "
          "scale.");
  }
  SECTION("a bias that leaves 32-bit sums") {
    file.writer.spec(inputs[2]).data.assign(20, 0x7f);
    CHECK(refusal(file).message == "stem: expected biases below 2^30, found 2139062143.");
  }
  SECTION("a layer that writes floats") {
    test::TensorSpec& written = file.writer.spec(file.writer.operators()[layer].outputs[0]);
    written.type = ElementType::float32;
    written.scales.clear();
    written.zero_points.clear();
    CHECK(refusal(file).message == "stem: expected a layer that writes bytes, found float32.");
  }
  SECTION("scales that no factor joins") {
    file.writer.spec(file.nodes[2]).scales = {1e-9f};
    CHECK_THAT(refusal(file).message, Catch::StartsWith("depthwise: expected scales"));
  }
}

}  // namespace lens
