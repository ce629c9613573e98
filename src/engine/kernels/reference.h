// The reference kernels: written to be read, one output value at a time. kernels.h has the rules
// that they and the SIMD kernels share.
#pragma once

#include "engine/kernels/kernels.h"

namespace lens::reference {

void conv(const ConvArgs& args, Rows rows);
void pointwise(const ConvArgs& args, Rows rows);
void dense(const ConvArgs& args, Rows outputs);
void depthwise(const ConvArgs& args, Rows rows);
// Only the channels from first_channel on: what does not fill a vector.
void depthwise_channels(const ConvArgs& args, Rows rows, int first_channel);
void add(const BinaryArgs& args, Rows rows);
void channel_scale(const BinaryArgs& args, Rows rows);
void global_pool(const UnaryArgs& args);
void softmax(const UnaryArgs& args);

}  // namespace lens::reference
