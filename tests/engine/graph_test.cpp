#include "engine/graph.h"

#include <string>

#include "catch2/catch.hpp"
#include "models/catalog.h"

namespace {

using namespace lens;

// input, expand, depthwise, SE (pool, reduce, gate, scale), project, add, pool, logits, softmax.
Graph small_graph() {
  GraphBuilder builder("small", 8, 4);
  const NodeId expand = builder.conv(
      builder.input(),
      {.name = "expand", .role = Role::expand, .channels = 12, .activation = Activation::relu});
  const NodeId depthwise = builder.depthwise(expand, "depthwise", 3, 1, Activation::relu);
  const NodeId squeeze = builder.global_pool(depthwise, "squeeze", Role::squeeze);
  const NodeId reduce = builder.dense(squeeze, "reduce", Role::reduce, 3, Activation::relu);
  const NodeId gate = builder.dense(reduce, "gate", Role::gate, 12, Activation::hard_sigmoid);
  const NodeId scale = builder.channel_scale(depthwise, gate, "scale");
  const NodeId project =
      builder.conv(scale, {.name = "project", .role = Role::project, .channels = 4});
  const NodeId add = builder.add(project, builder.input(), "add");
  const NodeId pool = builder.global_pool(add, "pool", Role::head);
  const NodeId logits = builder.dense(pool, "logits", Role::head, 5, Activation::none);
  builder.softmax(logits, "softmax");
  return builder.finish();
}

// The graph with one node changed by `change`.
template <class Change>
std::string problem_after(std::string_view name, Change change) {
  Graph graph = small_graph();
  change(graph.nodes[static_cast<std::size_t>(graph.find(name))]);
  return validate(graph).value_or("");
}

}  // namespace

TEST_CASE("validate: every variant of the catalog is sound", "[engine][graph]") {
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) {
      CHECK(validate(entry.build(variant, kPaperClasses)).value_or("") == "");
    }
  }
  CHECK(validate(small_graph()).value_or("") == "");
}

TEST_CASE("validate: a broken graph is told by its first broken rule", "[engine][graph]") {
  CHECK(validate(Graph{}).value_or("") == "the first node must be input");
  CHECK(problem_after("input", [](Node& node) { node.op = Op::conv; }) ==
        "the first node must be input");
  CHECK(problem_after("project", [](Node& node) { node.op = Op::input; }) ==
        "project is a second input");
  CHECK(problem_after("expand", [](Node& node) { node.inputs[0] = 9; }) ==
        "expand must read an earlier node");
  CHECK(problem_after("expand", [](Node& node) { node.inputs[0] = kNoNode; }) ==
        "expand must read an earlier node");
  CHECK(problem_after("add", [](Node& node) { node.inputs[1] = 100; }) ==
        "add must read an earlier node");
  CHECK(problem_after("add", [](Node& node) { node.inputs[1] = kNoNode; }) ==
        "add has a wrong input count");
  CHECK(problem_after("pool", [](Node& node) { node.inputs[1] = 0; }) ==
        "pool has a wrong input count");
  CHECK(problem_after("add", [](Node& node) { node.inputs[1] = 1; }) ==
        "add adds two different shapes");
  CHECK(problem_after("depthwise", [](Node& node) { node.kernel = 4; }) ==
        "depthwise needs an odd kernel");
  CHECK(problem_after("depthwise", [](Node& node) { node.stride = 0; }) ==
        "depthwise needs a stride of at least 1");
  CHECK(problem_after("depthwise", [](Node& node) { node.out.c = 11; }) ==
        "depthwise has a wrong output shape");
  CHECK(problem_after("scale", [](Node& node) { node.inputs[1] = 3; }) == "");
  CHECK(problem_after("scale", [](Node& node) { node.inputs[1] = 4; }) ==
        "scale needs one gate per channel");
  CHECK(problem_after("add", [](Node& node) { node.activation = Activation::relu; }) ==
        "add has an activation but no weights");
  CHECK(problem_after("logits", [](Node& node) { node.inputs[0] = 8; }) ==
        "logits must read one pixel");
  CHECK(problem_after("gate", [](Node& node) { node.name = "reduce"; }) == "reduce is named twice");
}

TEST_CASE("graph: find gives a node by its name, or none", "[engine][graph]") {
  const Graph graph = small_graph();
  CHECK(graph.node(graph.find("gate")).role == Role::gate);
  CHECK(graph.find("bneck99.expand") == kNoNode);
  CHECK(graph.input_shape(graph.find("project")) == Shape{8, 8, 12});
}
