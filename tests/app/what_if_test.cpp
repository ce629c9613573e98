#include "app/headless_page.h"
#include "app/intervene_request.h"
#include "app/page_json.h"
#include "catch2/catch.hpp"

using namespace lens;
using test::HeadlessPage;

namespace {

void open_page(HeadlessPage& page, const char* hash = "model=v3-small") {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

void intervene(HeadlessPage& page, const char* request) {
  REQUIRE(page.app.intervene(request).ok());
  page.settle();
}

}  // namespace

TEST_CASE("what-if: an intervention gives a second run and leaves the first", "[app]") {
  HeadlessPage page;
  open_page(page);
  const Snapshot* plain = page.app.snapshot();
  intervene(page, "gates bneck1.se.gate off");
  CHECK(page.app.snapshot() == plain);
  REQUIRE(page.app.shown_snapshot() != plain);
  CHECK(page.app.shown_snapshot()->interventions.size() == 1);
  const NodeId scale = plain->graph().find("bneck1.se.scale");
  for (const float value : page.app.shown_snapshot()->output(scale).data) CHECK(value == 0.0f);
}

TEST_CASE("what-if: an empty list ends it, undo and redo walk the steps", "[app]") {
  HeadlessPage page;
  open_page(page);
  intervene(page, "silence stem 3");
  intervene(page, "silence stem 3\nsilence stem 4");
  CHECK(page.app.shown_snapshot()->interventions.size() == 2);
  page.app.press("u", false);
  page.settle();
  CHECK(page.app.shown_snapshot()->interventions.size() == 1);
  page.app.press("U", true);
  page.settle();
  CHECK(page.app.shown_snapshot()->interventions.size() == 2);
  intervene(page, "");
  CHECK(page.app.shown_snapshot() == page.app.snapshot());
}

TEST_CASE("what-if: B looks back at the plain run", "[app]") {
  HeadlessPage page;
  open_page(page);
  intervene(page, "silence stem 0");
  page.app.press("b", false);
  CHECK(page.app.shown_snapshot() == page.app.snapshot());
  page.app.press("b", false);
  CHECK(page.app.shown_snapshot() != page.app.snapshot());
}

TEST_CASE("what-if: a new photo keeps it, another model ends it", "[app]") {
  HeadlessPage page;
  open_page(page);
  intervene(page, "silence stem 0");
  page.bring_photo(50, 70);
  page.settle();
  CHECK(page.app.shown_snapshot()->interventions.size() == 1);
  REQUIRE(page.app.select("model=v2").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.shown_snapshot()->interventions.empty());
}

TEST_CASE("what-if: requests that do not fit are refused and change nothing", "[app]") {
  HeadlessPage page;
  open_page(page);
  for (const char* request :
       {"silence nowhere 0", "silence stem 99999", "silence stem -1", "silence stem x",
        "activation stem tanh", "activation bneck1.se.scale relu", "gates stem ones",
        "gates bneck1.se.gate 0.5,0.5", "gates bneck1.se.gate 2", "explode stem 1", "silence"}) {
    INFO(request);
    CHECK_FALSE(page.app.intervene(request).ok());
    CHECK(page.app.shown_snapshot() == page.app.snapshot());
  }
}

TEST_CASE("what-if: gates overridden by their own values change no bit", "[app]") {
  HeadlessPage page;
  open_page(page);
  const Snapshot& plain = *page.app.snapshot();
  std::string request = "gates bneck4.se.gate ";
  for (const float gate : plain.output(plain.graph().find("bneck4.se.gate")).data) {
    char text[32];
    std::snprintf(text, sizeof text, "%s%.9g", request.back() == ' ' ? "" : ",",
                  static_cast<double>(gate));
    request += text;
  }
  intervene(page, request.c_str());
  const Snapshot& after = *page.app.shown_snapshot();
  REQUIRE(&after != &plain);
  for (NodeId id = 0; id < plain.graph().size(); ++id) {
    const auto a = plain.output(id).data;
    const auto b = after.output(id).data;
    CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end()));
  }
}

TEST_CASE("what-if: the state tells the interventions", "[app]") {
  HeadlessPage page;
  open_page(page);
  intervene(page, "activation bneck2.project relu6\nsilence stem 2");
  const std::string state = state_json(page.app);
  CHECK(state.find(R"({"node":"bneck2.project","activation":"relu6"})") != std::string::npos);
  CHECK(state.find(R"({"node":"stem","channel":2,"silence":true})") != std::string::npos);
}

TEST_CASE("history: one undo takes a whole gesture back", "[app]") {
  InterventionHistory history;
  const auto silenced = [](int channel) { return Interventions{SilenceChannel{1, channel}}; };
  history.set(silenced(1), false);
  history.set(silenced(2), true);
  history.set(silenced(3), true);
  history.set(silenced(4), true);
  CHECK(history.current() == silenced(4));
  history.undo();
  CHECK(history.current() == silenced(1));
  history.redo();
  CHECK(history.current() == silenced(4));
  history.undo();
  history.set(silenced(5), false);
  CHECK_FALSE(history.can_redo());
}

TEST_CASE("history: a call that is no gesture ends one without a step", "[app]") {
  InterventionHistory history;
  const auto silenced = [](int channel) { return Interventions{SilenceChannel{1, channel}}; };
  CHECK(history.set(silenced(1), true));
  CHECK(history.set(silenced(2), true));
  CHECK_FALSE(history.set(silenced(2), false));
  CHECK(history.set(silenced(3), true));
  history.undo();
  CHECK(history.current() == silenced(2));
  history.undo();
  CHECK(history.current().empty());
}

TEST_CASE("table: the cost panel's numbers can be taken along", "[app]") {
  HeadlessPage page;
  open_page(page);
  const Result<Table> table = page.app.table("cost");
  REQUIRE(table.ok());
  CHECK(table->rows.size() + 1 == page.app.model().graph.nodes.size());
  CHECK_FALSE(page.app.table("nothing").ok());
}
