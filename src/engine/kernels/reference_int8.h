// The reference kernels on bytes: written to be read, one output at a time; kernels_int8.h.
#pragma once

#include "engine/kernels/kernels_int8.h"

namespace lens::reference {

void conv(const ByteConvArgs& args, Rows rows);
void pointwise(const ByteConvArgs& args, Rows rows);
void depthwise(const ByteConvArgs& args, Rows rows);
void add(const ByteAddArgs& args, Rows rows);
void channel_scale(const ByteScaleArgs& args, Rows rows);
void global_pool(const BytePoolArgs& args);

}  // namespace lens::reference
