// MobileNet V1: thirteen depthwise separable blocks behind a standard convolution.
#include "models/blocks.h"
#include "models/catalog.h"

namespace lens {

namespace {

struct Row {
  int channels;
  int stride;
};

// MobileNets, arXiv 1704.04861, table 1. The table prints stride 2 for the last depthwise layer;
// its own shapes (7x7 -> 7x7) and the released code say 1 (facts.md 3.9, item 21).
constexpr Row kRows[] = {{64, 1},  {128, 2}, {128, 1}, {256, 2}, {256, 1},  {512, 2}, {512, 1},
                         {512, 1}, {512, 1}, {512, 1}, {512, 1}, {1024, 2}, {1024, 1}};

}  // namespace

Graph mobilenet_v1(const Variant& variant, int classes) {
  const auto scaled = [&](int channels) { return static_cast<int>(channels * variant.width); };
  GraphBuilder builder("MobileNet V1", variant.resolution);
  NodeId node = builder.conv(builder.input(), {.name = "stem",
                                               .role = Role::stem,
                                               .kernel = 3,
                                               .stride = 2,
                                               .channels = scaled(32),
                                               .activation = Activation::relu6});
  int block = 0;
  for (const Row& row : kRows) {
    node = separable(builder, node, ++block, scaled(row.channels), row.stride);
  }
  builder.begin_block(block + 1);
  node = builder.global_pool(node, "head.pool", Role::head);
  node = builder.dense(node, "head.logits", Role::head, classes, Activation::none);
  builder.softmax(node, "head.softmax");
  return builder.finish();
}

}  // namespace lens
