// The cost panel on a page without a browser.
#include <algorithm>
#include <cmath>
#include <thread>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "catch2/catch.hpp"
#include "cost/cost.h"
#include "imgui_internal.h"
#include "views/cost_rows.h"

using namespace lens;
using test::HeadlessPage;
using test::is_drawn;

namespace {

// The web build that runs this has no threads, whatever is asked for.
#if defined(__EMSCRIPTEN__)
constexpr int kThreads = 1;
#else
constexpr int kThreads = 2;
#endif

void start(HeadlessPage& page, const char* hash) {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

const TableCell& cell(const Table& table, std::size_t row, const std::string& column) {
  const auto at = std::find(table.columns.begin(), table.columns.end(), column);
  REQUIRE(at != table.columns.end());
  return table.rows[row][static_cast<std::size_t>(at - table.columns.begin())];
}

double number(const Table& table, std::size_t row, const std::string& column) {
  return std::get<double>(cell(table, row, column));
}

// Of the layers that have a time of their own.
double sum_of_ms(const Table& table) {
  double total = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const double* ms = std::get_if<double>(&cell(table, row, "ms"));
    if (ms != nullptr) total += *ms;
  }
  return total;
}

double sum(const Table& table, const std::string& column) {
  double total = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) total += number(table, row, column);
  return total;
}

Table table_of(HeadlessPage& page, const char* view) {
  Result<Table> table = page.app.table(view);
  REQUIRE(table.ok());
  return std::move(table).value();
}

}  // namespace

TEST_CASE("cost panel: the table adds up to the network on every version", "[app][cost]") {
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) {
      HeadlessPage page;
      page.app.start("");
      char request[80];
      std::snprintf(request, sizeof request, "model=%s&width=%g&resolution=%d",
                    std::string(entry.id).c_str(), variant.width, variant.resolution);
      REQUIRE(page.app.select(request).ok());
      page.bring_untrained_model();
      page.bring_photo();
      page.settle();
      const Table table = table_of(page, "cost");
      const Cost total = total_cost(entry.build(variant, kPaperClasses));
      INFO(request);
      CHECK(sum(table, "MACs") == static_cast<double>(total.macs));
      CHECK(sum(table, "parameters") == static_cast<double>(total.parameters()));
      CHECK(sum(table, "activation bytes") == static_cast<double>(total.activation_bytes));
      const Snapshot& run = *page.app.snapshot();
      CHECK(sum_of_ms(table) + run.node_ms[0] == Approx(run.total_ms()));  // the input is no layer
    }
  }
}

TEST_CASE("cost panel: measuring runs the model eleven times and keeps the medians",
          "[app][cost]") {
  HeadlessPage page;
  start(page, "model=v1&view=cost");
  REQUIRE(page.app.select("width=0.25&resolution=128").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.timing() == nullptr);
  const Snapshot* shown = page.app.snapshot();
  CHECK(shown->threads == 1);
  page.app.use_threads(2);  // as the page asks once its first run is on the screen
  while (page.app.threads() < kThreads) std::this_thread::yield();
  page.frame();
  CHECK(is_drawn("ms: one run, this browser, float32, SIMD128, 1 thread"));
  REQUIRE(page.app.press("p", false));
  page.frame();
  REQUIRE(page.app.measuring());
  CHECK_FALSE(page.app.busy());
  for (int i = 0; page.app.measuring(); ++i) {
    REQUIRE(i < 20000);
    page.app.work(2);
    if (i % 8 != 0) continue;
    page.frame();
    CHECK(test::vertices_in(test::drawn_panel()) > 100);
  }
  const Timing* timing = page.app.timing();
  REQUIRE(timing != nullptr);
  CHECK(timing->runs == 11);
  CHECK(timing->total_ms > 0);
  CHECK(timing->threads == kThreads);
  CHECK(shown->threads == 1);
  CHECK(page.app.snapshot() == shown);  // the picture of the reader's own run stays
  const Table table = table_of(page, "cost");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    CHECK(number(table, row, "ms") == timing->node_ms[row + 1]);
  }
  // Another model has none yet; coming back, they are still there.
  const double total = timing->total_ms;
  REQUIRE(page.app.select("model=v3-small").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.timing() == nullptr);
  REQUIRE(page.app.select("model=v1&width=0.25&resolution=128").ok());
  page.settle();
  REQUIRE(page.app.timing() != nullptr);
  CHECK(page.app.timing()->total_ms == total);
}

TEST_CASE("cost panel: no share or ratio of time is named until it has been measured", "[app]") {
  HeadlessPage page;
  start(page, "model=v1&view=cost&width=0.25&resolution=128");
  const auto draw = [&](const char* view) {
    REQUIRE(page.app.select("view=" + std::string(view)).ok());
    page.frame();
  };
  draw("cost");
  CHECK(is_drawn("One run is no measurement of time"));
  CHECK(is_drawn("of one run"));
  CHECK_FALSE(is_drawn("Of the measured time"));
  draw("cost_charts");
  page.app.press("c", false);  // MACs and ms
  page.frame();
  CHECK(is_drawn("One run is no measurement of time"));
  CHECK_FALSE(is_drawn("times as long"));
  REQUIRE(page.app.press("p", false));
  page.frame();
  while (page.app.measuring()) page.app.work(50);
  page.frame();
  CHECK_FALSE(is_drawn("One run is no measurement"));
  CHECK(is_drawn("times as long"));
  draw("cost");
  CHECK(is_drawn("Of the measured time"));
  CHECK_FALSE(is_drawn("of one run"));
}

TEST_CASE("cost panel: rows are headed and grouped as what they are", "[app]") {
  HeadlessPage page;
  start(page, "model=v1&view=cost&node=stem");
  page.frame();
  CHECK(is_drawn("1,606"));  // kB of the stem's 112 x 112 x 32 floats
  CHECK(is_drawn("LayerOutput"));
  REQUIRE(page.app.press("g", false));
  page.frame();
  CHECK(is_drawn("BlockOutput"));
  CHECK_FALSE(is_drawn("LayerOutput"));
}

TEST_CASE("cost charts: the largest share of the work is not called most of it", "[app]") {
  HeadlessPage page;
  page.app.start("model=v2&view=cost_charts");
  page.frame();
  CHECK(is_drawn("14 × 14 takes the largest share of the work: V1 "));
}

TEST_CASE("cost panel: measuring gives way to the photo and ends with the model", "[app][cost]") {
  HeadlessPage page;
  start(page, "model=v3-small&view=cost");
  REQUIRE(page.app.press("p", false));
  page.frame();
  page.app.work(1);
  page.bring_photo(40, 40);
  page.settle();  // the new photo's run ends although the measuring has not
  CHECK(page.app.photo()->width == 40);
  CHECK(page.app.measuring());
  REQUIRE(page.app.press("p", false));
  page.frame();
  CHECK_FALSE(page.app.measuring());
  REQUIRE(page.app.press("p", false));
  page.frame();
  REQUIRE(page.app.select("model=v1").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK_FALSE(page.app.measuring());
  CHECK(page.app.timing() == nullptr);
}

TEST_CASE("cost panel: the shares of the paper's net have a footnote on its digit swap",
          "[app][cost]") {
  for (const auto& [hash, noted] : {std::pair{"model=v1&view=cost", true},
                                    {"model=v1&width=0.75&resolution=224&view=cost", false},
                                    {"model=v2&view=cost", false}}) {
    HeadlessPage page;
    start(page, hash);
    INFO(hash);
    CHECK(test::is_drawn("MobileNets' table 2 prints 1.19 %, a digit swap") == noted);
  }
}

TEST_CASE("cost panel: MACs against ms says how much longer a depthwise MAC takes", "[app][cost]") {
  for (const char* model : {"model=v1&width=0.25&resolution=128", "model=v3-small"}) {
    HeadlessPage page;
    start(page, (std::string(model) + "&view=cost_charts").c_str());
    REQUIRE(page.app.press("c", false));
    REQUIRE(page.app.press("p", false));
    page.frame();
    while (page.app.measuring()) page.app.work(50);
    page.frame();
    // GMAC/s of all depthwise and of all 1x1 layers, from the table of layers.
    const Table layers = table_of(page, "cost");
    double macs[2] = {0, 0};
    double ms[2] = {0, 0};
    for (std::size_t row = 0; row < layers.rows.size(); ++row) {
      const Node& node = page.app.model().graph.node(static_cast<NodeId>(row) + 1);
      if (node.op != Op::depthwise && !is_pointwise(node)) continue;
      if (number(layers, row, "ms") <= 0) continue;
      macs[node.op == Op::depthwise] += number(layers, row, "MACs");
      ms[node.op == Op::depthwise] += number(layers, row, "ms");
    }
    const double pointwise = macs[0] / ms[0] / 1e6;
    const double depthwise = macs[1] / ms[1] / 1e6;
    char numbers[80];
    std::snprintf(numbers, sizeof numbers, "%.1f against %.1f GMAC/s", depthwise, pointwise);
    INFO(numbers);
    CHECK(test::is_drawn(numbers));
    std::snprintf(numbers, sizeof numbers, "%.1f times as long", pointwise / depthwise);
    CHECK(test::is_drawn(numbers));
  }
}

TEST_CASE("cost panel: the table is taken along as it is sorted on the screen", "[app][cost]") {
  HeadlessPage page;
  start(page, "model=v2&view=cost");
  const Table own = table_of(page, "cost");
  CHECK(own.rows.front()[0] == TableCell(std::string("stem")));
  for (int i = 0; i < 2; ++i) REQUIRE(page.app.press("s", false));  // by MACs
  const Table sorted = table_of(page, "cost");
  REQUIRE(sorted.rows.size() == own.rows.size());
  for (std::size_t row = 1; row < sorted.rows.size(); ++row) {
    CHECK(number(sorted, row - 1, "MACs") >= number(sorted, row, "MACs"));
  }
}

TEST_CASE("cost panel: every view draws on every version, before and after a run", "[app][cost]") {
  for (const CatalogEntry& entry : catalog()) {
    HeadlessPage page;
    page.app.start("model=" + std::string(entry.id));
    const auto draw_all = [&] {
      for (const View& view : panel_of(*find_view("cost"))) {
        REQUIRE(page.app.select("view=" + std::string(view.id)).ok());
        for (const char* key : {"c", "x", "g", "ArrowRight", "ArrowDown", ".", "s", "c"}) {
          page.app.press(key, false);
          page.frame(600, 400);
          CHECK(test::vertices_in(test::drawn_panel()) > 100);
        }
        CHECK(table_of(page, std::string(view.id).c_str()).rows.size() > 1);
      }
    };
    draw_all();
    page.bring_untrained_model();
    page.bring_photo();
    page.settle();
    draw_all();
  }
}

TEST_CASE("cost panel: the calculator's picture moves only while it plays", "[app][cost]") {
  HeadlessPage page;
  start(page, "view=calculator");
  const auto frame = [&] {
    page.frame();
    return page.wants_frame;
  };
  frame();
  CHECK_FALSE(frame());
  REQUIRE(page.app.press(" ", false));
  CHECK(frame());
  CHECK(frame());
  REQUIRE(page.app.press(" ", false));
  CHECK_FALSE(frame());
  REQUIRE(page.app.press(" ", false));
  int frames = 0;
  while (frame()) REQUIRE(++frames < 2000);
  CHECK(frames > 300);  // it walked on to its end
  page.app.set_reduced_motion(true);
  REQUIRE(page.app.press(" ", false));
  CHECK_FALSE(frame());
}

TEST_CASE("cost panel: the calculator's arrows set the layer that its table counts",
          "[app][cost]") {
  HeadlessPage page;
  start(page, "view=calculator");
  CHECK(number(table_of(page, "calculator"), 3, "MACs") == 52'283'392);
  page.app.press("ArrowRight", false);  // 5 x 5
  const Table table = table_of(page, "calculator");
  CHECK(number(table, 0, "Dk") == 5);
  CHECK(number(table, 0, "MACs") == 25.0 * 512 * 512 * 14 * 14);
  CHECK(number(table, 3, "against standard") == Approx(1.0 / 512 + 1.0 / 25));
}

TEST_CASE("cost panel: the calculator's toy begins inside, its walk at the padding", "[app]") {
  HeadlessPage page;
  start(page, "view=calculator");
  CHECK(is_drawn("one value reads 27 numbers"));
  CHECK(is_drawn("27 MACs a value"));
  CHECK_FALSE(is_drawn("are padding"));
  page.app.press(".", false);
  page.frame();
  CHECK(is_drawn("reads 27 numbers, 15 are padding"));
  CHECK_FALSE(is_drawn("MACs a value"));
}

TEST_CASE("cost: one row of the table answers to the pointer", "[app]") {
  HeadlessPage page;
  start(page, "model=v1&view=cost&node=block4.depthwise");
  std::vector<float> heights;
  for (float y = 450; y < 520; ++y) {
    page.frame(400, y);
    page.frame(400, y);
    const ImGuiWindow* tooltip = ImGui::FindWindowByName("##Tooltip_00");
    if (tooltip && tooltip->Active) heights.push_back(tooltip->SizeFull.y);
  }
  REQUIRE(heights.size() > 30);
  // The first frames of a tooltip find its size.
  CHECK(*std::max_element(heights.begin() + 4, heights.end()) == heights.back());
}
