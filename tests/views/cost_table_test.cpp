#include "views/cost_table.h"

#include "catch2/catch.hpp"
#include "views/test_frame.h"

using namespace lens;
using cost_table::Column;
using test::TestFrame;

TEST_CASE("cost table: a key sorts by column after column, another turns it round", "[views]") {
  cost_table::State state;
  Commands commands;
  const auto press = [&](const char* key) { return cost_table::press(state, key, commands); };
  CHECK_FALSE(press("r"));  // nothing is sorted
  for (int column = static_cast<int>(Column::output); column < cost_table::kColumns; ++column) {
    CHECK(press("s"));
    CHECK(state.sorted_by == static_cast<Column>(column));
    CHECK(state.descending);
  }
  CHECK(press("r"));
  CHECK_FALSE(state.descending);
  CHECK(press("s"));
  CHECK_FALSE(state.sorted_by.has_value());
}

TEST_CASE("cost table: rows sorted by MACs fall, equal ones keep the network's order", "[views]") {
  TestFrame test("v2");
  for (std::size_t i = 0; i < test.costs.size(); ++i) {
    test.costs[i].macs = static_cast<std::int64_t>(i % 5);
  }
  std::vector<cost_table::Row> rows = cost_table::layer_rows(test.frame());
  cost_table::sort_rows(rows, Column::macs, true);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    CHECK(rows[i - 1].cost.macs >= rows[i].cost.macs);
    if (rows[i - 1].cost.macs == rows[i].cost.macs) CHECK(rows[i - 1].first < rows[i].first);
  }
}

TEST_CASE("cost table: what is taken along are the rows on the screen", "[views]") {
  TestFrame test("v2");
  for (Cost& cost : test.costs) cost.macs = 3;
  const Table layers = cost_table::table(test.frame());
  const Table blocks = cost_table::table(test.frame(), {.by_block = true});
  CHECK(blocks.rows.size() < layers.rows.size());
  const auto sum = [](const Table& table) {
    double macs = 0;
    for (const auto& row : table.rows) macs += std::get<double>(row[6]);
    return macs;
  };
  CHECK(sum(blocks) == sum(layers));
  CHECK(blocks.rows[2][0] == TableCell(std::string("bneck2")));
  CHECK(blocks.rows[2][1] == TableCell(std::string("block")));
}
