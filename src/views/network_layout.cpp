#include "views/network_layout.h"

#include <algorithm>
#include <cmath>

namespace lens::network {

namespace {

constexpr float kBar = 1.0f;
constexpr float kGap = 0.22f;       // between the bars of a block
constexpr float kBlockGap = 0.62f;  // between blocks
constexpr float kLevelGap = 0.55f;  // more where the resolution changes

int squeeze_excite_column(Role role) {
  switch (role) {
    case Role::squeeze:
      return 0;
    case Role::reduce:
      return 1;
    case Role::gate:
      return 2;
    case Role::scale:
      return 3;
    case Role::input:
    case Role::stem:
    case Role::expand:
    case Role::depthwise:
    case Role::pointwise:
    case Role::project:
    case Role::residual:
    case Role::head:
      break;
  }
  return -1;
}

int widest(const Graph& graph) {
  int channels = 1;
  for (const Node& node : graph.nodes) channels = std::max(channels, node.out.c);
  return channels;
}

class Builder {
 public:
  explicit Builder(const Graph& graph)
      : graph_(graph), widest_(std::sqrt(static_cast<float>(widest(graph)))) {}

  Layout build() {
    for (NodeId id = 0; id < graph_.size(); ++id) place(id);
    result_.height = y_ - kGap;
    return std::move(result_);
  }

 private:
  void place(NodeId id) {
    const Node& node = graph_.node(id);
    const int column = squeeze_excite_column(node.role);
    if (column >= 0) {
      result_.marks.push_back({id, MarkKind::dot, last_bar_ + kBar / 2, column, 0});
    } else if (node.op == Op::add) {
      const float centre = last_bar_ + kBar / 2;
      result_.marks.push_back({id, MarkKind::circle, centre, 0, 0});
      result_.arcs.push_back({node.block, block_start_, centre});
    } else {
      place_bar(id, node);
    }
  }

  void place_bar(NodeId id, const Node& node) {
    if (node.block != block_) {
      y_ += kBlockGap;
      block_ = node.block;
      block_start_ = y_ - kBlockGap / 2 - kGap / 2;
    }
    if (node.out.h != resolution_) {
      if (id > 0) y_ += kLevelGap;
      resolution_ = node.out.h;
      result_.levels.push_back({resolution_, y_});
    }
    const float width = std::sqrt(static_cast<float>(node.out.c)) / widest_;
    result_.marks.push_back({id, MarkKind::bar, y_, 0, width});
    last_bar_ = y_;
    y_ += kBar + kGap;
  }

  const Graph& graph_;
  float widest_;
  Layout result_;
  float y_ = 0;
  float last_bar_ = 0;
  float block_start_ = 0;
  int block_ = 0;
  int resolution_ = 0;
};

}  // namespace

Layout layout(const Graph& graph) {
  return Builder(graph).build();
}

}  // namespace lens::network
