// The fast kernels on bytes: the same bytes as their namesakes in reference_int8.h, always.
#pragma once

#include "engine/kernels/kernels_int8.h"

namespace lens::fast {

void conv(const ByteConvArgs& args, Rows rows);
void pointwise(const ByteConvArgs& args, Rows rows);
void depthwise(const ByteConvArgs& args, Rows rows);
void add(const ByteAddArgs& args, Rows rows);
void channel_scale(const ByteScaleArgs& args, Rows rows);
void global_pool(const BytePoolArgs& args);

}  // namespace lens::fast
