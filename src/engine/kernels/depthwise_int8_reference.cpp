#include "engine/kernels/reference_int8.h"
#include "engine/padding.h"

namespace lens::reference {

// out(c) = clamp(out_zero + (bias(c) + sum of (in - in_zero) * (filter - zero)) * factor(c)).
// in (H,W,C), filter [K][K][C]; TensorFlow Lite quantization specification, DEPTHWISE_CONV_2D.
void depthwise(const ByteConvArgs& args, Rows rows) {
  const ByteFilter& filter = *args.filter;
  for (int y = rows.begin; y < rows.end; ++y) {
    const Window down = same_window(y, args.in.h, args.kernel, args.stride);
    for (int x = 0; x < args.out.w; ++x) {
      const Window across = same_window(x, args.in.w, args.kernel, args.stride);
      for (int c = 0; c < args.out.c; ++c) {
        const auto channel = static_cast<std::size_t>(c);
        std::int32_t sum = filter.bias[channel];
        for (int ky = down.begin; ky < down.end; ++ky) {
          for (int kx = across.begin; kx < across.end; ++kx) {
            const int value = args.input[args.in.index(down.origin + ky, across.origin + kx, c)];
            const std::int8_t weight =
                filter.weights[static_cast<std::size_t>((ky * args.kernel + kx) * args.out.c + c)];
            sum += (value - filter.in_zero) * (weight - filter.zero);
          }
        }
        args.output[args.out.index(y, x, c)] = filter.requantize(sum, channel);
      }
    }
  }
}

}  // namespace lens::reference
