// The integers of the published files against golden/outputs.json: the bytes that LiteRT (WASM,
// XNNPACK) gives for the same files and the same pixels.
#include <cmath>
#include <cstdio>

#include "golden.h"
#include "weights/quantized.h"

namespace lens {

namespace {

using test::Golden;
using test::kFewPhotos;
using test::kPhotos;
using test::run_photo;

struct Case {
  const char* model;
  double tolerance;  // per class
};

std::shared_ptr<const Model> quantized_with(const char* name, Rounding rounding) {
  const test::PublishedModel published = test::published_model(name);
  const auto files = test::read_models(published.files);
  ImportedModel imported = test::import_published(published);
  const auto matched = match(imported.graph, files);
  REQUIRE(matched.ok());
  const auto weights = quantized_weights(imported.graph, *matched);
  INFO((weights.ok() ? "" : weights.error().message));
  REQUIRE(weights.ok());
  auto quantized = QuantizedModel::create(imported.graph, *weights, {.rounding = rounding});
  INFO((quantized.ok() ? "" : quantized.error().message));
  REQUIRE(quantized.ok());
  return Model::create(imported.graph, std::move(imported.weights), imported.input,
                       std::move(quantized).value())
      .value();
}

struct Comparison {
  int largest = 0;  // of the differences, in 256ths
  int equal = 0;
  int bytes = 0;

  void add(std::span<const std::uint8_t> found, const std::vector<int>& expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      largest = std::max(largest, std::abs(found[i] - expected[i]));
      equal += found[i] == expected[i] ? 1 : 0;
      ++bytes;
    }
  }
};

std::vector<int> answer(const Golden& golden, const char* photo) {
  return golden.expected.at("photos").at(photo).at("output").get<std::vector<int>>();
}

template <class Bytes>
std::ptrdiff_t likeliest(const Bytes& bytes) {
  return std::max_element(bytes.begin(), bytes.end()) - bytes.begin();
}

// How far the likeliest class is ahead of the second, in 256ths.
int lead(std::vector<int> bytes) {
  std::nth_element(bytes.begin(), bytes.begin() + 1, bytes.end(), std::greater<>());
  return bytes[0] - bytes[1];
}

}  // namespace

TEST_CASE(
    "int8: the specification's integers give LiteRT's bytes within 0.04, 0.13 on coarse files",
    "[golden][int8]") {
  const auto [name, tolerance] =
      GENERATE(Case{"v1-1.0", 0.04}, Case{"v1-0.75-224", 0.04}, Case{"v1-0.75-192", 0.04},
               Case{"v1-0.25-128", 0.04}, Case{"v2-1.0", 0.04}, Case{"v2-1.0-per-channel", 0.13},
               Case{"v3-small", 0.13});
  const Golden golden = test::load_golden("outputs.json", name);
  INFO(golden.imported.no_int8.message);
  REQUIRE(golden.model->quantized() != nullptr);
  Comparison all;
  for (const char* photo : kPhotos) {
    if (kFewPhotos && photo != kPhotos[0]) break;
    INFO(name << " on " << photo);
    const auto snapshot = run_photo(golden, photo, {.precision = Precision::int8});
    const auto found = snapshot->output_bytes(golden.model->graph().last());
    const std::vector<int> expected = answer(golden, photo);
    all.add(found, expected);
    if (lead(expected) > 0.06 * 256) CHECK(likeliest(found) == likeliest(expected));
  }
  std::printf("int8 %-19s largest difference %d / 256; %d of %d bytes equal\n", name, all.largest,
              all.equal, all.bytes);
  CHECK(all.largest <= tolerance * 256);
}

// All that separates the specification from LiteRT is how a sum is requantized: with XNNPACK's way
// of it every byte is the same.
TEST_CASE("int8: with XNNPACK's rounding every byte is LiteRT's", "[golden][int8]") {
  const auto name = GENERATE(as<const char*>{}, "v1-1.0", "v1-0.75-224", "v1-0.75-192",
                             "v1-0.25-128", "v2-1.0", "v2-1.0-per-channel", "v3-small");
  Golden golden = test::load_golden("outputs.json", name);
  golden.model = quantized_with(name, Rounding::single_float);
  for (const char* photo : kPhotos) {
    if (kFewPhotos && photo != kPhotos[0]) break;
    INFO(name << " on " << photo);
    const auto snapshot = run_photo(golden, photo, {.precision = Precision::int8});
    Comparison all;
    all.add(snapshot->output_bytes(golden.model->graph().last()), answer(golden, photo));
    CHECK(all.largest == 0);
  }
}

TEST_CASE("int8: the reference kernels give every node's bytes of a whole net", "[golden][int8]") {
  const auto name = GENERATE(as<const char*>{}, "v1-0.25-128", "v3-small");
  const Golden golden = test::load_golden("outputs.json", name);
  const auto fast = run_photo(golden, "chelsea.png", {.precision = Precision::int8});
  const auto plain =
      run_photo(golden, "chelsea.png",
                {.precision = Precision::int8, .byte_kernels = &reference_byte_kernels()});
  const Graph& graph = golden.model->graph();
  for (NodeId id = 0; id < graph.size(); ++id) {
    INFO(graph.node(id).name);
    const auto found = fast->output_bytes(id);
    const auto expected = plain->output_bytes(id);
    CHECK(std::equal(found.begin(), found.end(), expected.begin(), expected.end()));
  }
}

}  // namespace lens
