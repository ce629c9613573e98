#include "ui/widgets.h"

#include "catch2/catch.hpp"

using namespace lens;

namespace {

// ImGui with its own font and no back end.
struct Fonts {
  Fonts() {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().Fonts->Build();
    font = ImGui::GetIO().Fonts->Fonts[0];
  }

  ~Fonts() { ImGui::DestroyContext(); }

  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  ImFont* font = nullptr;
};

}  // namespace

TEST_CASE("lines: break at blanks alone, and are no wider than asked", "[ui]") {
  const Fonts fonts;
  const std::string text = "ReLU after bneck6.project zeroes half, of the values";
  const float width = ui::text_size(fonts.font, "ReLU after bneck6.").x;
  const std::string lines = ui::in_lines(fonts.font, text, width);
  CHECK(lines.find("bneck6.project") != std::string::npos);
  CHECK(ui::text_size(fonts.font, lines).x <= width);
  std::string again = lines;
  for (char& c : again) c = c == '\n' ? ' ' : c;
  CHECK(again == text);
}

TEST_CASE("lines: what fits stays as it is, breaks of its own included", "[ui]") {
  const Fonts fonts;
  CHECK(ui::in_lines(fonts.font, "one two\nthree", 1000) == "one two\nthree");
  CHECK(ui::in_lines(fonts.font, "wide", 1).substr(0, 4) == "wide");
  CHECK(ui::in_lines(fonts.font, "", 100).empty());
}
