#include "app/controls.h"

#include "app/drawn.h"
#include "app/page_json.h"
#include "catch2/catch.hpp"

namespace lens::test {

namespace {

std::string replaced(std::string text, const std::string& name, const std::string& by) {
  const std::size_t at = text.find(name);
  return at == std::string::npos ? text : text.replace(at, name.size(), by);
}

std::string filled_in(std::string text, const ModelCase& model) {
  text = replaced(text, "$depthwise", model.depthwise);
  text = replaced(text, "$mixing", model.mixing);
  text = replaced(text, "$block", model.block);
  return replaced(text, "$first", model.first);
}

void press_all(HeadlessPage& page, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    INFO("key " << key);
    REQUIRE(page.app.press(key, false));
    page.settle();
  }
}

// But for times, which differ from run to run.
std::string state_of(const HeadlessPage& page) {
  std::string text = state_json(page.app);
  const std::size_t ms = text.find("\"ms\":");
  text.erase(ms, text.find(',', ms) - ms);
  for (const std::string& model : asked().models) text += ", asks for " + model;
  for (const auto& [index, id] : asked().tray_samples) text += ", tray " + std::to_string(index);
  if (page.app.selection().before) text += ", looks back";
  return text + (page.app.measuring() ? ", measures" : "");
}

// What is on the screen, and how the panel looks.
struct Seen {
  explicit Seen(const HeadlessPage& page)
      : state(state_of(page)), text(drawn_text()), panel(fingerprint(drawn_panel())) {}

  bool tells(const std::string& effect) const {
    return state.find(effect) != std::string::npos ||
           text.find(as_drawn(effect)) != std::string::npos;
  }

  std::string state;
  std::string text;
  std::size_t panel;
};

void check_effect(const Seen& before, const Seen& after, const std::string& effect) {
  INFO("before:\n" << before.state << '\n' << before.text);
  INFO("after:\n" << after.state << '\n' << after.text);
  if (effect.empty()) {
    CHECK(before.panel != after.panel);
    return;
  }
  CHECK_FALSE(before.tells(effect));
  CHECK(after.tells(effect));
}

}  // namespace

void open_page(HeadlessPage& page, const std::string& hash) {
  page.app.set_samples({{"one.png", "One"}, {"two.png", "Two"}});
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  for (int round = 0; round < 2; ++round) {
    page.settle();  // and the view has said what it wants to be worked out
    for (int i = 0; page.app.running(); ++i) {
      REQUIRE(i < 10000);
      page.app.work(50);
    }
  }
  page.settle();
}

void click_text(HeadlessPage& page, const std::string& text) {
  INFO("click on " << text << " in\n" << drawn_text());
  const std::optional<DrawnBox> box = text_place(text, window_of_panel());
  REQUIRE(box.has_value());
  page.click((box->min.x + box->max.x) / 2, (box->min.y + box->max.y) / 2);
}

void check(const ModelCase& model, const Control& control) {
  const std::string hash = model.hash + "&" + filled_in(control.where, model);
  const std::string effect = filled_in(control.effect, model);
  INFO(hash << ": " << control.clicks.back() << ", " << effect);
  const auto use = [&](bool mouse) {
    HeadlessPage page(1600, 900);
    open_page(page, hash);
    press_all(page, control.first);
    const Seen before(page);
    if (!mouse) press_all(page, control.keys);
    for (std::size_t i = 0; mouse && i < control.clicks.size(); ++i) {
      click_text(page, filled_in(control.clicks[i], model));
    }
    press_all(page, control.then);
    const Seen after(page);
    check_effect(before, after, effect);
    return after;
  };
  const Seen by_mouse = use(true);
  if (control.keys.empty()) return;
  const Seen by_key = use(false);
  CHECK(by_mouse.state == by_key.state);
  if (effect.empty()) CHECK(by_mouse.panel == by_key.panel);
}

}  // namespace lens::test
