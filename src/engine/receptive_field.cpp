#include <algorithm>
#include <cassert>
#include <vector>

#include "engine/explain.h"
#include "engine/padding.h"

namespace lens {

namespace {

bool is_empty(const Box& box) {
  return box.y0 >= box.y1 || box.x0 >= box.x1;
}

Box united(const Box& a, const Box& b) {
  if (is_empty(a)) return b;
  if (is_empty(b)) return a;
  return {std::min(a.y0, b.y0), std::min(a.x0, b.x0), std::max(a.y1, b.y1), std::max(a.x1, b.x1)};
}

Box whole(const Shape& shape) {
  return {0, 0, shape.h, shape.w};
}

Box clipped(const Box& box, const Shape& shape) {
  return {std::max(box.y0, 0), std::max(box.x0, 0), std::min(box.y1, shape.h),
          std::min(box.x1, shape.w)};
}

// What the windows of a box of outputs cover, padding included.
Box windows(const Node& node, const Shape& in, const Box& box) {
  return {same_window(box.y0, in.h, node.kernel, node.stride).origin,
          same_window(box.x0, in.w, node.kernel, node.stride).origin,
          same_window(box.y1 - 1, in.h, node.kernel, node.stride).origin + node.kernel,
          same_window(box.x1 - 1, in.w, node.kernel, node.stride).origin + node.kernel};
}

// What a box of a node's output reads of its input number i.
Box read_by(const Graph& graph, NodeId id, std::size_t i, const Box& box) {
  const Node& node = graph.node(id);
  const Shape& in = graph.node(node.inputs[i]).out;
  switch (node.op) {
    case Op::conv:
    case Op::depthwise:
      return windows(node, in, box);
    case Op::add:
      return box;
    case Op::channel_scale:
      return i == 0 ? box : whole(in);
    case Op::input:
    case Op::global_pool:
    case Op::dense:
    case Op::softmax:
      return whole(in);
  }
  return box;
}

}  // namespace

Box receptive_field(const Graph& graph, NodeId id, int y, int x) {
  assert(y >= 0 && y < graph.node(id).out.h && x >= 0 && x < graph.node(id).out.w);
  std::vector<Box> reached(static_cast<std::size_t>(id) + 1);
  reached.back() = {y, x, y + 1, x + 1};
  for (NodeId at = id; at > 0; --at) {
    const Box box = clipped(reached[static_cast<std::size_t>(at)], graph.node(at).out);
    if (is_empty(box)) continue;
    for (std::size_t i = 0; i < 2; ++i) {
      const NodeId from = graph.node(at).inputs[i];
      if (from == kNoNode) continue;
      Box& before = reached[static_cast<std::size_t>(from)];
      before = united(before, read_by(graph, at, i, box));
    }
  }
  return reached.front();
}

}  // namespace lens
