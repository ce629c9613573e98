#include "engine/kernels/reference.h"
#include "engine/padding.h"

namespace lens::reference {

namespace {

float cell(const ConvArgs& args, Window down, Window across, int channel) {
  float sum = args.bias[channel];
  for (int ky = down.begin; ky < down.end; ++ky) {
    for (int kx = across.begin; kx < across.end; ++kx) {
      sum += args.input[args.in.index(down.origin + ky, across.origin + kx, channel)] *
             args.filter[(ky * args.kernel + kx) * args.in.c + channel];
    }
  }
  return activate(args.activation, sum);
}

}  // namespace

// Depthwise convolution: out(y,x,c) = act(bias(c) + sum in(y*S+ky-pad, x*S+kx-pad, c) *
// filter(ky,kx,c)). in (H,W,C), filter [K][K][C], out (ceil(H/S), ceil(W/S), C).
// MobileNets, arXiv 1704.04861, section 3.1, eq. 3.
void depthwise(const ConvArgs& args, Rows rows) {
  depthwise_channels(args, rows, 0);
}

void depthwise_channels(const ConvArgs& args, Rows rows, int first_channel) {
  for (int y = rows.begin; y < rows.end; ++y) {
    const Window down = same_window(y, args.in.h, args.kernel, args.stride);
    for (int x = 0; x < args.out.w; ++x) {
      const Window across = same_window(x, args.in.w, args.kernel, args.stride);
      float* out = args.output + args.out.index(y, x, 0);
      for (int c = first_channel; c < args.out.c; ++c) out[c] = cell(args, down, across, c);
    }
  }
}

}  // namespace lens::reference
