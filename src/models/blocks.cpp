#include "models/blocks.h"

#include <algorithm>

namespace lens {

int round_channels(double channels, int divisor) {
  const int rounded = static_cast<int>(channels + divisor / 2.0) / divisor * divisor;
  const int nearest = std::max(divisor, rounded);
  return nearest < 0.9 * channels ? nearest + divisor : nearest;
}

NodeId separable(GraphBuilder& builder, NodeId from, int block, int channels, int stride) {
  const std::string name = "block" + std::to_string(block);
  builder.begin_block(block);
  const NodeId depthwise =
      builder.depthwise(from, name + ".depthwise", 3, stride, Activation::relu6);
  return builder.conv(depthwise, {.name = name + ".pointwise",
                                  .role = Role::pointwise,
                                  .channels = channels,
                                  .activation = Activation::relu6});
}

namespace {

// Squeeze, reduce, gate, scale. The squeeze width is a quarter of the channels, rounded to 8.
// Squeeze-and-Excitation, arXiv 1709.01507, section 3; hard-sigmoid gate: arXiv 1905.02244, 5.3.
NodeId squeeze_excite(GraphBuilder& builder, NodeId from, const std::string& name) {
  const int channels = builder.shape(from).c;
  const NodeId squeeze = builder.global_pool(from, name + ".se.squeeze", Role::squeeze);
  const NodeId reduce = builder.dense(squeeze, name + ".se.reduce", Role::reduce,
                                      round_channels(channels / 4.0), Activation::relu);
  const NodeId gate =
      builder.dense(reduce, name + ".se.gate", Role::gate, channels, Activation::hard_sigmoid);
  return builder.channel_scale(from, gate, name + ".se.scale");
}

}  // namespace

NodeId inverted_residual(GraphBuilder& builder, NodeId from, int block, const Bottleneck& row) {
  const std::string name = "bneck" + std::to_string(block);
  const int channels_in = builder.shape(from).c;
  builder.begin_block(block);

  NodeId node = from;
  if (row.expanded != channels_in) {
    node = builder.conv(node, {.name = name + ".expand",
                               .role = Role::expand,
                               .channels = row.expanded,
                               .activation = row.activation});
  }
  node = builder.depthwise(node, name + ".depthwise", row.kernel, row.stride, row.activation);
  if (row.squeeze_excite) node = squeeze_excite(builder, node, name);
  node = builder.conv(node,
                      {.name = name + ".project", .role = Role::project, .channels = row.channels});
  const bool residual = row.stride == 1 && channels_in == row.channels;
  return residual ? builder.add(node, from, name + ".add") : node;
}

}  // namespace lens
