// The engine against golden/float32.json: a float interpreter that somebody else wrote, on the same
// files and the same pixels.
#include <algorithm>
#include <cmath>

#include "golden.h"

namespace lens {

namespace {

using nlohmann::json;
using test::argmax;
using test::Golden;
using test::kFewPhotos;
using test::kPhotos;
using test::run_photo;

Golden load(const char* name) {
  return test::load_golden("float32.json", name);
}

// float32.json names a tensor by the last of the names that its file gives it.
std::string last_name(const std::string& name) {
  return name.substr(name.rfind(';') + 1);
}

struct Statistics {
  double mean = 0;
  double min = 0;
  double max = 0;
};

Statistics statistics(std::span<const float> values) {
  Statistics found;
  for (const float value : values) found.mean += value;
  found.mean /= static_cast<double>(values.size());
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  found.min = *low;
  found.max = *high;
  return found;
}

// What a layer's values span: on this photo, but for gates 0 to 1 as they are defined. One block's
// gates are all open here, and the file's 0.16667 for 1/6 makes them 1.00002.
double range_of(const json& tap, Activation activation) {
  if (activation == Activation::hard_sigmoid) return 1;
  return tap.at("max").get<double>() - tap.at("min").get<double>();
}

void check_tap(const json& tap, Activation activation, const TensorView& output) {
  const double tolerance = 1e-3 * range_of(tap, activation);
  const Statistics found = statistics(output.data);
  CHECK(std::abs(found.mean - tap.at("mean").get<double>()) < tolerance);
  CHECK(std::abs(found.min - tap.at("min").get<double>()) < tolerance);
  CHECK(std::abs(found.max - tap.at("max").get<double>()) < tolerance);
  for (const json& sample : tap.at("samples")) {
    const auto index = sample.at(0).get<std::size_t>();
    REQUIRE(index < output.data.size());
    CHECK(std::abs(output.data[index] - sample.at(1).get<double>()) < tolerance);
  }
}

bool fits(const json& tap, const std::string& name, const Shape& shape) {
  return tap.at("tensor") == name && tap.at("shape") == json{shape.h, shape.w, shape.c};
}

}  // namespace

TEST_CASE("float32: probabilities are those of another interpreter within 0.002",
          "[golden][float32]") {
  const auto name = GENERATE(as<const char*>{}, "v1-1.0", "v1-0.75-224", "v1-0.75-192",
                             "v1-0.25-128", "v2-1.0", "v2-1.0-per-channel", "v3-small");
  const Golden golden = load(name);
  for (const char* photo : kPhotos) {
    if (kFewPhotos && photo != kPhotos[0]) break;
    INFO(name << " on " << photo);
    const auto snapshot = run_photo(golden, photo);
    const auto found = snapshot->output(golden.model->graph().last()).data;
    const auto expected = golden.expected.at("photos").at(photo).get<std::vector<float>>();
    REQUIRE(found.size() == expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      worst = std::max(worst, std::abs(static_cast<double>(found[i]) - expected[i]));
    }
    CHECK(worst < 0.002);
    CHECK(argmax(found) == argmax(expected));
  }
}

// The taps stand in the order of the file. Some are not a node of ours (pre-activations, padding,
// the steps inside a gate) and are passed over; every node that the file keeps in four dimensions
// must be among them.
TEST_CASE("float32: every layer is that of another interpreter within 1e-3 of its range",
          "[golden][float32]") {
  const auto name = GENERATE(as<const char*>{}, "v1-1.0", "v1-0.75-224", "v1-0.75-192",
                             "v1-0.25-128", "v2-1.0", "v2-1.0-per-channel", "v3-small");
  const Golden golden = load(name);
  const auto snapshot = run_photo(golden, "chelsea.png");
  const Graph& graph = golden.model->graph();
  const json& taps = golden.expected.at("taps");
  std::size_t next = 0;
  int checked = 0;
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph.node(id);
    const std::string tensor =
        last_name(golden.imported.nodes[static_cast<std::size_t>(id)].tensor);
    std::size_t at = next;
    while (at < taps.size() && !fits(taps[at], tensor, node.out)) ++at;
    INFO(name << " " << node.name << " = " << tensor);
    if (at == taps.size()) {
      CHECK(node.out.h * node.out.w == 1);  // two dimensions in the file: no tap
      continue;
    }
    check_tap(taps[at], node.activation, snapshot->output(id));
    next = at + 1;
    ++checked;
  }
  CHECK(checked >= graph.size() - 3);  // pool, logits and softmax may have two dimensions
}

}  // namespace lens
