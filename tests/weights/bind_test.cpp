// The published files against the catalog's graphs: which fits which, and what is read from them.
#include "weights/bind.h"

#include "catch2/catch.hpp"
#include "models/catalog.h"
#include "support/published.h"

namespace lens {

namespace {

using test::import_as;
using test::import_published;
using test::published_model;
using test::published_models;
using test::PublishedModel;
using test::read_models;

using Files = std::vector<std::string>;

Error error_of(const Files& names, const char* model, Variant variant) {
  const auto result = import_as(names, model, variant);
  REQUIRE_FALSE(result.ok());
  return result.error();
}

}  // namespace

TEST_CASE("bind: every published file fits its graph", "[weights][bind]") {
  for (const PublishedModel& published : published_models()) {
    INFO(published.files[0]);
    const ImportedModel model = import_published(published);
    CHECK(model.classes == published.classes);
    CHECK(model.kind == published.kind);
    REQUIRE(model.weights.nodes.size() == model.graph.nodes.size());
    REQUIRE(model.nodes.size() == model.graph.nodes.size());
    for (NodeId id = 0; id < model.graph.size(); ++id) {
      INFO(model.graph.node(id).name);
      const FilterShape shape = filter_shape(model.graph, id);
      CHECK(model.weights.of(id).filter.size() == shape.count());
      CHECK(model.weights.of(id).bias.size() == static_cast<std::size_t>(shape.out));
      CHECK_FALSE(model.nodes[static_cast<std::size_t>(id)].tensor.empty());
      CHECK_FALSE(model.nodes[static_cast<std::size_t>(id)].quantization.empty());
    }
  }
}

TEST_CASE("bind: every published file fits no other graph", "[weights][bind]") {
  for (const PublishedModel& published : published_models()) {
    const std::vector<TfliteFile> files = read_models(published.files);
    for (const CatalogEntry& entry : catalog()) {
      for (const Variant& variant : entry.variants) {
        if (entry.id == published.model && variant == published.variant) continue;
        INFO(published.files[0] << " as " << entry.id << " " << variant.width << " "
                                << variant.resolution);
        const auto build = [&](int classes) { return entry.build(variant, classes); };
        const auto model = import_tflite(files, build);
        REQUIRE_FALSE(model.ok());
        // The message begins with the name of a layer of ours.
        const std::string& message = model.error().message;
        const Graph graph = build(published.classes);
        CHECK(graph.find(message.substr(0, message.find(':'))) != kNoNode);
        CHECK_THAT(message, Catch::Contains("expected") && Catch::Contains("found"));
        CHECK_FALSE(model.error().hint.empty());
      }
    }
  }
}

TEST_CASE("bind: the message says which file is wanted", "[weights][bind]") {
  const Variant full = {1.0, 224};
  const char* backbone = "mobilenet_v1_1.0_224_quant_embedding_extractor.tflite";
  const char* head = "mobilenet_quant_v1_224_head_layers.tflite";
  SECTION("another width") {
    const Error error = error_of({"mobilenet_v1_0.75_224_quant.tflite"}, "v1", full);
    CHECK(error.message ==
          "stem: expected a 3x3 convolution at stride 2, 3 -> 32 channels, found a 3x3 convolution "
          "at stride 2, 3 -> 24 channels.");
    CHECK_THAT(error.hint, Catch::Contains("0.75 times the width"));
  }
  SECTION("another resolution") {
    const Error error = error_of({"mobilenet_v1_0.75_192_quant.tflite"}, "v1", {0.75, 224});
    CHECK(error.message == "input: expected 224x224x3, found 192x192x3.");
    CHECK_THAT(error.hint, Catch::Contains("resolution 192"));
  }
  SECTION("another version") {
    const Error error = error_of({"mobilenet_v2_1.0_224_quant.tflite"}, "v1", full);
    CHECK_THAT(error.message, Catch::StartsWith("block1.pointwise: expected a 1x1 convolution"));
    CHECK_THAT(error.hint, Catch::Contains("53 layers with weights, MobileNet V1 has 28"));
  }
  SECTION("a backbone without its head") {
    const Error error = error_of({backbone}, "v1", full);
    CHECK_THAT(error.message, Catch::StartsWith("head.logits:"));
    CHECK_THAT(error.hint, Catch::Contains("head"));
  }
  SECTION("a head without its backbone") {
    const Error error = error_of({head}, "v1", full);
    CHECK(error.message == "input: expected 224x224x3, found 1x1x1024.");
    CHECK_THAT(error.hint, Catch::Contains("backbone"));
  }
  SECTION("a head of another backbone") {
    const Error error = error_of({"mobilenet_v1_0.25_128_quant.tflite", head}, "v1", {0.25, 128});
    CHECK_THAT(error.message, Catch::Contains("do not belong together"));
  }
  SECTION("three files") {
    const Error error = error_of({head, backbone, head}, "v1", full);
    CHECK_THAT(error.message, Catch::Contains("one TFLite file or two, not 3"));
  }
}

TEST_CASE("bind: a backbone and its head come in either order", "[weights][bind]") {
  const ImportedModel model = import_published(published_model("v1-1.0"));
  const Files files = published_model("v1-1.0").files;
  const auto swapped = import_as({files[1], files[0]}, "v1", {1.0, 224});
  REQUIRE(swapped.ok());
  CHECK(swapped->nodes.back().tensor == model.nodes.back().tensor);
  const NodeId logits = model.graph.find("head.logits");
  CHECK(swapped->weights.of(logits).filter == model.weights.of(logits).filter);
}

TEST_CASE("bind: the input scaling is the file's", "[weights][bind]") {
  const InputScaling v1 = import_published(published_model("v1-0.25-128")).input;
  CHECK(v1.scale == 0.0078125f);
  CHECK(v1.zero_point == 128);
  const InputScaling per_channel =
      import_published(published_model("v2-1.0-per-channel")).input;  // uint8, then QUANTIZE
  CHECK(per_channel.scale == Approx(1 / 255.0));
  CHECK(per_channel.zero_point == 0);
  const InputScaling v3 = import_published(published_model("v3-small")).input;
  CHECK(v3.scale == Approx(2 / 254.0));
  CHECK(v3.zero_point == 128);
}

// The expected numbers were read out of the files with flatc's JSON and computed by hand.
TEST_CASE("bind: filters and biases land where the engine reads them", "[weights][bind]") {
  const auto filter = [](const ImportedModel& model, const char* name, int at) {
    return model.weights.of(model.graph.find(name)).filter[static_cast<std::size_t>(at)];
  };
  const auto bias = [](const ImportedModel& model, const char* name, int at) {
    return model.weights.of(model.graph.find(name)).bias[static_cast<std::size_t>(at)];
  };
  const ImportedModel v1 = import_published(published_model("v1-0.25-128"));
  // File [out 5][row 2][column 1][in 1] = (161 - 157) * scale; ours [row][column][in][out].
  CHECK(filter(v1, "stem", ((2 * 3 + 1) * 3 + 1) * 8 + 5) == Approx(4 * 0.008882).epsilon(1e-3));
  CHECK(bias(v1, "stem", 3) == Approx(65872 * 6.9e-5).epsilon(1e-2));
  CHECK(filter(v1, "head.logits", 10 * 1001 + 281) == Approx(-0.00554).epsilon(1e-3));
  const ImportedModel v2 = import_published(published_model("v2-1.0-per-channel"));
  // The scale is channel 77's own.
  CHECK(filter(v2, "bneck2.depthwise", (1 * 3 + 2) * 96 + 77) ==
        Approx(127 * 0.003348).epsilon(1e-3));
  CHECK(bias(v2, "bneck2.depthwise", 77) == Approx(-4081 * 7.9e-5).epsilon(1e-2));
  CHECK(filter(v2, "bneck2.project", 50 * 24 + 20) == Approx(30 * 0.020811).epsilon(1e-3));
  CHECK(filter(v2, "head.logits", 1234 * 1000 + 999) == Approx(-4 * 0.001874).epsilon(1e-3));
}

TEST_CASE("bind: a node's tensor is the one behind its activation", "[weights][bind]") {
  const ImportedModel model = import_published(published_model("v3-small"));
  const auto tensor = [&](const char* node) {
    return model.nodes[static_cast<std::size_t>(model.graph.find(node))].tensor;
  };
  CHECK(tensor("input") == "input");
  CHECK(tensor("stem") == "MobilenetV3/Conv/hard_swish/mul_1");
  CHECK(tensor("bneck1.depthwise") == "MobilenetV3/expanded_conv/depthwise/Relu");
  CHECK(tensor("bneck1.se.squeeze") == "MobilenetV3/expanded_conv/squeeze_excite/AvgPool");
  CHECK(tensor("bneck1.se.gate") == "MobilenetV3/expanded_conv/squeeze_excite/Conv_1/mul");
  CHECK(tensor("bneck1.se.scale") == "MobilenetV3/expanded_conv/squeeze_excite/mul");
  CHECK(tensor("bneck3.add") == "MobilenetV3/expanded_conv_2/add");
  CHECK(tensor("head.logits") == "MobilenetV3/Logits/Conv2d_1c_1x1/BiasAdd");
  CHECK(tensor("head.softmax") == "MobilenetV3/Predictions/Softmax");
}

}  // namespace lens
