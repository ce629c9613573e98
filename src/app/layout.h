// How the page is divided, and what is drawn where.
#pragma once

#include "views/views.h"

namespace lens {

void draw_page(Frame& frame, ViewStates& states, bool& help_open);

}  // namespace lens
