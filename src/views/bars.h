// The page's frame: the bar on top, the status line and the list of keys.
#pragma once

#include "views/frame.h"

namespace lens::bars {

void draw_top(Frame& frame);
void draw_status(Frame& frame);
void draw_help(Frame& frame, bool& open);

}  // namespace lens::bars
