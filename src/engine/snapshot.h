// One finished inference, immutable: the output of every node and the time each took. Views read
// nothing else of the engine.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/arena.h"
#include "engine/intervention.h"
#include "engine/model.h"
#include "engine/tensor.h"

namespace lens {

struct Snapshot {
  std::uint64_t id = 0;  // differs between any two snapshots of a process; a cache key
  std::shared_ptr<const Model> model;
  std::vector<Intervention> interventions;  // what it was made with; none for a plain run
  Arena arena;                              // laid out by Model::offset
  std::vector<double> node_ms;              // by NodeId; 0 where taken over from a base

  const Graph& graph() const { return model->graph(); }

  TensorView output(NodeId node) const {
    const Shape shape = graph().node(node).out;
    return {shape, std::span<const float>(*arena).subspan(model->offset(node), shape.count())};
  }

  double total_ms() const {
    double sum = 0;
    for (const double ms : node_ms) sum += ms;
    return sum;
  }
};

}  // namespace lens
