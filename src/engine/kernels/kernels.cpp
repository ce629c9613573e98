#include "engine/kernels/kernels.h"

#include "engine/kernels/reference.h"
#include "engine/kernels/simd.h"

namespace lens {

namespace {

constexpr KernelSet kReference = {.conv = reference::conv,
                                  .pointwise = reference::pointwise,
                                  .dense = reference::dense,
                                  .depthwise = reference::depthwise,
                                  .add = reference::add,
                                  .channel_scale = reference::channel_scale,
                                  .global_pool = reference::global_pool,
                                  .softmax = reference::softmax};

// Softmax is a thousand exponentials once per inference: it has no fast twin.
constexpr KernelSet kSimd = {.conv = fast::conv,
                             .pointwise = fast::pointwise,
                             .dense = fast::dense,
                             .depthwise = fast::depthwise,
                             .add = fast::add,
                             .channel_scale = fast::channel_scale,
                             .global_pool = fast::global_pool,
                             .softmax = reference::softmax};

}  // namespace

const KernelSet& reference_kernels() {
  return kReference;
}

const KernelSet& simd_kernels() {
  return kSimd;
}

}  // namespace lens
