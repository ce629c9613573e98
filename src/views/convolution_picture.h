// The calculator's small picture: a toy layer's stacks of maps, and what one output value reads of
// them. Walks only while the reader lets it.
#pragma once

#include <string>

#include "demos/convolution_cost_walk.h"
#include "ui/theme.h"

namespace lens::convolution_picture {

// 5 x 5 pixels, 3 -> 4 channels, with the real layer's kernel as far as it fits.
demos::ConvolutionLayer toy_layer(int kernel);

// Output values of the longest walk: after so many steps all three have ended.
int steps(const demos::ConvolutionLayer& toy);

// "one value reads 27 numbers", and how many of them lie outside the toy's maps.
std::string reads_text(const demos::Touch& touch);

// The three kinds side by side after `step` output values each (0: before the first), with their
// counters. Takes the width that is left and grows with `height`, within reason.
void draw(const ui::Theme& theme, const demos::ConvolutionLayer& toy, int step, float height);

}  // namespace lens::convolution_picture
