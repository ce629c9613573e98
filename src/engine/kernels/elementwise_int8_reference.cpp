#include "engine/kernels/reference_int8.h"

namespace lens::reference {

void add(const ByteAddArgs& args, Rows rows) {
  const std::size_t end = args.shape.index(rows.end, 0, 0);
  for (std::size_t i = args.shape.index(rows.begin, 0, 0); i < end; ++i) {
    args.output[i] = add_bytes(args.input[i], args.second[i], *args.scales);
  }
}

void channel_scale(const ByteScaleArgs& args, Rows rows) {
  const std::size_t end = args.shape.index(rows.end, 0, 0);
  const auto channels = static_cast<std::size_t>(args.shape.c);
  for (std::size_t i = args.shape.index(rows.begin, 0, 0); i < end; ++i) {
    args.output[i] = mul_bytes(args.input[i], args.second[i % channels], *args.scales);
  }
}

// The mean over all pixels of each channel.
void global_pool(const BytePoolArgs& args) {
  const int pixels = args.in.h * args.in.w;
  for (int c = 0; c < args.in.c; ++c) {
    std::int64_t sum = 0;
    for (int pixel = 0; pixel < pixels; ++pixel) sum += args.input[pixel * args.in.c + c];
    args.output[c] = mean_byte(sum, pixels, *args.pool);
  }
}

}  // namespace lens::reference
