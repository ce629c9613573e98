#include "ui/theme.h"

#include <algorithm>
#include <cmath>

#include "ui/color.h"
#include "ui/font_metrics.h"

namespace lens::ui {

const Palette& palette(bool dark) {
  static constexpr Palette kLight = {.page = rgb(0xF3F5F8),
                                     .panel = rgb(0xFFFFFF),
                                     .sunken = rgb(0xEEF1F5),
                                     .text = rgb(0x151A21),
                                     .secondary = rgb(0x46505E),
                                     .line = rgb(0xD5DAE1),
                                     .strong_line = rgb(0x7B8594),
                                     .accent = rgb(0x0A49B0),
                                     .on_accent = rgb(0xFFFFFF),
                                     .hover = rgb(0xE4EBF7),
                                     .warning = rgb(0xFFF1CC),
                                     .warning_text = rgb(0x4A3500)};
  static constexpr Palette kDark = {.page = rgb(0x0E1116),
                                    .panel = rgb(0x171B22),
                                    .sunken = rgb(0x22272F),
                                    .text = rgb(0xF2F5F9),
                                    .secondary = rgb(0xB8C1CE),
                                    .line = rgb(0x343C48),
                                    .strong_line = rgb(0x7C8796),
                                    .accent = rgb(0x9CC1FF),
                                    .on_accent = rgb(0x0B1730),
                                    .hover = rgb(0x27303E),
                                    .warning = rgb(0x4A3A10),
                                    .warning_text = rgb(0xFFE9B0)};
  return dark ? kDark : kLight;
}

const Meaning& meaning(bool dark) {
  static constexpr Meaning kLight = {.standard = rgb(0x56B4E9),
                                     .depthwise = rgb(0x0072B2),
                                     .pointwise = rgb(0xE69F00),
                                     .project = rgb(0x009E73),
                                     .squeeze_excite = rgb(0xCC79A7),
                                     .head = rgb(0xD55E00),
                                     .other = rgb(0x7B8594)};
  static constexpr Meaning kDark = {.standard = rgb(0x56B4E9),
                                    .depthwise = rgb(0x3B9BD6),
                                    .pointwise = rgb(0xE69F00),
                                    .project = rgb(0x18B88A),
                                    .squeeze_excite = rgb(0xD98FB8),
                                    .head = rgb(0xE8741C),
                                    .other = rgb(0x8C97A6)};
  return dark ? kDark : kLight;
}

bool Theme::update(const FontFiles& files, float scale, float dpr, bool dark) {
  const bool fonts_stale = scale != scale_ || dpr != dpr_;
  const bool style_stale = fonts_stale || dark != dark_;
  scale_ = scale;
  dpr_ = dpr;
  dark_ = dark;
  if (style_stale) apply_style();
  if (fonts_stale) load_fonts(files);
  return fonts_stale;
}

namespace {

// em: the font's size as design programs count it, in device pixels.
ImFont* add_font(const std::vector<std::uint8_t>& bytes, float em) {
  // Latin-1, Greek and the blocks of symbols of assets/fonts/characters.txt; what the subset lacks
  // takes no room.
  static constexpr ImWchar kRanges[] = {0x20,   0xFF,   0x391,  0x3C9,  0x2010, 0x2026,
                                        0x207F, 0x207F, 0x2190, 0x2194, 0x2200, 0x2265,
                                        0x25A0, 0x25CF, 0x2713, 0x2713, 0};
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  const float pixels = std::round(em * line_in_ems(bytes));
  ImFontConfig config;
  config.SizePixels = pixels;
  if (bytes.empty()) return atlas.AddFontDefault(&config);
  config.FontDataOwnedByAtlas = false;  // FontFiles outlives the atlas
  config.OversampleH = 2;
  config.OversampleV = 1;
  config.PixelSnapH = false;
  // ImGui does not write to the data; its parameter is not const for ownership's sake only.
  void* data = const_cast<std::uint8_t*>(bytes.data());
  return atlas.AddFontFromMemoryTTF(data, static_cast<int>(bytes.size()), pixels, &config, kRanges);
}

}  // namespace

void Theme::load_fonts(const FontFiles& files) {
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->Clear();
  const auto device_px = [&](float size) { return px(size) * dpr_; };
  body = add_font(files.regular, device_px(15));
  strong = add_font(files.semibold, device_px(15));
  small = add_font(files.regular, device_px(13));
  title = add_font(files.semibold, device_px(20));
  io.FontGlobalScale = 1.0f / dpr_;
  io.FontDefault = body;
}

void Theme::apply_style() const {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = {px(16), px(12)};
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.PopupRounding = px(6);
  style.FramePadding = {px(12), px(7)};
  style.FrameRounding = px(6);
  style.ItemSpacing = {px(8), px(6)};
  style.CellPadding = {px(8), px(4)};
  style.ScrollbarSize = px(10);
  style.ScrollbarRounding = px(5);
  style.TouchExtraPadding = {px(2), px(2)};
  const Palette& c = color();
  const auto set = [&](ImGuiCol id, ImU32 value) {
    style.Colors[id] = ImGui::ColorConvertU32ToFloat4(value);
  };
  set(ImGuiCol_Text, c.text);
  set(ImGuiCol_WindowBg, c.panel);
  set(ImGuiCol_ChildBg, with_alpha(c.panel, 0));
  set(ImGuiCol_PopupBg, c.panel);
  set(ImGuiCol_Border, c.line);
  set(ImGuiCol_Button, c.sunken);
  set(ImGuiCol_ButtonHovered, c.hover);
  set(ImGuiCol_ButtonActive, mix(c.hover, c.accent, 0.25f));
  set(ImGuiCol_Header, c.hover);
  set(ImGuiCol_HeaderHovered, c.hover);
  set(ImGuiCol_HeaderActive, mix(c.hover, c.accent, 0.25f));
  set(ImGuiCol_ScrollbarBg, with_alpha(c.panel, 0));
  set(ImGuiCol_ScrollbarGrab, c.line);
  set(ImGuiCol_ScrollbarGrabHovered, c.strong_line);
  set(ImGuiCol_ScrollbarGrabActive, c.strong_line);
  set(ImGuiCol_TableHeaderBg, c.panel);
  set(ImGuiCol_TableBorderLight, c.line);
  set(ImGuiCol_TableBorderStrong, c.line);
  set(ImGuiCol_TableRowBg, with_alpha(c.panel, 0));
  set(ImGuiCol_TableRowBgAlt, with_alpha(c.panel, 0));
  set(ImGuiCol_ModalWindowDimBg, rgb(0x000000, 96));
  set(ImGuiCol_NavHighlight, c.accent);
}

float scale_for_width(float width) {
  const float scale = 1.0f + (width - 1280.0f) / 640.0f * 0.2f;
  return std::round(std::clamp(scale, 0.85f, 1.4f) * 20.0f) / 20.0f;
}

}  // namespace lens::ui
