#include "app/url_state.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("url: what is written is read back", "[app]") {
  const UrlState states[] = {
      {},
      {.model = "v2", .node = "bneck3.se.gate", .channel = 17, .view = "cost"},
      {.model = "v1", .width = 0.25, .resolution = 128, .node = "head.logits"},
      {.model = "v3-small", .precision = Precision::int8, .channel = 0},
      {.model = "v2", .node = "bneck3.expand", .channel = 17, .view = "cell", .y = 0, .x = 111},
  };
  for (const UrlState& state : states) {
    CHECK(parse_url(format_url(state)) == state);
  }
}

TEST_CASE("url: a reader's eye understands it", "[app]") {
  UrlState state = {.model = "v2", .node = "bneck3.depthwise", .channel = 17, .view = "cost"};
  CHECK(format_url(state) == "model=v2&node=bneck3.depthwise&channel=17&view=cost");
  state.precision = Precision::int8;
  CHECK(format_url(state) == "model=v2&precision=int8&node=bneck3.depthwise&channel=17&view=cost");
  CHECK(
      format_url({.model = "v2", .node = "stem", .channel = 3, .view = "cell", .y = 12, .x = 7}) ==
      "model=v2&node=stem&channel=3&cell=12,7&view=cell");
}

TEST_CASE("url: hostile and broken text becomes the default", "[app]") {
  const char* texts[] = {"",
                         "&&&",
                         "=",
                         "model",
                         "model=<script>",
                         "model=../../etc",
                         "channel=nan",
                         "channel=-7",
                         "channel=1e99",
                         "width=abc&resolution=-4",
                         "unknown=1",
                         "precision=int4",
                         "cell=7",
                         "cell=,7",
                         "cell=-1,7",
                         "cell=7,x",
                         "cell=1e9,2",
                         "node=A%20B"};
  for (const char* text : texts) {
    INFO(text);
    CHECK(parse_url(text) == UrlState{});
  }
}

TEST_CASE("url: good parts survive bad ones", "[app]") {
  const UrlState state = parse_url("channel=zz&model=v1&&width=0.5");
  CHECK(state.model == "v1");
  CHECK(state.width == 0.5);
  CHECK(state.channel == -1);
}
