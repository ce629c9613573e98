#include "app/headless_page.h"

#include "catch2/catch.hpp"
#include "platform/shell.h"

namespace lens::test {

Asked& asked() {
  static Asked instance;
  return instance;
}

HeadlessPage::HeadlessPage(float width, float height) {
  asked() = {};
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {width, height};
}

HeadlessPage::~HeadlessPage() {
  ImGui::DestroyContext();
}

int HeadlessPage::frame(float mouse_x, float mouse_y, bool pressed) {
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = 1.0f / 60;
  io.MousePos = mouse_x < 0 ? ImVec2(-FLT_MAX, -FLT_MAX) : ImVec2(mouse_x, mouse_y);
  io.MouseDown[0] = pressed;
  if (app.update_theme(io.DisplaySize.x, 1)) io.Fonts->Build();
  ImGui::NewFrame();
  wants_frame = app.frame();
  ImGui::Render();
  return ImGui::GetDrawData()->TotalVtxCount;
}

void HeadlessPage::click(float x, float y) {
  frame(x, y);
  frame(x, y, true);
  frame(x, y);
  settle();
}

void HeadlessPage::settle() {
  for (int i = 0; i < 4; ++i) frame();
  for (int i = 0; app.busy(); ++i) {
    REQUIRE(i < 10000);
    app.work(8);
    if (i % 8 == 0) frame();
  }
  frame();
}

void HeadlessPage::bring_photo(int width, int height) {
  std::vector<std::uint8_t> rgba(static_cast<std::size_t>(width * height * 4), 255);
  for (std::size_t i = 0; i < rgba.size(); ++i) {
    if (i % 4 != 3) rgba[i] = static_cast<std::uint8_t>(i * 37 % 256);
  }
  REQUIRE(app.photo_arrived("pattern.png", {width, height, 4, rgba}).ok());
}

void HeadlessPage::bring_untrained_model() {
  app.model_failed({"", ""});
}

}  // namespace lens::test

// The page's half of the contract, written down instead of carried out.
namespace lens::shell {

void request_model(const std::string& id, double width, int resolution) {
  char text[64];
  std::snprintf(text, sizeof text, "%s %g %d", id.c_str(), width, resolution);
  test::asked().models.emplace_back(text);
}

void request_sample(int index) {
  test::asked().samples.push_back(index);
}

void request_tray_sample(int index, int id) {
  test::asked().tray_samples.emplace_back(index, id);
}

void open_picker() {
  ++test::asked().pickers;
}

void toggle_camera() {
  ++test::asked().camera_toggles;
}

void event(const std::string& name, const std::string&) {
  test::asked().events.push_back(name);
}

void set_hash(const std::string& text) {
  test::asked().hash = text;
}

void save_text(const std::string& name, const std::string& type, const std::string& text) {
  test::asked().saved.push_back({name, type, text});
}

void save_picture(const std::string& name, float, float, float, float) {
  test::asked().saved.push_back({name, "image/png", ""});
}

void remember_theme(bool) {}

}  // namespace lens::shell
