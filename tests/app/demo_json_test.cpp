#include "app/demo_json.h"

#include "catch2/catch.hpp"
#include "demos/relu_embedding.h"

using namespace lens;

namespace {

bool has(const std::string& json, const std::string& part) {
  return json.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& json, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = json.find(part); at != std::string::npos; at = json.find(part, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("demo: the embedding's numbers are those of the demo's maths", "[app]") {
  const std::string json = demo_json("relu-embedding", "n=3&seed=7&points=50");
  CHECK(has(json, R"("n":3,"seed":7)"));
  CHECK(has(json, R"("expectedNotRecoverable":0.5)"));
  CHECK(has(json, R"("expectedAllOff":0.125)"));
  CHECK(count_of(json, R"("input":)") == 50);
  const auto points = demos::manifold(demos::Manifold::spiral, 50);
  const auto result = demos::relu_embedding(points, demos::random_embedding(3, 7));
  std::size_t recoverable = 0;
  for (const demos::EmbeddedPoint& point : result.points) recoverable += point.recoverable ? 1 : 0;
  CHECK(count_of(json, R"("recoverable":true)") == recoverable);
}

TEST_CASE("demo: a visitor's own points are taken as they are", "[app]") {
  const std::string json = demo_json("relu-embedding", "n=30&points=0.5,-0.25,1,0");
  CHECK(count_of(json, R"("input":)") == 2);
  CHECK(has(json, R"("input":[0.5,-0.25])"));
  CHECK(has(json, R"("input":[1,0])"));
}

TEST_CASE("demo: left-out parameters have defaults, the same every time", "[app]") {
  const std::string json = demo_json("relu-embedding", "");
  CHECK(has(json, R"("n":5,"seed":1)"));
  CHECK(json == demo_json("relu-embedding", "n=5&seed=1&points=400&shape=spiral"));
  CHECK(json != demo_json("relu-embedding", "seed=2"));
}

TEST_CASE("demo: what cannot be done is said in a sentence", "[app]") {
  for (const char* parameters : {"n=1", "n=61", "n=2.5", "n=x", "seed=-1", "seed=1e300", "points=3",
                                 "points=1,2,3", "points=a,b", "shape=star", "tea=1", "n"}) {
    INFO(parameters);
    CHECK(has(demo_json("relu-embedding", parameters), R"({"error":)"));
  }
  CHECK(has(demo_json("perpetual-motion", ""), R"({"error":)"));
}

TEST_CASE("demo: convolution-cost counts the paper's example and any other layer", "[app]") {
  const std::string paper = demo_json("convolution-cost", "");
  CHECK(paper.find("\"standard\":{\"macs\":462422016,\"parameters\":2359296}") !=
        std::string::npos);
  CHECK(paper.find("\"separable\":{\"macs\":52283392,\"parameters\":266752}") != std::string::npos);
  const std::string small = demo_json("convolution-cost", "dk=5&m=2&n=4&df=3");
  CHECK(small.find("\"depthwise\":{\"macs\":450,\"parameters\":50}") != std::string::npos);
  CHECK(small.find("\"pointwise\":{\"macs\":72,\"parameters\":8}") != std::string::npos);
  CHECK(small.find("\"ratio\":0.29") != std::string::npos);
  for (const char* wrong : {"dk=0", "m=1.5", "n=many", "k=3", "df=99999"}) {
    CHECK(demo_json("convolution-cost", wrong).find("\"error\"") != std::string::npos);
  }
}
