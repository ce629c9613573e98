// The list of keys tells the truth: every key that it names does something in its view, and a view
// answers to no letter that it does not name.
#include <algorithm>
#include <sstream>

#include "catch2/catch.hpp"
#include "support/fingerprint.h"
#include "views/se_blocks.h"
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
class Page {
 public:
  Page() : test("v3-small") {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {728, 716};
    test.theme.update({}, 1, 1, false);
    io.Fonts->Build();
    test.select("bneck4.se.gate", 3);
    photo.id = 1;
    photo.state = TrayPhoto::State::done;
    for (const SeBlock& block : se_blocks(test.now->graph())) {
      const std::span<const float> gates = test.now->output(block.gate).data;
      photo.gates.emplace_back(gates.begin(), gates.end());
    }
    states.weights.zoom = 6;
    states.what_if_nets.entry = test.model.entry;
    states.published.points = published::points();
    states.published.chosen = 0;
    states.embedding.seed = 2;
    states.cost.sorted_by = cost_table::Column::macs;
    states.cost_charts.chart = cost_charts::Chart::speed;
  }

  ~Page() { ImGui::DestroyContext(); }

  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  bool press(const View& view, const std::string& key) {
    Frame shown = frame();
    return press_in(view, shown, states, key);
  }

  // What the key is for.
  void prepare(const View& view, const std::string& key) {
    test.selection.view = view.id;
    if (view.id == "cell" && key.find("Arrow") != std::string::npos) test.select("stem", 3);
    if (view.id == "squeeze_excite" && key == "Enter") test.selection.channel = -1;
    if (view.id == "embedding" && key == "Backspace") {
      states.embedding.figure = embedding::Figure::scribble;
      embedding::scribble_to(states.embedding, {0.5, -0.5});
    }
    if (view.id == "cell" && key == "Enter") press(view, "PageDown");  // a term to go to
  }

  // The view as it is drawn, as a number; what it wishes for while it is drawn is let go.
  std::size_t look(const View& view) {
    std::size_t print = 0;
    for (int i = 0; i < 3; ++i) print = draw(view);  // it comes to rest
    test.commands.clear();
    return print;
  }

  TestFrame test;
  TrayPhoto photo;
  ViewStates states;

 private:
  Frame frame() {
    Frame frame = test.frame();
    frame.tray = {&photo, 1};
    return frame;
  }

  std::size_t draw(const View& view) {
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("view", nullptr, ImGuiWindowFlags_NoDecoration);
    Frame shown = frame();
    view.draw(shown, states);
    ImGui::End();
    ImGui::Render();
    return lens::test::fingerprint(*ImGui::GetDrawData(), [](ImVec2) { return true; });
  }
};

bool same(const Selection& a, const Selection& b) {
  return a.node == b.node && a.channel == b.channel && a.view == b.view && a.before == b.before &&
         a.pin == b.pin;
}

}  // namespace

TEST_CASE("keys: every view has some, and those that its list names do something", "[views]") {
  for (const View& view : views()) {
    REQUIRE(view.press != nullptr);
    CHECK_FALSE(view.keys.empty());
    for (const std::string& key : all_keys(view)) {
      INFO(view.id << ": " << key);
      Page page;
      page.prepare(view, key);
      const std::size_t look = page.look(view);
      const Selection selection = page.test.selection;
      const MapScaleChoice scale = page.states.map_scale.choice;
      CHECK(page.press(view, key));
      const bool changed = !same(selection, page.test.selection) || !page.test.commands.empty() ||
                           !(scale == page.states.map_scale.choice) || look != page.look(view);
      CHECK(changed);
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
      page.prepare(view, key);
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
      page.prepare(view, key);
      CHECK(page.press(view, std::string(1, static_cast<char>(key[0] - 'a' + 'A'))));
    }
  }
}
