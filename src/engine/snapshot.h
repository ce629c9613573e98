// One finished inference, immutable: the output of every node and the time each took. Views read
// nothing else of the engine.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/model.h"
#include "engine/tensor.h"

namespace lens {

struct Snapshot {
  std::uint64_t id = 0;  // differs between any two snapshots of a process; a cache key
  std::shared_ptr<const Model> model;
  std::vector<float> arena;     // laid out by Model::offset
  std::vector<double> node_ms;  // by NodeId

  const Graph& graph() const { return model->graph(); }
  TensorView output(NodeId id) const {
    const Shape shape = graph().node(id).out;
    return {shape, std::span(arena).subspan(model->offset(id), shape.count())};
  }
  double total_ms() const {
    double sum = 0;
    for (const double ms : node_ms) sum += ms;
    return sum;
  }
};

}  // namespace lens
