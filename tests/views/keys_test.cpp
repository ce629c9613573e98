// The list of keys tells the truth: every key that it names does something in its view, and a view
// answers to no letter that it does not name.
#include <algorithm>
#include <sstream>

#include "catch2/catch.hpp"
#include "views/test_frame.h"
#include "views/views.h"

using namespace lens;
using test::TestFrame;

namespace {

// As KeyboardEvent.key and App::press have it.
std::string event_key(const std::string& name) {
  static const std::pair<const char*, const char*> kNames[] = {
      {"↑", "ArrowUp"},    {"↓", "ArrowDown"},  {"←", "ArrowLeft"},
      {"→", "ArrowRight"}, {"Page↑", "PageUp"}, {"Page↓", "PageDown"},
      {"Esc", "Escape"},   {"Space", " "},      {"−", "-"}};
  for (const auto& [shown, key] : kNames) {
    if (name == shown) return key;
  }
  const bool letter = name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z';
  return letter ? std::string(1, static_cast<char>(name[0] - 'A' + 'a')) : name;
}

// "Shift + ← →" -> {"Shift+ArrowLeft", "Shift+ArrowRight"}
std::vector<std::string> event_keys(const Key& key) {
  std::istringstream words(key.key);
  std::vector<std::string> result;
  std::string prefix;
  bool page = false;
  bool shift = false;
  for (std::string word; words >> word;) {
    if (word == "Shift") {
      shift = true;
      words >> word;  // the plus
    } else if (word == "Page") {
      page = true;
    } else {
      result.push_back((shift ? "Shift+" : "") + event_key(page ? "Page" + word : word));
      page = false;
    }
  }
  return result;
}

std::vector<std::string> all_keys(const View& view) {
  std::vector<std::string> result;
  for (const Key& key : view.keys) {
    for (std::string& name : event_keys(key)) result.push_back(std::move(name));
  }
  return result;
}

// A page on which every key has something to do: a chosen gate, a photo in the tray, views that
// have been drawn once.
struct Page {
  Page() : test("v3-small") {
    test.select("bneck4.se.gate", 3);
    photo.id = 1;
    states.what_if_nets.entry = test.model.entry;
    states.published.points = published::points();
    states.published.chosen = 0;
    states.embedding.seed = 2;
    states.cost.sorted_by = cost_table::Column::macs;
    states.cost_charts.chart = cost_charts::Chart::speed;
  }

  bool press(const View& view, const std::string& key) {
    if (view.id == "cell" && key.find("Arrow") != std::string::npos) test.select("stem", 3);
    if (view.id == "squeeze_excite" && key == "Enter") test.selection.channel = -1;
    if (view.id == "embedding" && key == "Backspace") {
      states.embedding.figure = embedding::Figure::scribble;
    }
    if (view.id == "cell" && key == "Enter") press(view, "PageDown");  // a term to go to
    Frame frame = test.frame();
    frame.tray = {&photo, 1};
    return press_in(view, frame, states, key);
  }

  TestFrame test;
  TrayPhoto photo;
  ViewStates states;
};

}  // namespace

TEST_CASE("keys: every view has some, and those that its list names do something", "[views]") {
  for (const View& view : views()) {
    REQUIRE(view.press != nullptr);
    CHECK_FALSE(view.keys.empty());
    for (const std::string& key : all_keys(view)) {
      Page page;
      INFO(view.id << ": " << key);
      CHECK(page.press(view, key));
    }
  }
}

TEST_CASE("keys: a view answers to no letter that its list does not name", "[views]") {
  for (const View& view : views()) {
    const std::vector<std::string> named = all_keys(view);
    for (char letter = 'a'; letter <= 'z'; ++letter) {
      const std::string key(1, letter);
      Page page;
      INFO(view.id << ": " << key);
      const bool listed = std::find(named.begin(), named.end(), key) != named.end();
      CHECK(page.press(view, key) == listed);
    }
  }
}

TEST_CASE("keys: a letter means the same with Caps Lock", "[views]") {
  for (const View& view : views()) {
    for (const std::string& key : all_keys(view)) {
      if (key.size() != 1 || key[0] < 'a' || key[0] > 'z') continue;
      Page page;
      INFO(view.id << ": " << key);
      CHECK(page.press(view, std::string(1, static_cast<char>(key[0] - 'a' + 'A'))));
    }
  }
}
