#include "engine/preactivation.h"

#include <cassert>

#include "engine/kernels/kernels.h"

namespace lens {

Tensor preactivations(const Snapshot& snapshot, NodeId id) {
  const Model& model = *snapshot.model;
  const Node& node = model.graph().node(id);
  assert(has_weights(node.op));
  Tensor result(node.out);
  const ConvArgs args = {.input = snapshot.output(node.inputs[0]).data.data(),
                         .filter = model.weights().of(id).filter.data(),
                         .bias = model.weights().of(id).bias.data(),
                         .packed = model.packed(id).data(),
                         .output = result.data.data(),
                         .in = model.graph().input_shape(id),
                         .out = node.out,
                         .kernel = node.kernel,
                         .stride = node.stride,
                         .activation = Activation::none};
  const KernelSet& kernels = simd_kernels();
  const Rows all = {0, node.out.h};
  if (node.op == Op::depthwise) {
    kernels.depthwise(args, all);
  } else if (node.op == Op::dense || is_pointwise(node)) {
    kernels.pointwise(args, all);
  } else {
    kernels.conv(args, all);
  }
  return result;
}

}  // namespace lens
