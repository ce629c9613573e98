// The right-hand column: what the network sees, what it says, and the numbers of the selected
// layer.
#pragma once

#include "views/frame.h"

namespace lens::inspector {

void draw(Frame& frame);

}  // namespace lens::inspector
