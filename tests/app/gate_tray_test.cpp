#include "app/gate_tray.h"

#include <algorithm>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "demos/gate_spread.h"
#include "views/se_blocks.h"

using namespace lens;
using test::asked;
using test::HeadlessPage;
using test::is_drawn;

namespace {

void open_page(HeadlessPage& page, const std::string& hash = "model=v3-small") {
  page.app.set_samples({{"one.png", "One"}, {"two.png", "Two"}});
  page.app.start(hash + "&view=gate_photos");
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  page.frame();  // the view's first wish is carried out
}

// Works off whatever the tray still has to run.
void run_tray(HeadlessPage& page) {
  for (int i = 0; page.app.running(); ++i) {
    REQUIRE(i < 10000);
    page.app.work(50);
  }
  page.frame();
}

Result<bool> bring_sample(HeadlessPage& page, int id, const char* name, int seed) {
  std::vector<std::uint8_t> rgba(64 * 64 * 4, 255);
  for (std::size_t i = 0; i < rgba.size(); ++i) {
    if (i % 4 != 3) rgba[i] = static_cast<std::uint8_t>(i * static_cast<std::size_t>(seed) % 251);
  }
  return page.app.tray_photo_arrived(id, name, {64, 64, 4, rgba});
}

void add_samples(HeadlessPage& page) {
  REQUIRE(page.app.press("a", false));
  page.frame();
  REQUIRE(asked().tray_samples.size() == 2);
  REQUIRE(bring_sample(page, asked().tray_samples[0].second, "one.png", 91).ok());
  REQUIRE(bring_sample(page, asked().tray_samples[1].second, "two.png", 7).ok());
  run_tray(page);
}

std::vector<std::string> columns(HeadlessPage& page) {
  return page.app.table("gate_photos")->columns;
}

}  // namespace

TEST_CASE("tray: the photo on the screen is there from the start, with its own gates", "[app]") {
  HeadlessPage page;
  open_page(page);
  run_tray(page);
  page.frame();
  CHECK(is_drawn("Add a second one."));
  CHECK_FALSE(is_drawn("mean 0."));
  const Result<Table> table = page.app.table("gate_photos");
  REQUIRE(table.ok());
  CHECK(table->columns ==
        std::vector<std::string>{"block", "channel", "pattern.png", "standard deviation"});
  std::size_t row = 0;
  for (const SeBlock& block : se_blocks(page.app.model().graph)) {
    for (const float gate : page.app.snapshot()->output(block.gate).data) {
      REQUIRE(row < table->rows.size());
      CHECK(std::get<double>(table->rows[row++][2]) == static_cast<double>(gate));
    }
  }
  CHECK(row == table->rows.size());
}

TEST_CASE("tray: samples are run without touching the photo on the screen", "[app]") {
  HeadlessPage page;
  open_page(page);
  const Snapshot* before = page.app.snapshot();
  add_samples(page);
  CHECK(page.app.snapshot() == before);
  CHECK(page.app.photo()->name == "pattern.png");
  CHECK(asked().samples.empty());
  CHECK(columns(page) == std::vector<std::string>{"block", "channel", "pattern.png", "one.png",
                                                  "two.png", "standard deviation"});
  page.frame();
  CHECK(test::vertices_in(test::drawn_panel()) > 1000);
  CHECK(is_drawn("mean 0."));
  CHECK_FALSE(is_drawn("Add a second one."));
  const Result<Table> table = page.app.table("gate_photos");
  double largest = 0;
  for (const auto& row : table->rows) {
    const auto number = [&](std::size_t at) { return std::get<double>(row[at]); };
    const std::vector<std::vector<float>> gates = {{static_cast<float>(number(2))},
                                                   {static_cast<float>(number(3))},
                                                   {static_cast<float>(number(4))}};
    CHECK(number(5) == demos::gate_spread(gates)[0]);
    largest = std::max(largest, number(5));
  }
  CHECK(largest > 0.01);
  // Nothing comes twice.
  page.app.press("a", false);
  page.app.press("p", false);
  page.frame();
  CHECK(asked().tray_samples.size() == 2);
  CHECK(columns(page).size() == 6);
}

TEST_CASE("tray: another model runs all photos again, one without gates none", "[app]") {
  HeadlessPage page;
  open_page(page);
  add_samples(page);
  REQUIRE(page.app.select("model=v2").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK_FALSE(page.app.running());
  CHECK(page.app.table("gate_photos")->rows.empty());
  REQUIRE(page.app.select("model=v3-large").ok());
  page.bring_untrained_model();
  page.settle();
  run_tray(page);
  const Result<Table> table = page.app.table("gate_photos");
  CHECK(table->columns.size() == 6);
  CHECK(table->rows.size() == 72 + 120 + 120 + 480 + 672 + 672 + 960 + 960);
}

TEST_CASE("tray: a photo that fails is told and can be tried again", "[app]") {
  HeadlessPage page;
  open_page(page);
  page.app.press("a", false);
  page.frame();
  const int first = asked().tray_samples[0].second;
  page.app.tray_photo_failed(first, {"one.png is missing from this site.", ""});
  CHECK_FALSE(page.app.tray_photo_arrived(asked().tray_samples[1].second, "two.png", {}).ok());
  run_tray(page);
  CHECK(columns(page).size() == 4);
  page.app.press("a", false);
  page.frame();
  REQUIRE(asked().tray_samples.size() == 4);
  CHECK(bring_sample(page, asked().tray_samples[2].second, "one.png", 3).value());
  // One that nobody waits for any more is let go.
  CHECK_FALSE(bring_sample(page, first, "one.png", 3).value());
  run_tray(page);
  CHECK(columns(page).size() == 5);
}

TEST_CASE("tray: photos are taken out, also while they run", "[app]") {
  HeadlessPage page;
  open_page(page);
  add_samples(page);
  REQUIRE(page.app.press("Backspace", false));
  page.frame();
  CHECK(columns(page) == std::vector<std::string>{"block", "channel", "pattern.png", "one.png",
                                                  "standard deviation"});
  REQUIRE(page.app.press("a", false));
  page.frame();
  REQUIRE(bring_sample(page, asked().tray_samples.back().second, "two.png", 7).ok());
  page.app.work(0);
  REQUIRE(page.app.press("Backspace", false));
  page.frame();
  CHECK_FALSE(page.app.running());
  CHECK(columns(page).size() == 5);
}

TEST_CASE("tray: the visitor's runs go first", "[app]") {
  HeadlessPage page;
  open_page(page);
  run_tray(page);
  page.app.press("a", false);
  page.frame();
  REQUIRE(bring_sample(page, asked().tray_samples[0].second, "one.png", 91).ok());
  page.app.work(0);
  REQUIRE(page.app.intervene("gates bneck4.se.gate off").ok());
  for (int i = 0; page.app.busy(); ++i) {
    REQUIRE(i < 10000);
    page.app.work(50);
  }
  CHECK(page.app.shown_snapshot() != page.app.snapshot());
  CHECK(columns(page).size() == 4);
  run_tray(page);
  CHECK(columns(page).size() == 5);
}

TEST_CASE("tray: holds no more than a chart can tell apart", "[app]") {
  GateTray tray;
  for (std::size_t i = 0; i < GateTray::kMost; ++i) {
    CHECK(tray.expect("photo " + std::to_string(i)) != 0);
  }
  CHECK(tray.expect("one more") == 0);
  tray.remove(tray.photos().front().id);
  CHECK(tray.expect("one more") != 0);
}

TEST_CASE("tray: V shows a line per photo and block, a click on a block chooses it", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck1.se.gate");
  add_samples(page);
  page.frame();
  const std::size_t over_photos = test::fingerprint(test::drawn_panel());
  REQUIRE(page.app.press("v", false));
  page.frame();
  CHECK(test::fingerprint(test::drawn_panel()) != over_photos);
  CHECK(test::vertices_in(test::drawn_panel()) > 1000);
  // The lower chart is the last thing above the sentences: its right end is the last block.
  const Graph& graph = page.app.model().graph;
  const NodeId last = graph.find("bneck11.se.gate");
  for (float y = 560; y < 720 && page.app.selection().node != last; y += 10) {
    page.frame(940, y);
    page.frame(940, y, true);
    page.frame(940, y);
  }
  CHECK(page.app.selection().node == last);
}
