#include "views/published_points.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "catch2/catch.hpp"
#include "support/assets.h"

using namespace lens;
using published::Axis;
using published::Point;

namespace {

const Point& point(const std::vector<Point>& all, std::string_view name, std::string_view source) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Point& one) {
    return one.result->name == name && one.result->source->short_name == source;
  });
  REQUIRE(found != all.end());
  return *found;
}

std::string as_written(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", number);
  return text;
}

}  // namespace

TEST_CASE("published: printed and counted stand side by side where they disagree", "[views]") {
  const std::vector<Point> all = published::points();
  const Point& v1 = point(all, "V1", "MobileNetV2, table 4");
  CHECK(v1.printed(Axis::macs) == 575);
  CHECK(v1.counted_on(Axis::macs) == Approx(568.7).margin(0.05).epsilon(0));
  CHECK(v1.disagrees(Axis::macs));
  const Point& wide = point(all, "V2 1.4", "MobileNetV2, table 4");
  CHECK(wide.counted_on(Axis::parameters) == Approx(6.06).margin(0.005).epsilon(0));
  CHECK(wide.disagrees(Axis::parameters));
  const Point& small = point(all, "V3-Small", "MobileNetV3, table 3");
  CHECK(small.disagrees(Axis::macs));
  CHECK(small.disagrees(Axis::parameters));
  CHECK(point(all, "V1 0.75", "TF-slim mobilenet_v1.md").disagrees(Axis::macs));
  CHECK_FALSE(point(all, "V1", "MobileNets, table 4").disagrees(Axis::macs));
  CHECK_FALSE(point(all, "V2", "MobileNetV2, table 4").disagrees(Axis::macs));
  CHECK_FALSE(point(all, "V2", "MobileNetV2, table 4").disagrees(Axis::parameters));
}

TEST_CASE("published: whoever else counts these networks counts as we do", "[views]") {
  // Beside the known slips (facts.md 3.9, item 21, and 3.2), every printed cost is reproduced.
  const std::set<std::string> slips = {"V1 575",      "V1 0.75 317",  "V2 1.4 585",
                                       "V3-Small 66", "V3-Large 219", "V3-Small 0.75 44"};
  for (const Point& one : published::points()) {
    const std::string id =
        std::string(one.result->name) + " " + as_written(one.result->million_macs);
    INFO(id << ", " << one.result->source->short_name << ": counted " << one.counted_on(Axis::macs)
            << " M MACs, " << one.counted_on(Axis::parameters) << " M weights");
    const bool differs = one.disagrees(Axis::macs) || one.disagrees(Axis::parameters);
    CHECK(differs == (slips.count(id) == 1));
  }
}

TEST_CASE("published: every number is one of facts.md's, with its source and date", "[views]") {
  const std::string facts = test::read_asset_text("docs/facts.md");
  for (const PublishedResult& row : published_results()) {
    INFO(row.name << ", " << row.source->short_name);
    CHECK(row.top1 > 40);
    CHECK_FALSE(row.source->date.empty());
    CHECK_FALSE(row.source->where.empty());
    for (const double number :
         {row.million_macs, row.million_parameters, row.pixel1_ms, row.pixel2_ms, row.pixel3_ms}) {
      if (number > 0) CHECK(facts.find(as_written(number)) != std::string::npos);
    }
  }
}

TEST_CASE("published: the table has a row per result and leaves blank what is not printed",
          "[views]") {
  const Table table = published::table(published::points());
  CHECK(table.rows.size() == published_results().size());
  for (const auto& row : table.rows) REQUIRE(row.size() == table.columns.size());
  const auto first = table.rows.front();
  CHECK(std::get<std::string>(first[0]) == "Conv MobileNet");
  CHECK(std::get<double>(first[3]) == Approx(4867.3).margin(0.05));
  CHECK(std::get<std::string>(first[6]).empty());
  const auto v3 = std::find_if(table.rows.begin(), table.rows.end(), [](const auto& row) {
    return row[0] == TableCell(std::string("V3-Large"));
  });
  REQUIRE(v3 != table.rows.end());
  // MobileNetV3, table 3: P-1, P-2, P-3.
  CHECK(std::vector<TableCell>(v3->begin() + 6, v3->begin() + 9) ==
        std::vector<TableCell>{51.0, 61.0, 44.0});
}
