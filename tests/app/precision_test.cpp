// The switch between float32 and int8, over the smallest published file: V1 at 0.25 and 128.
#include <algorithm>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "app/page_json.h"
#include "catch2/catch.hpp"
#include "support/published.h"

using namespace lens;
using test::asked;
using test::HeadlessPage;

namespace {

const char* const kSmall = "model=v1&width=0.25&resolution=128";

std::vector<FileBytes> small_files() {
  std::vector<FileBytes> files;
  for (const std::string& name : test::published_model("v1-0.25-128").files) {
    files.push_back(test::read_asset("models/" + name));
  }
  return files;
}

void start_with_published(HeadlessPage& page, const std::string& more = "") {
  page.app.start(kSmall + more);
  page.app.model_arrived(small_files());
  page.bring_photo(150, 140);
  page.settle();
}

void choose(HeadlessPage& page, const char* precision) {
  REQUIRE(page.app.select(std::string("precision=") + precision).ok());
  page.settle();
}

bool says(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("precision: float32 first, int8 and back on demand, nothing fetched", "[app]") {
  HeadlessPage page;
  start_with_published(page);
  const std::size_t requests = asked().models.size();
  CHECK(page.app.precision() == Precision::float32);
  choose(page, "int8");
  CHECK(page.app.snapshot()->precision == Precision::int8);
  CHECK(says(asked().hash, "precision=int8"));
  CHECK(says(state_json(page.app), "\"precision\":\"int8\""));
  CHECK(page.app.press("q", false));
  page.settle();
  CHECK(page.app.snapshot()->precision == Precision::float32);
  CHECK_FALSE(says(asked().hash, "precision"));
  CHECK(asked().models.size() == requests);
}

TEST_CASE("precision: the page shows the bytes' real numbers, nothing else", "[app]") {
  HeadlessPage page;
  start_with_published(page, "&precision=int8");
  const Snapshot& snapshot = *page.app.snapshot();
  REQUIRE(snapshot.precision == Precision::int8);
  const NodeId node = snapshot.graph().find("stem");
  const Affine& affine = snapshot.model->quantized()->affine(node);
  const auto bytes = snapshot.output_bytes(node);
  const auto reals = snapshot.output(node).data;
  CHECK(std::equal(bytes.begin(), bytes.end(), reals.begin(),
                   [&](std::uint8_t byte, float real) { return affine.real(byte) == real; }));
}

TEST_CASE("precision: a model without int8 refuses, says why, and stays as it is", "[app]") {
  HeadlessPage page;
  page.app.start("model=v3-large&precision=int8");
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  CHECK(page.app.precision() == Precision::float32);
  CHECK_FALSE(says(asked().hash, "precision"));
  const Snapshot* before = page.app.snapshot();
  const Result<bool> refused = page.app.select("precision=int8&node=stem");
  REQUIRE_FALSE(refused.ok());
  CHECK(says(refused.error().message, "untrained"));
  CHECK_FALSE(refused.error().hint.empty());
  CHECK(page.app.press("q", false));  // the page says the same
  page.settle();
  REQUIRE(page.app.notice().has_value());
  CHECK(says(page.app.notice()->message, "untrained"));
  CHECK(page.app.snapshot() == before);
}

TEST_CASE("precision: int8 of a model that turns out to have none changes nothing", "[app]") {
  HeadlessPage page;
  start_with_published(page, "&node=stem&view=cost");
  const std::string before = state_json(page.app);
  const Snapshot* snapshot = page.app.snapshot();
  REQUIRE(page.app.select("model=v3-large&precision=int8&node=bneck2.expand&view=weights").ok());
  page.frame();
  CHECK(page.app.busy());
  CHECK_FALSE(page.app.refused().has_value());
  page.bring_untrained_model();
  page.settle();
  REQUIRE(page.app.refused().has_value());
  CHECK(says(page.app.refused()->message, "untrained"));
  CHECK(state_json(page.app) == before);
  CHECK(page.app.snapshot() == snapshot);
  CHECK_FALSE(page.app.notice().has_value());
  // Nothing of it is left over: not for another photo, not for the same model without the demand.
  page.bring_photo(90, 60);
  page.settle();
  CHECK(page.app.model().info.entry->id == "v1");
  CHECK(page.app.precision() == Precision::float32);
  CHECK_FALSE(page.app.select("model=v3-large&precision=int8").ok());  // it is known by now
  REQUIRE(page.app.select("model=v3-large").ok());
  page.settle();
  CHECK_FALSE(page.app.refused().has_value());
  CHECK(page.app.model().info.entry->id == "v3-large");
  CHECK(page.app.selection().view == "cost");
}

TEST_CASE("precision: a model that could not be fetched is refused in int8 with that reason",
          "[app]") {
  HeadlessPage page;
  start_with_published(page);
  REQUIRE(page.app.select("model=v2&precision=int8").ok());
  page.app.model_failed({"v2.tflite could not be fetched.", "Check the connection."});
  page.settle();
  REQUIRE(page.app.refused().has_value());
  CHECK(says(page.app.refused()->message, "could not be fetched"));
  CHECK(page.app.model().info.entry->id == "v1");
  REQUIRE(page.app.select("model=v2").ok());
  CHECK(asked().models.back() == "v2 1 224");  // and asked for once more
}

TEST_CASE("precision: int8 together with a model that has it, whatever comes in between", "[app]") {
  const bool second_thoughts = GENERATE(false, true);
  HeadlessPage page;
  page.app.start("model=v3-large");
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  REQUIRE(page.app.select(std::string(kSmall) + "&precision=int8&node=block3.pointwise&channel=4")
              .ok());
  page.bring_photo(80, 90);
  while (page.app.running()) page.app.work(8);
  CHECK(page.app.precision() == Precision::float32);  // the old model, with the new photo
  CHECK(page.app.model().info.entry->id == "v3-large");
  if (second_thoughts) REQUIRE(page.app.select("precision=float32").ok());
  page.app.model_arrived(small_files());
  page.settle();
  CHECK_FALSE(page.app.refused().has_value());
  CHECK(page.app.precision() == (second_thoughts ? Precision::float32 : Precision::int8));
  const Selection& selection = page.app.selection();
  CHECK(page.app.model().graph.node(selection.node).name == "block3.pointwise");
  CHECK(selection.channel == 4);
}

TEST_CASE("precision: a layer can be selected while the model cannot do the wished int8", "[app]") {
  HeadlessPage page;
  page.app.start("model=v3-large&precision=int8");
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
  CHECK(page.app.select("node=stem").ok());
}

TEST_CASE("precision: the wish outlives a model that cannot fulfil it", "[app]") {
  HeadlessPage page;
  start_with_published(page, "&precision=int8");
  REQUIRE(page.app.select("model=v3-large").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.precision() == Precision::float32);
  REQUIRE(page.app.select(kSmall).ok());
  page.settle();
  CHECK(page.app.precision() == Precision::int8);
}

TEST_CASE("precision: a visitor's own quantized file has int8 too", "[app]") {
  HeadlessPage page;
  page.app.start(kSmall);
  page.bring_untrained_model();
  page.bring_photo(150, 140);
  page.settle();
  CHECK_FALSE(page.app.select("precision=int8").ok());
  REQUIRE(page.app.own_files_arrived("mine.tflite", small_files()).ok());
  page.settle();
  choose(page, "int8");
  CHECK(page.app.snapshot()->precision == Precision::int8);
  CHECK(page.app.model().info.origin == WeightsOrigin::own_file);
}

TEST_CASE("precision: in int8 a silenced channel works, an exchanged activation is refused",
          "[app]") {
  HeadlessPage page;
  start_with_published(page, "&precision=int8");
  REQUIRE(page.app.intervene("silence stem 3").ok());
  page.settle();
  const Snapshot& shown = *page.app.shown_snapshot();
  REQUIRE(shown.interventions.size() == 1);
  CHECK(shown.precision == Precision::int8);
  CHECK(shown.output(shown.graph().find("stem")).at(5, 5, 3) == 0.0f);
  CHECK_FALSE(page.app.intervene("activation stem linear").ok());
}

TEST_CASE("precision: a switch ends the what-if and its history", "[app]") {
  HeadlessPage page;
  start_with_published(page);
  REQUIRE(page.app.intervene("activation stem linear").ok());
  page.settle();
  choose(page, "int8");
  CHECK(page.app.shown_snapshot() == page.app.snapshot());
  page.app.press("u", false);  // would bring back what int8 cannot do
  page.settle();
  CHECK(page.app.shown_snapshot() == page.app.snapshot());
  CHECK(page.app.snapshot()->interventions.empty());
}

TEST_CASE("precision: every view draws in int8; what needs float32 says so", "[app]") {
  HeadlessPage page;
  start_with_published(page, "&precision=int8");
  int float_only = 0;
  for (const View& view : views()) {
    INFO(view.id);
    REQUIRE(page.app.select("view=" + std::string(view.id)).ok());
    for (const char* key : {"r", "a", "v", "x", "Enter"}) page.app.press(key, false);
    page.frame(640, 400);
    CHECK(test::vertices_in(test::drawn_panel()) > 150);
    page.settle();
    REQUIRE(page.app.select("view=" + std::string(view.id)).ok());
    if (works_in(view, Precision::int8)) continue;
    ++float_only;
    const Result<Table> table = page.app.table(view.id);
    REQUIRE_FALSE(table.ok());
    CHECK(table.error().message == view.why_float32);
  }
  CHECK(float_only == 4);
  CHECK(says(explain_json(page.app, "stem", 0, 0, 0), "\"error\""));
}

TEST_CASE("precision: times that were measured belong to one precision", "[app]") {
  HeadlessPage page;
  start_with_published(page);
  REQUIRE(page.app.select("view=cost").ok());
  page.app.press("p", false);
  page.frame();
  for (int i = 0; page.app.measuring() && i < 100000; ++i) page.app.work(8);
  REQUIRE(page.app.timing() != nullptr);
  choose(page, "int8");
  CHECK(page.app.timing() == nullptr);
  choose(page, "float32");
  CHECK(page.app.timing() != nullptr);
}

TEST_CASE("precision: int8 takes less than half of the bytes", "[app]") {
  HeadlessPage page;
  start_with_published(page);
  const ShownModel& info = page.app.model().info;
  REQUIRE(info.has_int8());
  CHECK(info.int8_memory->peak_bytes() < info.float32_memory->peak_bytes() / 2);
}
