// A slider for whole numbers: name on the left, value on the right, the arrow keys' mark on the one
// that they move.
#pragma once

#include <string_view>

#include "ui/theme.h"

namespace lens::ui {

struct Slider {
  std::string_view name = {};   // "M  input channels"
  std::string_view value = {};  // as written: "512", "3 × 3"
  int low = 0;
  int high = 1;
  bool logarithmic = false;
  bool focused = false;    // the arrow keys move this one
  float name_width = 150;  // px at 1280
};

// The track and its knob alone; true when the value has changed.
bool bare_slider(const Theme& theme, const char* id, const Slider& slider, float width, int& value);
// With name and value, over the width that is left.
bool slider(const Theme& theme, const char* id, const Slider& slider, int& value);

}  // namespace lens::ui
