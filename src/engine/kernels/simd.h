// The SIMD kernels: lanes are channels, filters are packed. Each gives the same bits as its
// namesake in reference.h unless multiply-add is fused.
#pragma once

#include "engine/kernels/kernels.h"

namespace lens::fast {

void conv(const ConvArgs& args, Rows rows);
void pointwise(const ConvArgs& args, Rows rows);
void dense(const ConvArgs& args, Rows outputs);
void depthwise(const ConvArgs& args, Rows rows);
void add(const BinaryArgs& args, Rows rows);
void channel_scale(const BinaryArgs& args, Rows rows);
void global_pool(const UnaryArgs& args);

}  // namespace lens::fast
