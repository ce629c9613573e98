#include "engine/kernels/reference_int8.h"
#include "engine/padding.h"

namespace lens::reference {

namespace {

// Where a window lies: the taps that read the input, along both axes.
struct Place {
  Window down;
  Window across;
};

// bias(c) + sum of (in - in_zero) * (filter - zero). Padding holds in_zero and adds nothing.
std::int32_t window_sum(const ByteConvArgs& args, const Place& place, int c) {
  const ByteFilter& filter = *args.filter;
  std::int32_t sum = filter.bias[static_cast<std::size_t>(c)];
  for (int ky = place.down.begin; ky < place.down.end; ++ky) {
    for (int kx = place.across.begin; kx < place.across.end; ++kx) {
      const std::uint8_t* pixel =
          args.input + args.in.index(place.down.origin + ky, place.across.origin + kx, 0);
      const std::int8_t* weights =
          filter.weights.data() + (ky * args.kernel + kx) * args.in.c * args.out.c;
      for (int in = 0; in < args.in.c; ++in) {
        sum += (pixel[in] - filter.in_zero) * (weights[in * args.out.c + c] - filter.zero);
      }
    }
  }
  return sum;
}

}  // namespace

// out = clamp(out_zero + sum * factor(c)), TensorFlow Lite quantization specification, CONV_2D.
// in (H,W,I), filter [K][K][I][C], out (ceil(H/S), ceil(W/S), C).
void conv(const ByteConvArgs& args, Rows rows) {
  for (int y = rows.begin; y < rows.end; ++y) {
    for (int x = 0; x < args.out.w; ++x) {
      const Place place = {same_window(y, args.in.h, args.kernel, args.stride),
                           same_window(x, args.in.w, args.kernel, args.stride)};
      std::uint8_t* out = args.output + args.out.index(y, x, 0);
      for (int c = 0; c < args.out.c; ++c) {
        out[c] = args.filter->requantize(window_sum(args, place, c), static_cast<std::size_t>(c));
      }
    }
  }
}

void pointwise(const ByteConvArgs& args, Rows rows) {
  conv(args, rows);
}

}  // namespace lens::reference
