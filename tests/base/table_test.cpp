#include "base/table.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("table: CSV quotes what needs it and keeps numbers exact", "[base]") {
  const Table table = {{"layer", "MACs"},
                       {{std::string("stem"), 10838016.0}, {std::string("a,\"b\""), 0.1}}};
  CHECK(to_csv(table) == "layer,MACs\r\nstem,10838016\r\n\"a,\"\"b\"\"\",0.1\r\n");
}

TEST_CASE("table: JSON has an object per row", "[base]") {
  const Table table = {{"layer", "ms"}, {{std::string("stem"), 0.25}}};
  CHECK(to_json(table) == "[{\"layer\":\"stem\",\"ms\":0.25}]");
  CHECK(to_json({{"a"}, {}}) == "[]");
}
