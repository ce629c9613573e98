// Above every panel: the tabs, the views of the panel, what can be saved, and what the reader must
// know (an error, untrained weights, a what-if).
#pragma once

#include "views/views.h"

namespace lens::panel_bar {

void draw_tabs(Frame& frame, const ViewStates& states, const View& view);
void draw_banners(Frame& frame);
// In place of a view that needs a finished run.
void draw_waiting(Frame& frame);
// In place of a view that int8 has nothing for: why, and the way to float32.
void draw_needs_float32(Frame& frame, std::string_view why);

// "Loading MobileNet V2: 1.2 MB of 3.61 MB"
std::string loading_text(const Activity& activity);

}  // namespace lens::panel_bar
