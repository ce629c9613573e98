#include "views/what_if_nets.h"

#include "catch2/catch.hpp"
#include "views/what_if_choices.h"

using namespace lens;
using namespace lens::what_if_nets;

namespace {

ShownModel shown(std::string_view id, Variant variant = {}) {
  ShownModel model;
  model.entry = find_model(id);
  model.variant = variant;
  return model;
}

Graph base(std::string_view id) {
  return find_model(id)->build({}, kPaperClasses);
}

double number(const Table& table, std::size_t row, std::size_t column) {
  return std::get<double>(table.rows[row][column]);
}

}  // namespace

TEST_CASE("what-if choices: every option can be chosen and is then the one that stands",
          "[views]") {
  for (const CatalogEntry& entry : catalog()) {
    const Graph graph = base(entry.id);
    for (int i = 0; i < kChoices; ++i) {
      const Choice choice = static_cast<Choice>(i);
      if (!has_choice(graph, choice)) continue;
      const int count = static_cast<int>(options(graph, choice).size());
      REQUIRE(count >= 2);
      for (int option = 0; option < count; ++option) {
        Variation variation;
        choose(graph, variation, choice, option);
        INFO(entry.id << " " << name_of(choice) << " " << option);
        CHECK(option_of(graph, variation, choice) == option);
      }
      Variation variation;
      choose(graph, variation, choice, 99);  // beyond the end: the last
      CHECK(option_of(graph, variation, choice) == count - 1);
    }
  }
}

TEST_CASE("what-if choices: versions offer only what they have", "[views]") {
  CHECK_FALSE(has_choice(base("v1"), Choice::expansion));
  CHECK_FALSE(has_choice(base("v1"), Choice::squeeze_excite));
  CHECK_FALSE(has_choice(base("v1"), Choice::last_stage));
  CHECK_FALSE(has_choice(base("v2"), Choice::squeeze_excite));
  CHECK(has_choice(base("v2"), Choice::expansion));
  CHECK(has_choice(base("v3-large"), Choice::squeeze_excite));
  CHECK(has_choice(base("v3-large"), Choice::last_stage));
}

TEST_CASE("what-if nets: the own net of every variant is the one that the costs count", "[views]") {
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) {
      const ShownModel model = shown(entry.id, variant);
      const Table table = what_if_nets::table(model, State{});
      const Cost total = total_cost(entry.build(variant, kPaperClasses));
      CHECK(number(table, 0, 2) == static_cast<double>(total.macs));
      CHECK(number(table, 1, 2) == static_cast<double>(total.macs));  // nothing changed yet
      CHECK(std::get<std::string>(table.rows[1][1]).empty());
    }
  }
}

TEST_CASE("what-if nets: arrow keys walk the choices and change them", "[views]") {
  const ShownModel model = shown("v2");
  State state = {.entry = model.entry, .variant = model.variant, .variation = {}, .focused = 0};
  REQUIRE(press(state, "ArrowDown"));
  REQUIRE(press(state, "ArrowDown"));
  CHECK(state.focused == static_cast<int>(Choice::expansion));
  REQUIRE(press(state, "ArrowRight"));
  REQUIRE(press(state, "ArrowRight"));
  CHECK(state.variation.expansion == 2);
  CHECK(in_words(model, state.variation) == "Expansion t: 2");
  REQUIRE(press(state, "ArrowDown"));
  REQUIRE(press(state, "ArrowDown"));  // V2 has no squeeze-and-excitation to leave out
  CHECK(state.focused == static_cast<int>(Choice::stem));
  const Table table = what_if_nets::table(model, state);
  CHECK(number(table, 1, 2) < number(table, 0, 2));
  CHECK_FALSE(press(state, "m"));
}
