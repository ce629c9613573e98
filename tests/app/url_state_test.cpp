#include "app/url_state.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("url: what is written is read back", "[app]") {
  const UrlState states[] = {
      {},
      {"v2", 1.0, 224, "bneck3.se.gate", 17, "cost"},
      {"v1", 0.25, 128, "head.logits", -1, ""},
      {"v3-small", 1.0, 224, "", 0, ""},
      {"v2", 1.0, 224, "bneck3.expand", 17, "cell", 0, 111},
  };
  for (const UrlState& state : states) {
    CHECK(parse_url(format_url(state)) == state);
  }
}

TEST_CASE("url: a reader's eye understands it", "[app]") {
  CHECK(format_url({"v2", 1.0, 224, "bneck3.depthwise", 17, "cost"}) ==
        "model=v2&node=bneck3.depthwise&channel=17&view=cost");
  CHECK(format_url({"v2", 1.0, 224, "stem", 3, "cell", 12, 7}) ==
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
