// The page's frame around the panels: the bar on top, the tabs, the banners, the status line and
// the list of keys.
#pragma once

#include "views/frame.h"

namespace lens::bars {

void draw_top(Frame& frame);
void draw_tabs(Frame& frame);
// A notice or a what-if that must not be overlooked; draws nothing and takes no room without one.
void draw_banners(Frame& frame);
void draw_status(Frame& frame);
void draw_help(Frame& frame, bool& open);
// What the panel shows before the first result: the file's progress.
void draw_waiting(Frame& frame);

}  // namespace lens::bars
