#include "classes/labels.h"

#include <string>

#include "catch2/catch.hpp"
#include "support/assets.h"

namespace {

// "class 0, also 0", one line per class.
std::string numbered_lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "class " + std::to_string(i) + ", also " + std::to_string(i) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("labels: the published file names the 1000 classes without background", "[classes]") {
  const auto labels = lens::parse_labels(lens::test::read_asset_text("models/imagenet_labels.txt"));
  REQUIRE(labels.ok());
  REQUIRE(labels->size() == 1000);
  REQUIRE((*labels)[0].name == "tench");
  REQUIRE((*labels)[0].full == "tench, Tinca tinca");
  REQUIRE((*labels)[285].full == "Egyptian cat");
  REQUIRE((*labels)[967].name == "espresso");
  REQUIRE((*labels)[999].name == "toilet tissue");
}

TEST_CASE("labels: a file of 1000 lines has no background", "[classes]") {
  const auto labels = lens::parse_labels(numbered_lines(1000));
  REQUIRE(labels.ok());
  REQUIRE(labels->front().name == "class 0");
  REQUIRE(labels->back().full == "class 999, also 999");
}

TEST_CASE("labels: Windows line ends and a missing last one change nothing", "[classes]") {
  std::string text;
  for (int i = 0; i < 1001; ++i) text += (i == 0 ? "" : "\r\n") + std::to_string(i);
  const auto labels = lens::parse_labels(text);
  REQUIRE(labels.ok());
  REQUIRE(labels->front().name == "1");
  REQUIRE(labels->back().name == "1000");
}

TEST_CASE("labels: another number of lines is refused with both numbers", "[classes]") {
  const int lines = GENERATE(0, 1, 999, 1002);
  const auto labels = lens::parse_labels(numbered_lines(lines));
  REQUIRE_FALSE(labels.ok());
  REQUIRE_THAT(labels.error().message,
               Catch::Contains("has " + std::to_string(lines) + " lines, expected 1000"));
}

TEST_CASE("labels: a class without a name is refused", "[classes]") {
  std::string text = numbered_lines(999);
  text.insert(0, "\n");
  const auto labels = lens::parse_labels(text);
  REQUIRE_FALSE(labels.ok());
  REQUIRE(labels.error().message == "The label file has no name for class 0.");
}
