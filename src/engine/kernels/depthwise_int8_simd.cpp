#include "engine/kernels/depthwise_int8.h"
#include "engine/kernels/reference_int8.h"
#include "engine/kernels/simd_int8.h"

namespace lens::fast {

void depthwise(const ByteConvArgs& args, Rows rows) {
  bool done = false;
  if (args.packed->bounded) {
    with_dot_product(args.packed->dot,
                     [&]<class Dot>() { done = byte_depthwise_of<Dot>(args, rows); });
  }
  if (!done) reference::depthwise(args, rows);
}

}  // namespace lens::fast
