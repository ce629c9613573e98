#include <algorithm>
#include <functional>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "demos/gate_presets.h"
#include "ui/text.h"
#include "views/se_blocks.h"

using namespace lens;
using test::asked;
using test::HeadlessPage;
using test::is_drawn;

namespace {

void open_page(HeadlessPage& page, const std::string& hash) {
  page.app.start(hash + "&view=squeeze_excite");
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

const Graph& graph_of(const HeadlessPage& page) {
  return page.app.model().graph;
}

SeBlock block_named(const HeadlessPage& page, const std::string& name) {
  for (const SeBlock& block : se_blocks(graph_of(page))) {
    if (name_of(block) == name) return block;
  }
  FAIL("no block is called " << name);
  return {};
}

std::string selected(const HeadlessPage& page) {
  return graph_of(page).node(page.app.selection().node).name;
}

void press(HeadlessPage& page, const char* key) {
  REQUIRE(page.app.press(key, false));
  page.settle();
}

// The gates that a what-if gives a block; none when it leaves them.
std::vector<float> overridden(const HeadlessPage& page, const SeBlock& block) {
  const auto* gates = overridden_gates(page.app.shown_snapshot()->interventions, block.gate);
  return gates ? *gates : std::vector<float>();
}

// Presses at a place, pulls up or down and lets go.
void drag(HeadlessPage& page, float x, float y, float by) {
  page.frame(x, y);
  page.frame(x, y, true);
  for (int step = 1; step <= 4; ++step) {
    page.frame(x, y + by * static_cast<float>(step) / 4, true);
    page.app.work(1000);
  }
  page.frame(x, y + by, false);
  page.settle();
}

}  // namespace

TEST_CASE("squeeze-excite: every block of V3 can be looked at by key", "[app]") {
  const auto [hash, count] = GENERATE(std::pair("model=v3-small&node=bneck1.se.gate", 9),
                                      std::pair("model=v3-large&node=bneck4.se.gate", 8));
  HeadlessPage page;
  open_page(page, hash);
  const std::vector<SeBlock> blocks = se_blocks(graph_of(page));
  REQUIRE(static_cast<int>(blocks.size()) == count);
  for (const SeBlock& block : blocks) {
    CHECK(page.app.selection().node == block.gate);
    page.frame();
    CHECK(test::vertices_in(test::drawn_panel()) > 1000);
    press(page, "]");
  }
  CHECK(page.app.selection().node == blocks.front().gate);
  press(page, "[");
  CHECK(page.app.selection().node == blocks.back().gate);
  press(page, "ArrowLeft");
  CHECK(page.app.selection().node == blocks[blocks.size() - 2].gate);
}

TEST_CASE("squeeze-excite: a node selected elsewhere brings its block", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck1.se.gate");
  REQUIRE(page.app.select("node=bneck7.se.reduce").ok());
  page.settle();
  CHECK(page.app.table("squeeze_excite")->rows.size() == 120);
  press(page, "]");
  CHECK(selected(page) == "bneck8.se.gate");
  // A layer without gates leaves the block where it was.
  REQUIRE(page.app.select("node=stem").ok());
  page.settle();
  CHECK(page.app.table("squeeze_excite")->rows.size() == 144);
}

TEST_CASE("squeeze-excite: arrows walk the channels as the bars stand", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck4.se.gate");
  const auto gates = page.app.snapshot()->output(page.app.selection().node).data;
  press(page, "Enter");
  const auto gate = [&] { return gates[static_cast<std::size_t>(page.app.selection().channel)]; };
  CHECK(gate() == *std::max_element(gates.begin(), gates.end()));
  for (int i = 0; i < 20; ++i) {
    const float before = gate();
    press(page, "ArrowRight");
    CHECK(gate() <= before);
  }
}

TEST_CASE("squeeze-excite: the table's gates are the layer's floats", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck1.se.squeeze");
  press(page, "]");
  const Result<Table> table = page.app.table("gates");
  REQUIRE(table.ok());
  const SeBlock block = block_named(page, "bneck4");
  REQUIRE(selected(page) == graph_of(page).node(block.gate).name);
  const Snapshot& snapshot = *page.app.snapshot();
  REQUIRE(table->rows.size() == snapshot.output(block.gate).data.size());
  for (std::size_t i = 0; i < table->rows.size(); ++i) {
    const auto cell = [&](std::size_t column) { return std::get<double>(table->rows[i][column]); };
    CHECK(cell(1) == static_cast<double>(i));
    CHECK(cell(2) == static_cast<double>(snapshot.output(block.squeeze).data[i]));
    CHECK(cell(3) == static_cast<double>(snapshot.output(block.gate).data[i]));
    CHECK(cell(4) == cell(3));
  }
}

TEST_CASE("squeeze-excite: each preset's key overrides the block's gates", "[app]") {
  using demos::GatePreset;
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck5.se.gate");
  const SeBlock block = block_named(page, "bneck5");
  const std::vector<float> own(page.app.snapshot()->output(block.gate).data.begin(),
                               page.app.snapshot()->output(block.gate).data.end());
  const std::pair<const char*, GatePreset> presets[] = {{"a", GatePreset::ones},
                                                        {"v", GatePreset::mean},
                                                        {"i", GatePreset::invert},
                                                        {"s", GatePreset::shuffle},
                                                        {"x", GatePreset::off}};
  for (const auto& [key, preset] : presets) {
    press(page, key);
    REQUIRE(overridden(page, block) == demos::preset_gates(preset, own, 1));
    CHECK(page.app.shown_snapshot()->interventions.size() == 1);
    const auto column = std::get<double>(page.app.table("gates")->rows[7][4]);
    CHECK(column == static_cast<double>(overridden(page, block)[7]));
  }
  press(page, "s");
  CHECK(overridden(page, block) == demos::preset_gates(GatePreset::shuffle, own, 2));
  press(page, "r");
  CHECK(page.app.shown_snapshot() == page.app.snapshot());
}

TEST_CASE("squeeze-excite: a preset for all blocks is one step", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck5.se.gate");
  press(page, "g");
  press(page, "a");
  for (const SeBlock& block : se_blocks(graph_of(page))) {
    const std::vector<float> gates = overridden(page, block);
    CHECK(gates == std::vector<float>(graph_of(page).node(block.gate).out.count(), 1.0f));
  }
  press(page, "u");
  CHECK(page.app.shown_snapshot() == page.app.snapshot());
}

TEST_CASE("squeeze-excite: a nudge changes the selected gate alone", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck6.se.gate&channel=11");
  const SeBlock block = block_named(page, "bneck6");
  const auto own = page.app.snapshot()->output(block.gate).data;
  press(page, "PageDown");
  std::vector<float> expected(own.begin(), own.end());
  expected[11] = std::clamp(expected[11] - 0.05f, 0.0f, 1.0f);
  CHECK(overridden(page, block) == expected);
}

TEST_CASE("squeeze-excite: a bar pulled to the top is a gate of one, and one undo", "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck1.se.gate");
  const SeBlock block = block_named(page, "bneck1");
  const auto own = page.app.snapshot()->output(block.gate).data;
  // Down the page until the pointer finds the bars.
  float y = 400;
  while (y < 620 && page.app.shown_snapshot() == page.app.snapshot()) {
    drag(page, 460, y, -400);
    y += 20;
  }
  const std::vector<float> first = overridden(page, block);
  REQUIRE(first.size() == own.size());
  int changed = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (first[i] == own[i]) continue;
    ++changed;
    CHECK(first[i] == 1.0f);
  }
  CHECK(changed == 1);
  // A second drag is a step of its own; the banner of the what-if has moved the bars down.
  drag(page, 560, y + 40, 400);
  const std::vector<float> second = overridden(page, block);
  CHECK(std::count(second.begin(), second.end(), 0.0f) >
        std::count(first.begin(), first.end(), 0.0f));
  press(page, "u");
  CHECK(overridden(page, block) == first);
  press(page, "u");
  CHECK(page.app.shown_snapshot() == page.app.snapshot());
}

TEST_CASE("squeeze-excite: V1 and V2 say that they have none and offer V3", "[app]") {
  const char* model = GENERATE("model=v1", "model=v2");
  HeadlessPage page;
  open_page(page, model);
  page.frame();
  CHECK(is_drawn(model == std::string("model=v1") ? "V1 has no squeeze-and-excitation"
                                                  : "V2 has no squeeze-and-excitation"));
  CHECK(page.app.table("gates")->rows.empty());
  CHECK_FALSE(page.app.press("[", false));
  asked().models.clear();
  for (float y = 180; y < 420 && asked().models.empty(); y += 10) {
    page.frame(300, y);
    page.frame(300, y, true);
    page.frame(300, y, false);
    page.frame();
  }
  REQUIRE(asked().models.size() == 1);
  CHECK(asked().models[0] == "v3-small 1 224");
}

TEST_CASE("squeeze-excite: a what-if shows the logits of the first classes, before and after",
          "[app]") {
  HeadlessPage page(1920, 1080);
  open_page(page, "model=v3-small&node=bneck5.se.gate");
  CHECK_FALSE(is_drawn("Logits, before"));
  press(page, "x");
  const Snapshot& plain = *page.app.snapshot();
  const Snapshot& what_if = *page.app.shown_snapshot();
  REQUIRE(&what_if != &plain);
  const NodeId logits = plain.graph().find("head.logits");
  std::string text = "Logits, before → after:  ";
  int changed = 0;
  const std::vector<ShownPrediction> first = page.app.predictions(&plain, 3);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto at = static_cast<std::size_t>(first[i].class_index);  // untrained: no background
    const double before = static_cast<double>(plain.output(logits).data[at]);
    const double after = static_cast<double>(what_if.output(logits).data[at]);
    changed += ui::format("%.2f", before) != ui::format("%.2f", after);
    text += (i > 0 ? "  ·  " : "") + first[i].label + ui::format(" %.2f → %.2f", before, after);
  }
  CHECK(changed > 0);
  INFO(text);
  CHECK(is_drawn(text));
  press(page, "r");
  CHECK_FALSE(is_drawn("Logits, before"));
}

TEST_CASE("squeeze-excite: its share of MACs, parameters and time stands below", "[app]") {
  const auto [hash, name] =
      GENERATE(std::pair("model=v3-small&node=bneck4.se.gate", "bneck4.se."),
               std::pair("model=v3-large&node=bneck12.se.gate", "bneck12.se."));
  HeadlessPage page(1920, 1080);
  open_page(page, hash);
  const Graph& graph = graph_of(page);
  const auto cost_text = [&](const std::string& part) {
    Cost net;
    Cost of_part;
    double ms = 0;
    for (NodeId id = 0; id < graph.size(); ++id) {
      const Cost& cost = page.app.model().costs[static_cast<std::size_t>(id)];
      net += cost;
      if (graph.node(id).name.find(part) == std::string::npos) continue;
      of_part += cost;
      if (page.app.timing()) ms += page.app.timing()->node_ms[static_cast<std::size_t>(id)];
    }
    const auto share = [](std::int64_t of, std::int64_t all) {
      return " (" + ui::percent(static_cast<double>(of) / static_cast<double>(all)) + ")";
    };
    return ui::compact(static_cast<double>(of_part.macs)) + " MACs" +
           share(of_part.macs, net.macs) + ", " +
           ui::compact(static_cast<double>(of_part.parameters())) + " parameters" +
           share(of_part.parameters(), net.parameters()) +
           (page.app.timing() ? ", " + ui::milliseconds(ms) + " ms (" +
                                    ui::percent(ms / page.app.timing()->total_ms) + ")"
                              : "");
  };
  const int blocks = static_cast<int>(se_blocks(graph).size());
  const auto check = [&] {
    INFO(cost_text(name));
    CHECK(is_drawn("Cost of this block's SE: " + cost_text(name)));
    CHECK(is_drawn(ui::format("All %d SE blocks: ", blocks) + cost_text(".se.")));
  };
  check();
  CHECK(is_drawn("One run is no measurement of time"));
  CHECK_FALSE(is_drawn(" ms ("));
  REQUIRE(page.app.select("view=cost").ok());
  REQUIRE(page.app.press("p", false));
  page.frame();
  while (page.app.measuring()) page.app.work(50);
  REQUIRE(page.app.timing() != nullptr);
  REQUIRE(page.app.select("view=squeeze_excite").ok());
  page.frame();
  check();
  CHECK_FALSE(is_drawn("One run is no measurement"));
}

TEST_CASE("squeeze-excite: the ten strongest and the ten weakest gates stand under the bars",
          "[app]") {
  HeadlessPage page(1920, 1080);
  const char* node = GENERATE("bneck4.se.gate", "bneck9.se.gate");
  open_page(page, "model=v3-small&node=" + std::string(node));
  const std::span<const float> floats = page.app.snapshot()->output(graph_of(page).find(node)).data;
  std::vector<float> gates(floats.begin(), floats.end());
  std::sort(gates.begin(), gates.end(), std::greater<>());
  REQUIRE(gates.size() > 20);
  const auto range = [](const char* name, float first, float last) {
    return ui::format("%s 10: gates %.2f to %.2f", name, static_cast<double>(first),
                      static_cast<double>(last));
  };
  CHECK(is_drawn(range("Strongest", gates[0], gates[9])));
  CHECK(is_drawn(range("Weakest", gates[gates.size() - 10], gates.back())));
}
