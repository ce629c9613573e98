#include "ui/theme.h"

#include <fstream>
#include <iterator>
#include <string>

#include "catch2/catch.hpp"
#include "ui/font_metrics.h"

using namespace lens;

namespace {

std::vector<std::uint8_t> inter(const std::string& weight) {
  std::ifstream file("/usr/share/fonts/opentype/inter/Inter-" + weight + ".otf", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

float height_of(const ImFont& font, ImWchar character) {
  const ImFontGlyph* glyph = font.FindGlyph(character);
  return glyph->Y1 - glyph->Y0;
}

}  // namespace

TEST_CASE("theme: 15, 13 and 20 px are the em, not the line", "[ui]") {
  const ui::FontFiles files = {inter("Regular"), inter("SemiBold")};
  REQUIRE(files.regular.size() > 1000);
  REQUIRE(files.semibold.size() > 1000);
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ui::Theme theme;
  const float dpr = 4;  // so that whole pixels do not blur the measure
  theme.update(files, 1, dpr, false);
  ImGui::GetIO().Fonts->Build();
  // Inter's capitals are 0.727 of the em high.
  const float pixel = 1.5f / dpr;
  CHECK(height_of(*theme.body, 'H') / dpr == Approx(0.727 * 15).margin(pixel));
  CHECK(height_of(*theme.strong, 'H') / dpr == Approx(0.727 * 15).margin(pixel));
  CHECK(height_of(*theme.small, 'H') / dpr == Approx(0.727 * 13).margin(pixel));
  CHECK(height_of(*theme.title, 'H') / dpr == Approx(0.727 * 20).margin(pixel));
  ImGui::DestroyContext();
}

TEST_CASE("font metrics: the line is longer than the em by what the file says", "[ui]") {
  CHECK(ui::line_in_ems(inter("Regular")) == Approx(1.21).margin(0.001));
  CHECK(ui::line_in_ems({}) == 1);
  const std::vector<std::uint8_t> no_font(64, 7);
  CHECK(ui::line_in_ems(no_font) == 1);
}
