// The look: colours, sizes and fonts, in one place. docs: one language, light by default, text
// contrast at least 7:1. Everything is sized in px(), which grows with the page.
#pragma once

#include <cstdint>
#include <vector>

#include "imgui.h"

namespace lens::ui {

struct Palette {
  ImU32 page;    // behind the panels
  ImU32 panel;   // the panels' ground
  ImU32 sunken;  // wells: tile ground, bar ground
  ImU32 text;
  ImU32 secondary;    // labels, units; still 7:1
  ImU32 line;         // separators
  ImU32 strong_line;  // lines that carry meaning, 3:1
  ImU32 accent;       // what is selected
  ImU32 on_accent;
  ImU32 hover;    // ground of what the pointer is on
  ImU32 warning;  // ground of a notice
  ImU32 warning_text;
};

// A meaning has one colour everywhere (Okabe-Ito, safe for colour-blind readers).
struct Meaning {
  ImU32 standard;  // standard convolution
  ImU32 depthwise;
  ImU32 pointwise;  // and expansion
  ImU32 project;    // linear
  ImU32 squeeze_excite;
  ImU32 head;
  ImU32 other;  // adds, pools, the input
};

const Palette& palette(bool dark);
const Meaning& meaning(bool dark);

// Where the interface's fonts come from; kept, since the atlas is rebuilt when the scale changes.
struct FontFiles {
  std::vector<std::uint8_t> regular;
  std::vector<std::uint8_t> semibold;
};

class Theme {
 public:
  // Rebuilds the font atlas and ImGui's style if anything differs from the last call; true if so
  // (the caller then uploads the atlas). scale: interface size, at 1 the em of text is 15 px. dpr:
  // device pixels per CSS pixel. Without font files ImGui's built-in font serves.
  bool update(const FontFiles& files, float scale, float dpr, bool dark);

  float px(float at_1280) const { return at_1280 * scale_; }

  float dpr() const { return dpr_; }

  bool dark() const { return dark_; }

  const Palette& color() const { return palette(dark_); }

  const Meaning& role() const { return meaning(dark_); }

  ImFont* body = nullptr;
  ImFont* strong = nullptr;
  ImFont* small = nullptr;
  ImFont* title = nullptr;

 private:
  void load_fonts(const FontFiles& files);
  void apply_style() const;

  float scale_ = 0;
  float dpr_ = 0;
  bool dark_ = false;
};

// Interface scale for a page of this width: 1 at 1280, 1.2 at 1920, in steps of 0.05.
float scale_for_width(float width);

}  // namespace lens::ui
