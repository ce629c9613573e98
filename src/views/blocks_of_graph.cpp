// What a block is made of, read off the graph: its layers, and whether there is a shortcut.
#include <algorithm>

#include "ui/text.h"
#include "views/blocks.h"

namespace lens::blocks {

namespace {

std::string layer_text(const Node& node) {
  switch (node.role) {
    case Role::depthwise:
      return ui::format(node.stride > 1 ? "%d×%d depthwise, /%d" : "%d×%d depthwise", node.kernel,
                        node.kernel, node.stride);
    case Role::expand:
      return "1×1 expand";
    case Role::project:
      return "1×1 project";
    case Role::pointwise:
      return "1×1 pointwise";
    case Role::scale:
      return "squeeze-excite";
    case Role::input:
    case Role::stem:
    case Role::residual:
    case Role::squeeze:
    case Role::reduce:
    case Role::gate:
    case Role::head:
      break;
  }
  return "";
}

Shortcut shortcut_of(const Block& block, int stride, bool has_add) {
  if (has_add) return Shortcut::present;
  const bool v1 = block.layers.back().role == Role::pointwise;
  if (v1) return Shortcut::none_in_v1;
  return stride > 1 ? Shortcut::stride : Shortcut::channels;
}

}  // namespace

int input_extent(const Graph& graph, int block) {
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (graph.node(id).block == block) return graph.input_shape(id).h;
  }
  return 0;
}

int block_count(const Graph& graph) {
  int count = 0;
  for (const Node& node : graph.nodes) {
    if (node.role != Role::head) count = std::max(count, node.block);
  }
  return count;
}

Block block_of(const Graph& graph, int number) {
  Block block;
  int stride = 1;
  bool has_add = false;
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph.node(id);
    if (node.block != number) continue;
    if (block.first == kNoNode) {
      block.first = id;
      const Shape& in = graph.input_shape(id);
      block.in_channels = in.c;
      block.source = "reads " + ui::shape(in.h, in.w, in.c);
    }
    stride = std::max(stride, node.stride);
    has_add = has_add || node.role == Role::residual;
    const std::string text = layer_text(node);
    if (!text.empty()) block.layers.push_back({text, node.out.c, node.activation, node.role});
  }
  block.shortcut = shortcut_of(block, stride, has_add);
  return block;
}

Block resnet_block() {
  return {.title = "ResNet bottleneck",
          .source = "reads " + ui::shape(56, 56, 256),
          .in_channels = 256,
          .layers = {{"1×1 reduce", 64, Activation::relu, Role::pointwise},
                     {"3×3 convolution", 64, Activation::relu, Role::stem},
                     {"1×1 restore", 256, Activation::none, Role::pointwise}},
          .shortcut = Shortcut::present,
          .relu_after_sum = true};
}

int block_at(const Graph& graph, int extent) {
  int found = 0;
  const int count = block_count(graph);
  for (int number = 1; number <= count; ++number) {
    if (input_extent(graph, number) != extent) continue;
    if (block_of(graph, number).shortcut == Shortcut::present) return number;
    if (found == 0) found = number;
  }
  return found == 0 ? count : found;
}

}  // namespace lens::blocks
