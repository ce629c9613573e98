// How the page is divided, and what is drawn where.
#pragma once

#include "views/views.h"

namespace lens {

// Where the panel stands on a page of this size.
struct Area {
  float x, y, width, height;
};

Area panel_area(const ui::Theme& theme, ImVec2 page);

void draw_page(Frame& frame, ViewStates& states, bool& help_open);

}  // namespace lens
