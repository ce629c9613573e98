// The same small network in all the ways in which converters write it, and in ways that are wrong.
#include "catch2/catch.hpp"
#include "models/catalog.h"
#include "weights/bind.h"
#include "weights/graph_writer.h"
#include "weights/untrained.h"

namespace lens {

namespace {

using test::Style;
using test::SwishStyle;
using test::WrittenGraph;

// Every node and activation that the papers have, in 16x16 pixels: a strided stem, a block with
// squeeze-and-excite, a block with a residual, V3's head.
Graph small_graph(int classes = 5, int width = 8) {
  GraphBuilder builder("small", 16);
  NodeId node = builder.conv(builder.input(), {.name = "stem",
                                               .role = Role::stem,
                                               .kernel = 3,
                                               .stride = 2,
                                               .channels = width,
                                               .activation = Activation::hard_swish});
  node = builder.depthwise(node, "a.depthwise", 5, 2, Activation::relu);
  const NodeId squeeze = builder.global_pool(node, "a.se.squeeze", Role::squeeze);
  const NodeId reduce = builder.dense(squeeze, "a.se.reduce", Role::reduce, 4, Activation::relu);
  const NodeId gate =
      builder.dense(reduce, "a.se.gate", Role::gate, width, Activation::hard_sigmoid);
  node = builder.channel_scale(node, gate, "a.se.scale");
  const NodeId narrow =
      builder.conv(node, {.name = "a.project", .role = Role::project, .channels = width});
  node = builder.conv(narrow, {.name = "b.expand",
                               .role = Role::expand,
                               .channels = 2 * width,
                               .activation = Activation::relu6});
  node = builder.depthwise(node, "b.depthwise", 3, 1, Activation::hard_swish);
  node = builder.conv(node, {.name = "b.project", .role = Role::project, .channels = width});
  node = builder.add(node, narrow, "b.add");
  node = builder.global_pool(node, "head.pool", Role::head);
  node = builder.dense(node, "head.hidden", Role::head, 12, Activation::hard_swish);
  node = builder.dense(node, "head.logits", Role::head, classes, Activation::none);
  builder.softmax(node, "head.softmax");
  return builder.finish();
}

std::vector<TfliteFile> read_one(std::vector<std::uint8_t> bytes) {
  auto files = read_tflite_files({std::move(bytes)});
  INFO((files.ok() ? "" : files.error().message));
  REQUIRE(files.ok());
  return std::move(files).value();
}

Result<ImportedModel> import_small(const WrittenGraph& written) {
  return import_tflite(read_one(written.bytes()), [](int classes) { return small_graph(classes); });
}

ImportedModel import_style(const Style& style, const Weights& weights) {
  auto model = import_small(test::write_graph(small_graph(), weights, style));
  INFO((model.ok() ? "" : model.error().message));
  REQUIRE(model.ok());
  return std::move(model).value();
}

void check_equal(const Weights& a, const Weights& b) {
  REQUIRE(a.nodes.size() == b.nodes.size());
  for (std::size_t id = 0; id < a.nodes.size(); ++id) {
    INFO("node " << id);
    CHECK(a.nodes[id].filter == b.nodes[id].filter);
    CHECK(a.nodes[id].bias == b.nodes[id].bias);
  }
}

std::string error_of(const WrittenGraph& written) {
  const auto model = import_small(written);
  REQUIRE_FALSE(model.ok());
  CHECK_FALSE(model.error().hint.empty());
  return model.error().message;
}

Weights small_weights() {
  return untrained_weights(small_graph());
}

}  // namespace

TEST_CASE("styles: h-swish and gates spelled out give the weights back", "[weights][bind]") {
  Style style;
  style.swish =
      GENERATE(SwishStyle::product_first, SwishStyle::gate_first, SwishStyle::sixth_first);
  style.separate_activations = GENERATE(false, true);
  style.divide_by_six = GENERATE(false, true);
  style.swapped_operands = GENERATE(false, true);
  check_equal(import_style(style, small_weights()).weights, small_weights());
}

// As the benchmark's files are: logits without a softmax, hard sigmoids spelled out.
TEST_CASE("styles: whole networks of the catalog, V3-Large too, give their weights back",
          "[weights][bind]") {
  const CatalogEntry* entry =
      find_model(GENERATE(as<const char*>{}, "v1", "v2", "v3-small", "v3-large"));
  REQUIRE(entry != nullptr);
  INFO(entry->id);
  const auto build = [&](int classes) { return entry->build(entry->variants[0], classes); };
  const Graph graph = build(kPaperClasses);
  const Weights weights = untrained_weights(graph);
  Style style;
  style.softmax = false;
  const auto model =
      import_tflite(read_one(test::write_graph(graph, weights, style).bytes()), build);
  INFO((model.ok() ? "" : model.error().message));
  REQUIRE(model.ok());
  check_equal(model->weights, weights);
}

TEST_CASE("styles: all ways of writing one network give its weights back", "[weights][bind]") {
  using Change = void (*)(Style&);
  const Change change = GENERATE(
      as<Change>{},   //
      [](Style&) {},  // as a converter writes it today
      [](Style& style) { style.separate_activations = true; },
      [](Style& style) { style.explicit_padding = true; },
      [](Style& style) { style.dense_as_convolution = true; },
      [](Style& style) { style.mean_keeps_dims = true; },
      [](Style& style) { style.average_pool = true; },
      [](Style& style) { style.swapped_operands = true; },
      [](Style& style) { style.softmax = false; });
  Style style;
  change(style);
  const ImportedModel model = import_style(style, small_weights());
  check_equal(model.weights, small_weights());
  CHECK(model.classes == 5);
  CHECK(model.kind == FileKind::float32);
  CHECK(model.nodes.back().tensor.empty() != style.softmax);
}

TEST_CASE("styles: half precision weights behind DEQUANTIZE are read", "[weights][bind]") {
  Weights weights = small_weights();
  float next = -2.0f;
  for (NodeWeights& node : weights.nodes) {
    for (float& weight : node.filter) weight = next = next > 2 ? -2.0f : next + 0.0078125f;
  }
  Style style;
  style.half_weights = true;
  check_equal(import_style(style, weights).weights, weights);
}

TEST_CASE("styles: a bias may be left out", "[weights][bind]") {
  const Graph graph = small_graph();
  Weights weights = small_weights();
  const auto logits = static_cast<std::size_t>(graph.find("head.logits"));
  weights.nodes[logits].bias.assign(5, 0.0f);
  WrittenGraph written = test::write_graph(graph, weights);
  TfliteOperator& op = written.writer.operators()[written.writer.operators().size() - 2];
  REQUIRE(op.op == TfliteOp::fully_connected);
  const bool as_nothing = GENERATE(false, true);
  op.inputs[2] = -1;
  if (as_nothing) op.inputs.pop_back();
  const auto model = import_small(written);
  REQUIRE(model.ok());
  check_equal(model->weights, weights);
}

TEST_CASE("styles: scaling inside a float file is folded into the input", "[weights][bind]") {
  Style style;
  SECTION("none: [-1, 1]") {
    const InputScaling input = import_style(style, small_weights()).input;
    CHECK(input.scale == Approx(1 / 127.5));
    CHECK(input.zero_point == Approx(127.5));
  }
  SECTION("Keras' Rescaling of bytes") {
    style.rescaling = {1 / 127.5f, -1.0f};
    const InputScaling input = import_style(style, small_weights()).input;
    CHECK(input.scale == Approx(1 / 127.5));
    CHECK(input.zero_point == Approx(127.5));
  }
  SECTION("from [0, 1]") {
    style.rescaling = {2.0f, -1.0f};
    const InputScaling input = import_style(style, small_weights()).input;
    CHECK(input.scale == Approx(2 / 255.0));
    CHECK(input.zero_point == Approx(127.5));
  }
}

TEST_CASE("styles: what the graph does not have is an error at its layer", "[weights][bind]") {
  const Graph graph = small_graph();
  WrittenGraph written = test::write_graph(graph, small_weights());
  auto& writer = written.writer;
  const auto find_op = [&](TfliteOp kind, int nth) -> TfliteOperator& {
    for (TfliteOperator& op : writer.operators()) {
      if (op.op == kind && nth-- == 0) return op;
    }
    FAIL("no such operator");
    return writer.operators()[0];
  };
  SECTION("another stride") {
    find_op(TfliteOp::conv_2d, 0).stride_w = 1;
    CHECK_THAT(error_of(written), Catch::StartsWith("stem: expected a 3x3 convolution"));
  }
  SECTION("dilation") {
    find_op(TfliteOp::depthwise_conv_2d, 1).dilation_h = 2;
    CHECK(error_of(written) == "b.depthwise: expected no dilation, found dilation.");
  }
  SECTION("no padding") {
    find_op(TfliteOp::depthwise_conv_2d, 1).same_padding = false;
    CHECK_THAT(error_of(written), Catch::Contains("b.depthwise: expected padding of (1, 1)") &&
                                      Catch::Contains("found (0, 0)"));
  }
  SECTION("another activation") {
    find_op(TfliteOp::conv_2d, 2).activation = TfliteActivation::relu;
    CHECK(error_of(written) == "b.expand: expected relu6 behind it, found relu.");
  }
  SECTION("an activation behind a linear bottleneck") {
    find_op(TfliteOp::conv_2d, 1).activation = TfliteActivation::relu6;
    CHECK(error_of(written) == "a.project: expected linear behind it, found relu6.");
  }
  SECTION("swish for h-swish") {
    find_op(TfliteOp::hard_swish, 0).op = TfliteOp::logistic;
    CHECK(error_of(written) == "stem: expected h-swish behind it, found linear before LOGISTIC.");
  }
  SECTION("a gate that is no hard-sigmoid") {
    find_op(TfliteOp::add, 0).activation = TfliteActivation::none;
    CHECK_THAT(error_of(written), Catch::StartsWith("a.se.gate: expected hard-sigmoid"));
  }
  SECTION("an activation behind the residual") {
    find_op(TfliteOp::add, 1).activation = TfliteActivation::relu;
    CHECK(error_of(written) == "b.add: expected a plain sum, found an activation behind it.");
  }
  SECTION("a residual from elsewhere") {
    TfliteOperator& add = find_op(TfliteOp::add, 1);
    add.inputs[1] = add.inputs[0];
    CHECK_THAT(error_of(written),
               Catch::StartsWith("b.add: expected the addition of a.project behind b.project"));
  }
  SECTION("max pooling") {
    find_op(TfliteOp::mean, 1).op = TfliteOp::max_pool_2d;
    CHECK_THAT(error_of(written), Catch::StartsWith("head.pool: expected the mean over the image"));
  }
  SECTION("shuffled dense weights") {
    find_op(TfliteOp::fully_connected, 2).plain_weights = false;
    CHECK_THAT(error_of(written), Catch::StartsWith("head.hidden: expected a dense layer"));
  }
  SECTION("weights that a run computes") {
    find_op(TfliteOp::fully_connected, 3).inputs[1] = written.nodes[0];
    CHECK_THAT(error_of(written), Catch::StartsWith("head.logits: expected a dense layer"));
  }
  SECTION("a bias of another length") {
    const int bias = writer.constant("short", {4}, std::vector<float>(4));
    find_op(TfliteOp::fully_connected, 3).inputs[2] = bias;
    CHECK(error_of(written) == "head.logits: expected a bias of 5 constants, found [4].");
  }
  SECTION("a softmax of another temperature") {
    find_op(TfliteOp::softmax, 0).beta = 2;
    CHECK_THAT(error_of(written), Catch::StartsWith("head.softmax: expected a softmax of beta 1"));
  }
  SECTION("more behind the end") {
    const int more = writer.tensor("more", {1, 5});
    writer.op(TfliteOp::logistic, {written.output}, more);
    written.output = more;
    CHECK(error_of(written) ==
          "head.softmax: expected the end of the file behind it, found LOGISTIC.");
  }
  SECTION("an input of another type") {
    writer.spec(written.input).type = ElementType::int32;
    CHECK_THAT(error_of(written), Catch::StartsWith("input: expected float32"));
  }
}

TEST_CASE("styles: symmetric padding at stride 2 is refused and explained", "[weights][bind]") {
  Style style;
  style.explicit_padding = true;
  WrittenGraph written = test::write_graph(small_graph(), small_weights(), style);
  for (TfliteOperator& op : written.writer.operators()) {
    if (op.op != TfliteOp::pad) continue;
    written.writer.spec(op.inputs[1]).data =
        test::bytes_of(std::vector<std::int32_t>{0, 0, 1, 1, 1, 1, 0, 0});
    break;
  }
  const auto model = import_small(written);
  REQUIRE_FALSE(model.ok());
  CHECK(model.error().message ==
        "stem: expected padding of (0, 1) rows and (0, 1) columns, found (1, 1) rows and (1, 1) "
        "columns.");
  CHECK_THAT(model.error().hint, Catch::Contains("symmetrically"));
}

TEST_CASE("styles: a file of another width says by how much", "[weights][bind]") {
  const Graph half = small_graph(5, 16);
  const WrittenGraph written = test::write_graph(half, untrained_weights(half));
  const auto model = import_small(written);
  REQUIRE_FALSE(model.ok());
  CHECK_THAT(model.error().hint, Catch::Contains("2 times the width"));
}

}  // namespace lens
