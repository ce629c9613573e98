// Broken files: cut off, with flipped bits, of another kind. Whatever the bytes say, the answer is
// an error or a model that holds together; the sanitizers watch.
#include <algorithm>
#include <utility>

#include "catch2/catch.hpp"
#include "models/catalog.h"
#include "support/assets.h"
#include "weights/bind.h"
#include "weights/graph_writer.h"
#include "weights/match.h"
#include "weights/untrained.h"

namespace lens {

namespace {

using Bytes = std::vector<std::uint8_t>;

class Random {
 public:
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_ = 1;
};

// Offsets of everything that is not a constant's data: the tables, which tell how to read the rest.
std::vector<std::size_t> table_offsets(Bytes bytes) {
  std::vector<bool> is_data(bytes.size());
  const std::uint8_t* begin = bytes.data();  // stays where it is when the vector moves
  const auto file = read_tflite(std::move(bytes));
  REQUIRE(file.ok());
  for (const TfliteTensor& tensor : file->tensors()) {
    if (!tensor.is_constant()) continue;
    std::fill_n(is_data.begin() + (tensor.data.data() - begin), tensor.data.size(), true);
  }
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < is_data.size(); ++i) {
    if (!is_data[i]) offsets.push_back(i);
  }
  return offsets;
}

// Reads and matches; true when the bytes passed for a whole file of that graph.
bool passes(const Bytes& bytes, const Graph& graph) {
  const auto files = read_tflite_files({bytes});
  if (!files) {
    CHECK_FALSE(files.error().message.empty());
    return false;
  }
  const auto matched = match(graph, *files);
  if (!matched) CHECK_FALSE(matched.error().message.empty());
  return matched.ok();
}

Graph tiny_graph() {
  GraphBuilder builder("tiny", 8);
  NodeId node = builder.conv(builder.input(), {.name = "stem",
                                               .role = Role::stem,
                                               .kernel = 3,
                                               .stride = 2,
                                               .channels = 4,
                                               .activation = Activation::hard_swish});
  const NodeId first = node;
  node = builder.depthwise(node, "depthwise", 3, 1, Activation::relu6);
  const NodeId pool = builder.global_pool(node, "squeeze", Role::squeeze);
  const NodeId gate = builder.dense(pool, "gate", Role::gate, 4, Activation::hard_sigmoid);
  node = builder.channel_scale(node, gate, "scale");
  node = builder.add(node, first, "add");
  node = builder.global_pool(node, "head.pool", Role::head);
  node = builder.dense(node, "head.logits", Role::head, 3, Activation::none);
  builder.softmax(node, "head.softmax");
  return builder.finish();
}

Bytes tiny_file() {
  test::Style style;
  style.swish = test::SwishStyle::gate_first;
  style.explicit_padding = true;
  const Graph graph = tiny_graph();
  return test::write_graph(graph, untrained_weights(graph), style).bytes();
}

struct Real {
  const char* file;
  Graph graph;
};

std::vector<Real> real_files() {
  return {{"models/mobilenet_v1_0.25_128_quant.tflite", mobilenet_v1({0.25, 128}, 1001)},
          {"models/mobilenet_v2_1_0_quant.tflite", mobilenet_v2({1.0, 224}, 1000)},
          {"models/v3-small_224_1.0_uint8.tflite", mobilenet_v3_small({1.0, 224}, 1001)}};
}

}  // namespace

TEST_CASE("hostile: a file cut off anywhere is an error", "[weights][hostile]") {
  SECTION("a small one, at every byte") {
    const Bytes whole = tiny_file();
    REQUIRE(passes(whole, tiny_graph()));
    for (std::size_t size = 0; size < whole.size(); ++size) {
      INFO(size << " of " << whole.size() << " bytes");
      CHECK_FALSE(
          passes({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}, tiny_graph()));
    }
  }
  SECTION("published ones, before their last tenth, where labels may be appended") {
    for (const Real& real : real_files()) {
      const Bytes whole = test::read_asset(real.file);
      for (std::size_t part = 0; part < 40; ++part) {
        const auto size = static_cast<std::ptrdiff_t>(whole.size() * part / 40);
        INFO(real.file << ", " << size << " bytes");
        const bool whole_enough = passes({whole.begin(), whole.begin() + size}, real.graph);
        CHECK((part > 36 || !whole_enough));
      }
    }
  }
}

TEST_CASE("hostile: flipped bits give an error or a sound model", "[weights][hostile]") {
  Random random;
  SECTION("a small file, one bit and many") {
    const Bytes whole = tiny_file();
    const std::vector<std::size_t> tables = table_offsets(whole);
    int passed = 0;
    for (int round = 0; round < 6000; ++round) {
      Bytes bytes = whole;
      for (std::size_t flips = 1 + random.below(4); flips > 0; --flips) {
        bytes[tables[random.below(tables.size())]] ^=
            static_cast<std::uint8_t>(1u << random.below(8));
      }
      passed += passes(bytes, tiny_graph()) ? 1 : 0;
    }
    CHECK(passed < 3000);  // most flips in the tables are noticed; those in names cannot be
  }
  SECTION("published files") {
    for (const Real& real : real_files()) {
      Bytes bytes = test::read_asset(real.file);
      const std::vector<std::size_t> tables = table_offsets(bytes);
      for (int round = 0; round < 60; ++round) {
        std::uint8_t& byte = bytes[tables[random.below(tables.size())]];
        const std::uint8_t before = byte;
        byte ^= static_cast<std::uint8_t>(1u << random.below(8));
        passes(bytes, real.graph);
        byte = before;
      }
      CHECK(passes(bytes, real.graph));
    }
  }
  SECTION("weights themselves: read, and refused later if not finite") {
    const Bytes whole = tiny_file();
    for (int round = 0; round < 500; ++round) {
      Bytes bytes = whole;
      bytes[random.below(bytes.size())] ^= static_cast<std::uint8_t>(1u << random.below(8));
      const auto files = read_tflite_files({bytes});
      if (!files) continue;
      const auto model = bind_weights(tiny_graph(), *files);
      if (model.ok()) CHECK(model->weights.nodes.size() == model->graph.nodes.size());
    }
  }
}

TEST_CASE("hostile: random bytes behind the mark of a TFLite file are an error",
          "[weights][hostile]") {
  Random random;
  for (int round = 0; round < 2000; ++round) {
    Bytes bytes(64 + random.below(400));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.below(256));
    bytes[0] = static_cast<std::uint8_t>(8 + 4 * random.below(14));  // a root inside the bytes
    bytes[1] = bytes[2] = bytes[3] = 0;
    std::copy_n("TFL3", 4, bytes.begin() + 4);
    CHECK_FALSE(passes(bytes, tiny_graph()));
  }
}

}  // namespace lens
