#include <cstdio>
#include <tuple>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "classes/top_k.h"
#include "engine/inference.h"
#include "ui/text.h"

using namespace lens;
using test::asked;
using test::HeadlessPage;

namespace {

void open_page(HeadlessPage& page, const char* hash) {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

// Frames and idle work until there is none left.
void rest(HeadlessPage& page) {
  for (int i = 0; i < 4; ++i) page.frame();
  for (int i = 0; page.app.running(); ++i) {
    REQUIRE(i < 20000);
    page.app.work(8);
    if (i % 16 == 0) page.frame();
  }
  for (int i = 0; i < 2; ++i) page.frame();
}

double number(const TableCell& cell) {
  return std::get<double>(cell);
}

std::string text(const TableCell& cell) {
  return std::get<std::string>(cell);
}

// The columns that the tests read.
constexpr std::size_t kLayer = 1;
constexpr std::size_t kProbabilityAfter = 9;
constexpr std::size_t kLogitAfter = 11;
constexpr std::size_t kTopAfter = 13;

// One row of the panel's table against a run with that change alone.
void check_outcome(const Snapshot& plain, const std::vector<TableCell>& row,
                   Activation activation) {
  const Graph& graph = plain.graph();
  const NodeId node = graph.find(text(row[kLayer]));
  REQUIRE(node != kNoNode);
  const auto alone =
      run(plain.model, plain.output(0), {.interventions = {ReplaceActivation{node, activation}}});
  const auto softmax = plain.output(graph.last()).data;
  const auto first =
      static_cast<std::size_t>(std::max_element(softmax.begin(), softmax.end()) - softmax.begin());
  const auto after = alone->output(graph.last()).data;
  const auto logits = alone->output(graph.find("head.logits")).data;
  CHECK(number(row[kProbabilityAfter]) == static_cast<double>(after[first]));
  CHECK(number(row[kLogitAfter]) == static_cast<double>(logits[first]));
  std::string top;
  for (const Prediction& one : top_predictions(after, 5, logits)) {
    char entry[40];
    std::snprintf(entry, sizeof entry, "%sclass %d %.4f", top.empty() ? "" : "; ", one.class_id,
                  static_cast<double>(one.probability));
    top += entry;
  }
  CHECK(text(row[kTopAfter]) == top);
}

}  // namespace

TEST_CASE("background: each block's what-if equals one run for it alone", "[app]") {
  for (const auto& [hash, rows, activation] :
       {std::tuple{"model=v2&view=linear_bottleneck", 17u, Activation::relu},
        std::tuple{"model=v3-small&view=linear_bottleneck", 11u, Activation::relu},
        std::tuple{"model=v1&view=linear_bottleneck", 13u, Activation::none}}) {
    HeadlessPage page;
    open_page(page, hash);
    rest(page);
    const Result<Table> table = page.app.table("linear_bottleneck");
    REQUIRE(table.ok());
    REQUIRE(table->rows.size() == rows);
    for (const std::size_t row : {0u, rows / 2, rows - 1}) {
      INFO(hash << ", row " << row);
      check_outcome(*page.app.snapshot(), table->rows[row], activation);
    }
  }
}

TEST_CASE("background: a bar's tooltip has the top 5 of its what-if, and what they were", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&view=linear_bottleneck");
  rest(page);
  const Snapshot& plain = *page.app.snapshot();
  const Graph& graph = plain.graph();
  const NodeId node = graph.find("bneck1.project");
  const auto alone = run(plain.model, plain.output(0),
                         {.interventions = {ReplaceActivation{node, Activation::relu}}});
  const auto percent = [](float value) { return ui::percent(static_cast<double>(value)); };
  std::string lines = "Top 5 then (before):";
  for (const Prediction& one : top_predictions(alone->output(graph.last()).data, 5,
                                               alone->output(graph.find("head.logits")).data)) {
    const float before = plain.output(graph.last()).data[static_cast<std::size_t>(one.output)];
    lines += percent(one.probability) + " (" + percent(before) + ")" + "class " +
             std::to_string(one.class_id);
  }
  int shown = 0;
  // Along the row of bars.
  for (float x = 260; x < 420; x += 8) {
    for (int i = 0; i < 4; ++i) page.frame(x, 380);
    shown += test::is_drawn(lines) ? 1 : 0;
  }
  CHECK(shown > 0);
  CHECK(shown < 10);  // the other blocks have others
}

TEST_CASE("background: an expansion without its activation equals one run for it", "[app]") {
  for (const auto& [hash, rows] : {std::pair{"model=v2&view=linear_bottleneck", 16u},
                                   std::pair{"model=v3-small&view=linear_bottleneck", 10u}}) {
    HeadlessPage page;
    open_page(page, hash);
    REQUIRE(page.app.press("e", false));
    rest(page);
    const Result<Table> table = page.app.table("linear_bottleneck");
    REQUIRE(table.ok());
    REQUIRE(table->rows.size() == rows);
    for (const std::size_t row : {0u, rows / 2, rows - 1}) {
      INFO(hash << ", row " << row);
      check_outcome(*page.app.snapshot(), table->rows[row], Activation::none);
    }
  }
}

TEST_CASE("background: a what-if of the visitor goes first and stays on the screen", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&view=linear_bottleneck");
  page.frame();
  page.frame();
  REQUIRE(page.app.running());
  CHECK_FALSE(page.app.busy());
  for (int i = 0; i < 3; ++i) page.app.work(1);
  REQUIRE(page.app.intervene("silence stem 3").ok());
  CHECK(page.app.busy());
  rest(page);
  REQUIRE(page.app.shown_snapshot()->interventions.size() == 1);
  CHECK(target(page.app.shown_snapshot()->interventions[0]) == page.app.model().graph.find("stem"));
}

TEST_CASE("background: what has been worked out is there when the model comes back", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&view=linear_bottleneck");
  rest(page);
  REQUIRE(page.app.select("model=v1").ok());
  page.bring_untrained_model();
  page.settle();
  rest(page);
  const Result<Table> v1 = page.app.table("linear_bottleneck");
  REQUIRE(v1.ok());
  CHECK(v1->rows.size() == 13);  // V1 has no projection: its pointwise layers
  REQUIRE(page.app.select("model=v2").ok());
  page.settle();
  page.frame();
  CHECK_FALSE(page.app.running());
  const Result<Table> again = page.app.table("linear_bottleneck");
  REQUIRE(again.ok());
  CHECK(number(again->rows[16][kProbabilityAfter]) >= 0);
}

TEST_CASE("background: the three versions' zeros, without showing them", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&view=zeros");
  rest(page);
  const std::size_t alone = page.app.table("zeros")->rows.size();
  CHECK(alone > 40);
  CHECK(page.app.press("v", false));
  page.frame();
  CHECK(asked().models.back() == "v1 1 224");
  page.bring_untrained_model();
  CHECK(asked().models.back() == "v3-small 1 224");
  page.bring_untrained_model();
  rest(page);
  CHECK(page.app.model().info.entry->id == "v2");
  const Result<Table> table = page.app.table("zeros");
  REQUIRE(table.ok());
  std::size_t v1 = 0;
  for (const auto& row : table->rows) v1 += text(row[0]) == "v1" ? 1 : 0;
  CHECK(v1 == 27);  // stem, 13 depthwise, 13 pointwise
  CHECK(table->rows.size() > alone + v1);
}

TEST_CASE("background: a model that the visitor chooses goes before the fetched one", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v2&view=zeros");
  rest(page);
  page.app.press("v", false);
  page.frame();
  REQUIRE(asked().models.back() == "v1 1 224");
  REQUIRE(page.app.select("model=v3-large").ok());
  CHECK(asked().models.back() == "v3-large 1 224");
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.model().info.entry->id == "v3-large");
  // Then the wanted ones are asked for again.
  CHECK(asked().models.back() == "v1 1 224");
}

TEST_CASE("background: a new photo forgets the zeros of the old one", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v1&view=zeros");
  rest(page);
  const Table before = *page.app.table("zeros");
  page.bring_photo(90, 33);
  page.settle();
  rest(page);
  const Table after = *page.app.table("zeros");
  REQUIRE(after.rows.size() == before.rows.size());
  CHECK_FALSE(after.rows == before.rows);
}
