// The published results are complete: every row that facts.md takes from the papers' tables and the
// releases is in cost/published, with all of its numbers.
#include "cost/published.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "catch2/catch.hpp"
#include "support/assets.h"

using namespace lens;

namespace {

using Column = double PublishedResult::*;

constexpr Column kTop1 = &PublishedResult::top1;
constexpr Column kMacs = &PublishedResult::million_macs;
constexpr Column kParameters = &PublishedResult::million_parameters;
constexpr Column kPixel1 = &PublishedResult::pixel1_ms;
constexpr Column kPixel2 = &PublishedResult::pixel2_ms;
constexpr Column kPixel3 = &PublishedResult::pixel3_ms;
constexpr Column kOther = nullptr;  // top-5, or a latency of unfinished kernels

// A run of rows in facts.md, each with its numbers in the order of the columns.
struct Passage {
  const char* after;
  const char* before;
  const char* source;  // how the sources' names begin
  std::size_t rows;
  std::vector<Column> columns;
};

const std::vector<Passage> kPassages = {
    {"(top-1 %, M MAdds, M params): ", " 192: ", "MobileNets, ", 6, {kTop1, kMacs, kParameters}},
    {"0.25: 50.6 / 41 / 0.5. ", " (params 4.2)", "MobileNets, ", 3, {kTop1, kMacs}},
    {"(params 4.2). ", " Detection (COCO", "MobileNets, ", 5, {kTop1, kMacs, kParameters}},
    {"one big core): ",
     ". (P1 and",
     "MobileNetV2, table 4",
     6,
     {kTop1, kParameters, kMacs, kPixel1}},
    {"M / params M / top-1 / top-5): ",
     "; 1.0-224 quant",
     "TF-slim mobilenet_v1.md",
     7,
     {kMacs, kParameters, kTop1, kOther}},
    {"; 1.0-224 quant ", ". (All 32 rows", "TF-slim mobilenet_v1.md", 1, {kTop1, kOther}},
    {"(S2; MACs/params/top-1/top-5/Pixel 1 ms): ",
     ". torchvision",
     "TF-slim mobilenet/README.md",
     10,
     {kMacs, kParameters, kTop1, kOther, kPixel1}},
    {"(top-1, MAdds M, params, P-1/P-2/P-3 ms): ",
     "\n",
     "MobileNetV3, table 3",
     9,
     {kTop1, kMacs, kParameters, kPixel1, kPixel2, kPixel3}},
    {"**Table 4** quantised: ",
     "\n",
     "MobileNetV3, table 4",
     4,
     {kTop1, kPixel1, kPixel2, kPixel3}},
    {"P-1 ms optimised / not): ", ". Fig. 8", "MobileNetV3, table 5", 4, {kTop1, kPixel1, kOther}},
    {"(S2: MACs/params/top-1/P-1/P-2/P-3): ",
     "; L 8-bit",
     "TF-slim mobilenet/README.md",
     1,
     {kMacs, kParameters, kTop1, kPixel1, kPixel2, kPixel3}},
    {"51.2/61/44; L 8-bit ",
     "; L .75",
     "TF-slim mobilenet/README.md",
     1,
     {kTop1, kPixel1, kPixel2, kPixel3}},
    {"73.9/44/42.5/32; ",
     "; S 8-bit",
     "TF-slim mobilenet/README.md",
     2,
     {kMacs, kParameters, kTop1, kPixel1, kPixel2, kPixel3}},
    {"; S 8-bit ",
     "; S .75 44",
     "TF-slim mobilenet/README.md",
     1,
     {kTop1, kPixel1, kPixel2, kPixel3}},
    {"15.5/15/10.7; ",
     ". Keras page",
     "TF-slim mobilenet/README.md",
     3,
     {kMacs, kParameters, kTop1, kPixel1, kPixel2, kPixel3}},
};

std::string between(const std::string& text, const std::string& after, const std::string& before) {
  const std::size_t from = text.find(after);
  REQUIRE(from != std::string::npos);
  const std::size_t begin = from + after.size();
  const std::size_t end = text.find(before, begin);
  REQUIRE(end != std::string::npos);
  return text.substr(begin, end - begin);
}

// At semicolons, and at full stops that end a sentence.
std::vector<std::string> rows_of(const std::string& text) {
  std::vector<std::string> rows(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool stop = text[i] == '.' && i + 1 < text.size() && text[i + 1] == ' ';
    if (text[i] != ';' && !stop) {
      rows.back() += text[i];
    } else {
      rows.emplace_back();
    }
  }
  return rows;
}

// "V2 1.4 74.7, **6.9M**, 585M, 143": 1.4, 74.7, 6.9, 585, 143; a dash is 0, brackets are left out.
std::vector<double> numbers_of(std::string row) {
  row = row.substr(0, row.find('('));
  row.erase(std::remove(row.begin(), row.end(), '*'), row.end());
  std::vector<double> numbers;
  std::string word;
  for (const char c : row + ' ') {
    if (c != ' ' && c != ',' && c != '/') {
      word += c;
      continue;
    }
    if (!word.empty() && word.back() == 'M') word.pop_back();
    char* end = nullptr;
    const double number = std::strtod(word.c_str(), &end);
    if (!word.empty() && (*end == '\0' || word == "-" || std::string_view(end) == ".")) {
      numbers.push_back(word == "-" ? 0 : number);
    }
    word.clear();
  }
  return numbers;
}

bool is_row(const PublishedResult& result, const Passage& passage,
            const std::vector<double>& numbers) {
  if (result.source->short_name.rfind(passage.source, 0) != 0) return false;
  // Names begin with numbers too: the columns are the last ones.
  const std::size_t first = numbers.size() - passage.columns.size();
  for (std::size_t i = 0; i < passage.columns.size(); ++i) {
    const Column column = passage.columns[i];
    if (column != kOther && result.*column != numbers[first + i]) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("published: every row of the papers' tables is there with all of its numbers", "[cost]") {
  const std::string facts = test::read_asset_text("docs/facts.md");
  std::size_t all = 2;  // SENet's two, below
  for (const Passage& passage : kPassages) {
    const std::vector<std::string> rows = rows_of(between(facts, passage.after, passage.before));
    INFO(passage.source << ", after " << passage.after);
    CHECK(rows.size() == passage.rows);
    all += rows.size();
    for (const std::string& row : rows) {
      const std::vector<double> numbers = numbers_of(row);
      INFO(row);
      REQUIRE(numbers.size() >= passage.columns.size());
      const auto same = [&](const PublishedResult& one) { return is_row(one, passage, numbers); };
      CHECK(std::any_of(published_results().begin(), published_results().end(), same));
    }
  }
  CHECK(published_results().size() == all);
}

// Errors in the source: 28.4 and 25.3 %.
TEST_CASE("published: SENet's MobileNet with and without gates", "[cost]") {
  std::vector<double> top1;
  for (const PublishedResult& one : published_results()) {
    if (one.source->short_name.rfind("SENet", 0) == 0) top1.push_back(one.top1);
  }
  CHECK(top1 == std::vector<double>{71.6, 74.7});
}
