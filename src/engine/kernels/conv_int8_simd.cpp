#include "engine/kernels/conv_int8.h"
#include "engine/kernels/reference_int8.h"
#include "engine/kernels/simd_int8.h"

namespace lens::fast {

void conv(const ByteConvArgs& args, Rows rows) {
  const bool fits = args.kernel * args.kernel * args.in.c <= kMaxWindowBytes;
  if (!fits || !args.packed->bounded) return reference::conv(args, rows);
  with_dot_product(args.packed->dot, [&]<class Dot>() { byte_conv<Dot>(args, rows); });
}

void pointwise(const ByteConvArgs& args, Rows rows) {
  if (!args.packed->bounded || args.in.c > kMostGemmDepth) {
    return reference::pointwise(args, rows);
  }
  const int first = rows.begin * args.out.w;
  const ByteMatrix matrix = {.input = args.input + first * args.in.c,
                             .stride = args.in.c,
                             .depth = args.in.c,
                             .pixels = (rows.end - rows.begin) * args.out.w};
  with_dot_product(args.packed->dot, [&]<class Dot>() {
    ByteGemm<Dot>(args, matrix, args.output + first * args.out.c).run();
  });
}

}  // namespace lens::fast
