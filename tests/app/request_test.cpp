#include "app/request.h"

#include "catch2/catch.hpp"

using namespace lens;

namespace {

Target current() {
  const CatalogEntry* v1 = find_model("v1");
  return {v1, v1->variants[2]};
}

Result<Target> target(const char* text) {
  const Result<Request> request = parse_request(text);
  REQUIRE(request.ok());
  return target_of(*request, current());
}

}  // namespace

TEST_CASE("request: reads what it is given and nothing else", "[app]") {
  const Result<Request> request = parse_request("model=v2&node=bneck3.expand&channel=-1&view=cost");
  REQUIRE(request.ok());
  CHECK(request->model == "v2");
  CHECK(request->node == "bneck3.expand");
  CHECK(request->channel == -1);
  CHECK(request->view == "cost");
  CHECK_FALSE(request->width.has_value());
  CHECK_FALSE(request->precision.has_value());
  CHECK(parse_request("precision=int8")->precision == Precision::int8);
  CHECK(parse_request("precision=float32")->precision == Precision::float32);
}

TEST_CASE("request: unknown keys and unreadable values are refused", "[app]") {
  for (const char* text : {"colour=red", "width=wide", "channel=1.5", "channel=", "channel=nan",
                           "view=nowhere", "precision=int4", "language=xx", "=1"}) {
    INFO(text);
    CHECK_FALSE(parse_request(text).ok());
  }
}

TEST_CASE("request: a cell is a row and a column, or nothing to unpin it", "[app]") {
  CHECK(parse_request("cell=12,7")->cell == Cell{12, 7});
  CHECK(parse_request("cell=")->cell == Cell{});
  CHECK_FALSE(parse_request("node=stem")->cell.has_value());
  for (const char* text : {"cell=12", "cell=12,", "cell=,7", "cell=12,7,3", "cell=1.5,7",
                           "cell=-1,7", "cell=nan,7", "cell=a,b"}) {
    INFO(text);
    CHECK_FALSE(parse_request(text).ok());
  }
}

TEST_CASE("request: names a variant by width, by resolution, or by both", "[app]") {
  CHECK(target("")->variant == current().variant);
  CHECK(target("width=0.25")->variant == Variant{0.25, 128});
  CHECK(target("resolution=224&width=0.75")->variant == Variant{0.75, 224});
  CHECK(target("model=v1")->variant == Variant{1.0, 224});
  CHECK(target("model=v2")->entry->id == "v2");
  CHECK_FALSE(target("model=v4").ok());
  CHECK_FALSE(target("width=0.33").ok());
  CHECK_FALSE(target("model=v2&width=0.5").ok());
}
