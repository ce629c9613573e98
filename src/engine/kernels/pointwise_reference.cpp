#include "engine/kernels/reference.h"

namespace lens::reference {

namespace {

void pixel_outputs(const ConvArgs& args, int pixel, Rows outputs) {
  const float* input = args.input + pixel * args.in.c;
  float* out = args.output + pixel * args.out.c;
  for (int c = outputs.begin; c < outputs.end; ++c) {
    float sum = args.bias[c];
    for (int in = 0; in < args.in.c; ++in) sum += input[in] * args.filter[in * args.out.c + c];
    out[c] = activate(args.activation, sum);
    if (args.residual != nullptr) {
      const int at = pixel * args.out.c + c;
      args.sum[at] = out[c] + args.residual[at];
    }
  }
}

}  // namespace

// 1x1 convolution at stride 1: out(p,c) = act(bias(c) + sum in(p,i) * filter(i,c)) for each pixel
// p. in (H,W,I), filter [I][C], out (H,W,C). MobileNets, arXiv 1704.04861, section 3.1: the
// pointwise half of a separable convolution. With a residual r, sum(p,c) = out(p,c) + r(p,c) beside
// it: MobileNetV2, arXiv 1801.04381, section 3.
void pointwise(const ConvArgs& args, Rows rows) {
  for (int pixel = rows.begin * args.out.w; pixel < rows.end * args.out.w; ++pixel) {
    pixel_outputs(args, pixel, {0, args.out.c});
  }
}

// The same on one pixel.
void dense(const ConvArgs& args, Rows outputs) {
  pixel_outputs(args, 0, outputs);
}

}  // namespace lens::reference
