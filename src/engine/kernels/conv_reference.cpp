#include "engine/kernels/reference.h"
#include "engine/padding.h"

namespace lens::reference {

namespace {

float cell(const ConvArgs& args, Window down, Window across, int channel) {
  float sum = args.bias[channel];
  for (int ky = down.begin; ky < down.end; ++ky) {
    for (int kx = across.begin; kx < across.end; ++kx) {
      const float* pixel = args.input + args.in.index(down.origin + ky, across.origin + kx, 0);
      const float* weights = args.filter + (ky * args.kernel + kx) * args.in.c * args.out.c;
      for (int in = 0; in < args.in.c; ++in) {
        sum += pixel[in] * weights[in * args.out.c + channel];
      }
    }
  }
  return activate(args.activation, sum);
}

}  // namespace

// Standard convolution: out(y,x,c) = act(bias(c) + sum in(y*S+ky-pad, x*S+kx-pad, i) *
// filter(ky,kx,i,c)). in (H,W,I), filter [K][K][I][C], out (ceil(H/S), ceil(W/S), C).
// MobileNets, arXiv 1704.04861, section 3.1, eq. 1.
void conv(const ConvArgs& args, Rows rows) {
  for (int y = rows.begin; y < rows.end; ++y) {
    const Window down = same_window(y, args.in.h, args.kernel, args.stride);
    for (int x = 0; x < args.out.w; ++x) {
      const Window across = same_window(x, args.in.w, args.kernel, args.stride);
      float* out = args.output + args.out.index(y, x, 0);
      for (int c = 0; c < args.out.c; ++c) out[c] = cell(args, down, across, c);
    }
  }
}

}  // namespace lens::reference
