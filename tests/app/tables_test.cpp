// Any table can be taken along, any panel as a picture: by key as by the menu.
#include <algorithm>

#include "app/headless_page.h"
#include "catch2/catch.hpp"

using namespace lens;
using test::asked;
using test::HeadlessPage;

namespace {

void open_page(HeadlessPage& page, const std::string& hash) {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

void finish_background(HeadlessPage& page) {
  page.app.work(0);  // begins with what the frame has asked for
  for (int i = 0; page.app.running(); ++i) {
    REQUIRE(i < 10000);
    page.app.work(1000);
  }
}

}  // namespace

TEST_CASE("tables: every view has one, whole and not empty, on every version", "[app]") {
  for (const CatalogEntry& entry : catalog()) {
    HeadlessPage page;
    open_page(page, "model=" + std::string(entry.id) + "&node=stem&channel=0");
    const bool has_se = entry.id.substr(0, 2) == "v3";
    for (const View& view : views()) {
      INFO(entry.id << ", " << view.id);
      REQUIRE(page.app.select("view=" + std::string(view.id)).ok());
      page.frame();  // what a view asks for in its first frame
      finish_background(page);
      const Result<Table> table = page.app.table(view.id);
      REQUIRE(table.ok());
      for (const auto& row : table->rows) CHECK(row.size() == table->columns.size());
      const bool of_se = view.panel == "Squeeze-excite";
      CHECK(table->rows.empty() == (of_se && !has_se));
    }
  }
}

TEST_CASE("tables: K keeps a picture of the panel, with Shift its table, J the table as JSON",
          "[app]") {
  HeadlessPage page;
  open_page(page, "model=v3-small&node=bneck4.se.gate");
  for (const View& view : views()) {
    INFO(view.id);
    REQUIRE(page.app.select("view=" + std::string(view.id)).ok());
    page.frame();
    finish_background(page);
    asked().saved.clear();
    REQUIRE(page.app.press("k", false));
    REQUIRE(page.app.press("K", true));
    REQUIRE(page.app.press("j", false));
    page.frame();
    REQUIRE(asked().saved.size() == 3);
    CHECK(asked().saved[0].name == std::string(view.id) + ".png");
    CHECK(asked().saved[1].name == std::string(view.id) + ".csv");
    const std::string& text = asked().saved[1].text;
    const Result<Table> table = page.app.table(view.id);
    const auto lines = std::count(text.begin(), text.end(), '\n');
    CHECK(lines == static_cast<std::ptrdiff_t>(table->rows.size()) + 1);
    CHECK(asked().saved[2].name == std::string(view.id) + ".json");
    CHECK(asked().saved[2].text == to_json(*table));
  }
}

TEST_CASE("tables: the blocks' shortcuts are those of the papers, each absence with its reason",
          "[app]") {
  struct Case {
    const char* model;
    int blocks;
    int with;
    int stride;
    int channels;
  };

  for (const Case& of : {Case{"v1", 13, 0, 0, 0}, Case{"v2", 17, 10, 4, 3},
                         Case{"v3-large", 15, 10, 4, 1}, Case{"v3-small", 11, 6, 4, 1}}) {
    HeadlessPage page;
    open_page(page, std::string("view=blocks&model=") + of.model);
    const Result<Table> table = page.app.table("blocks");
    REQUIRE(table.ok());
    const auto count = [&](const char* word) {
      return std::count_if(table->rows.begin(), table->rows.end(), [&](const auto& row) {
        return std::get<std::string>(row.back()).find(word) != std::string::npos;
      });
    };
    INFO(of.model);
    CHECK(static_cast<int>(table->rows.size()) == of.blocks);
    CHECK(count("shortcut, no ReLU") == of.with);
    CHECK(count("stride 2") == of.stride);
    CHECK(count("\xE2\x86\x92") == of.channels);
    CHECK(count("V1 has none") == (of.with == 0 ? of.blocks : 0));
  }
}
