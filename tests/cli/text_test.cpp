#include "cli/text.h"

#include "catch2/catch.hpp"

using lens::cli::Align;

TEST_CASE("text: counts and bytes get the unit that leaves three digits", "[cli]") {
  CHECK(lens::cli::with_unit(0) == "0");
  CHECK(lens::cli::with_unit(999) == "999");
  CHECK(lens::cli::with_unit(8192) == "8.19 k");
  CHECK(lens::cli::with_unit(10'838'016) == "10.84 M");
  CHECK(lens::cli::with_unit(4'867'300'000) == "4.87 G");
  CHECK(lens::cli::with_bytes(1023) == "1023 B");
  CHECK(lens::cli::with_bytes(1'605'632) == "1.53 MiB");
}

TEST_CASE("text: parts are joined by separators between them only", "[cli]") {
  CHECK(lens::cli::joined({}, ", ").empty());
  CHECK(lens::cli::joined({"a"}, ", ") == "a");
  CHECK(lens::cli::joined({"a", "b", "c"}, ", ") == "a, b, c");
}

TEST_CASE("text: columns line up and lines end without spaces", "[cli]") {
  const std::string table = lens::cli::render_table(
      {{"layer", "MACs", "note"}, {"stem", "5", ""}, {"bneck1", "12345", "x"}},
      {Align::left, Align::right, Align::left});
  CHECK(table ==
        "layer    MACs  note\n"
        "stem        5\n"
        "bneck1  12345  x\n");
}
