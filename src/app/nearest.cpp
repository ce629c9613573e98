#include "app/nearest.h"

#include <cmath>

namespace lens {

namespace {

// V1's pointwise does what V2's projection and expansion do; SE steps resemble one another.
int family(Role role) {
  switch (role) {
    case Role::input:
      return 0;
    case Role::stem:
      return 1;
    case Role::depthwise:
      return 2;
    case Role::expand:
    case Role::pointwise:
    case Role::project:
      return 3;
    case Role::residual:
      return 4;
    case Role::squeeze:
    case Role::reduce:
    case Role::gate:
    case Role::scale:
      return 5;
    case Role::head:
      return 6;
  }
  return 0;
}

double distance(const Graph& from, NodeId a, const Graph& to, NodeId b) {
  const Node& left = from.node(a);
  const Node& right = to.node(b);
  double sum = 0;
  if (left.name != right.name) sum += 0.1;
  if (left.role != right.role) sum += family(left.role) == family(right.role) ? 4 : 8;
  if (left.op != right.op) sum += 2;
  const double ratio = static_cast<double>(left.out.h) / right.out.h;
  sum += 3 * std::fabs(std::log2(ratio));
  const double depth_a = static_cast<double>(a) / from.size();
  const double depth_b = static_cast<double>(b) / to.size();
  return sum + std::fabs(depth_a - depth_b);
}

}  // namespace

NodeId nearest_node(const Graph& from, NodeId id, const Graph& to) {
  NodeId best = 0;
  for (NodeId candidate = 1; candidate < to.size(); ++candidate) {
    if (distance(from, id, to, candidate) < distance(from, id, to, best)) best = candidate;
  }
  return best;
}

NodeId first_choice(const Graph& graph) {
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (graph.node(id).op == Op::depthwise) return id;
  }
  return graph.last();
}

}  // namespace lens
