// How much each nonlinearity sets to zero on this photo, through the whole network: V1, V2 and V3
// below each other, aligned by resolution.
#pragma once

#include "views/frame.h"

namespace lens::zeros {

// Averages over the layers of a network that matter to the question.
struct Summary {
  int narrowest_rectified = 0;    // fewest channels behind a block's last layer with a nonlinearity
  int narrowest_linear = 0;       // and behind one without; 0 where there is none
  double zeros_at_block_end = 0;  // mean share of zeros in the blocks' last layers
  double zeros_inside = 0;        // and in the layers before them
};

Summary summary(const ZeroMeter& meter);

void draw(Frame& frame);
// V: measure the other versions too.
bool press(Frame& frame, std::string_view key);
// A row per layer of every version measured on this photo.
Table table(const Frame& frame);

}  // namespace lens::zeros
