// MobileNet V3, Large and Small: searched widths and kernels, squeeze-and-excitation, h-swish, and
// a last stage that pools before its widest layer.
#include <span>

#include "models/blocks.h"
#include "models/catalog.h"

namespace lens {

namespace {

constexpr Activation RE = Activation::relu;
constexpr Activation HS = Activation::hard_swish;

// Columns: kernel, expanded, channels, squeeze-and-excite, nonlinearity, stride.
// MobileNetV3, arXiv 1905.02244 (final), table 1.
constexpr Bottleneck kLarge[] = {
    {3, 16, 16, false, RE, 1},  {3, 64, 24, false, RE, 2},  {3, 72, 24, false, RE, 1},
    {5, 72, 40, true, RE, 2},   {5, 120, 40, true, RE, 1},  {5, 120, 40, true, RE, 1},
    {3, 240, 80, false, HS, 2}, {3, 200, 80, false, HS, 1}, {3, 184, 80, false, HS, 1},
    {3, 184, 80, false, HS, 1}, {3, 480, 112, true, HS, 1}, {3, 672, 112, true, HS, 1},
    {5, 672, 160, true, HS, 2}, {5, 960, 160, true, HS, 1}, {5, 960, 160, true, HS, 1},
};

// Table 2. The released code has no squeeze-and-excite on the last 1x1, and 1024 hidden units where
// the text says 1280 (facts.md 3.6): the published weights follow the code, and so does this.
constexpr Bottleneck kSmall[] = {
    {3, 16, 16, true, RE, 2},  {3, 72, 24, false, RE, 2}, {3, 88, 24, false, RE, 1},
    {5, 96, 40, true, HS, 2},  {5, 240, 40, true, HS, 1}, {5, 240, 40, true, HS, 1},
    {5, 120, 48, true, HS, 1}, {5, 144, 48, true, HS, 1}, {5, 288, 96, true, HS, 2},
    {5, 576, 96, true, HS, 1}, {5, 576, 96, true, HS, 1},
};

struct Head {
  int features;  // channels of the last 1x1, before the pool
  int hidden;    // channels of the layer after it
};

Graph build(GraphBuilder builder, std::span<const Bottleneck> rows, Head head, int classes) {
  NodeId node = builder.conv(builder.input(), {.name = "stem",
                                               .role = Role::stem,
                                               .kernel = 3,
                                               .stride = 2,
                                               .channels = 16,
                                               .activation = HS});
  int block = 0;
  for (const Bottleneck& row : rows) node = inverted_residual(builder, node, ++block, row);
  builder.begin_block(block + 1);
  node = builder.conv(
      node, {.name = "head.conv", .role = Role::head, .channels = head.features, .activation = HS});
  node = builder.global_pool(node, "head.pool", Role::head);
  node = builder.dense(node, "head.hidden", Role::head, head.hidden, HS);
  node = builder.dense(node, "head.logits", Role::head, classes, Activation::none);
  builder.softmax(node, "head.softmax");
  return builder.finish();
}

}  // namespace

Graph mobilenet_v3_large(const Variant& variant, int classes) {
  return build(GraphBuilder("MobileNet V3-Large", variant.resolution), kLarge, {960, 1280},
               classes);
}

Graph mobilenet_v3_small(const Variant& variant, int classes) {
  return build(GraphBuilder("MobileNet V3-Small", variant.resolution), kSmall, {576, 1024},
               classes);
}

}  // namespace lens
