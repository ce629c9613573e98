// MobileNet V2: seventeen inverted residuals with linear bottlenecks.
#include "models/blocks.h"
#include "models/catalog.h"

namespace lens {

namespace {

// Expansion t, output channels c, repeats n, stride s of the first of them.
struct Stage {
  int t;
  int c;
  int n;
  int s;
};

// MobileNetV2, arXiv 1801.04381, table 2.
constexpr Stage kStages[] = {{1, 16, 1, 1}, {6, 24, 2, 2},  {6, 32, 3, 2}, {6, 64, 4, 2},
                             {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}};

}  // namespace

Graph mobilenet_v2(const Variant& variant, int classes) {
  GraphBuilder builder("MobileNet V2", variant.resolution);
  NodeId node = builder.conv(builder.input(), {.name = "stem",
                                               .role = Role::stem,
                                               .kernel = 3,
                                               .stride = 2,
                                               .channels = 32,
                                               .activation = Activation::relu6});
  int block = 0;
  for (const Stage& stage : kStages) {
    for (int repeat = 0; repeat < stage.n; ++repeat) {
      node = inverted_residual(builder, node, ++block,
                               {.expanded = stage.t * builder.shape(node).c,
                                .channels = stage.c,
                                .stride = repeat == 0 ? stage.s : 1});
    }
  }
  builder.begin_block(block + 1);
  node = builder.conv(
      node,
      {.name = "head.conv", .role = Role::head, .channels = 1280, .activation = Activation::relu6});
  node = builder.global_pool(node, "head.pool", Role::head);
  node = builder.dense(node, "head.logits", Role::head, classes, Activation::none);
  builder.softmax(node, "head.softmax");
  return builder.finish();
}

}  // namespace lens
