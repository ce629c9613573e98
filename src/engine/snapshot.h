// One finished inference, immutable: the output of every node and the time each took. Views read
// nothing else of the engine. Not for two threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/arena.h"
#include "engine/intervention.h"
#include "engine/model.h"
#include "engine/precision.h"
#include "engine/tensor.h"

namespace lens {

struct Snapshot {
  Snapshot() = default;
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot();

  std::uint64_t id = 0;  // differs between any two snapshots of a process; a cache key
  std::shared_ptr<const Model> model;
  Precision precision = Precision::float32;
  std::vector<Intervention> interventions;  // what it was made with; none for a plain run
  // Laid out by Model::offset. An int8 run has bytes, laid out by QuantizedModel::offset, and
  // floats only of the nodes that somebody has asked for: a view looks at a few of them, and making
  // them all would take as long as the run.
  mutable Arena arena;
  Arena bytes;
  mutable std::vector<bool> expanded;  // by NodeId
  std::vector<double> node_ms;         // by NodeId; 0 where taken over from a base, or not is_timed
  int threads = 1;                     // that were there when it began

  const Graph& graph() const { return model->graph(); }

  // int8: scale * (byte - zero point) of each.
  TensorView output(NodeId node) const {
    if (precision == Precision::int8) expand(node);
    const Shape shape = graph().node(node).out;
    return {shape, std::span<const float>(*arena).subspan(model->offset(node), shape.count())};
  }

  // False for a sum that was computed along with the projection before it, in whose time it is.
  bool is_timed(NodeId node) const;

  // int8: how far apart neighbouring values of an output are; a 0 may be anything below. float32:
  // 0.
  float step(NodeId node) const;

  // int8 only: the bytes themselves.
  std::span<const std::uint8_t> output_bytes(NodeId node) const;

  double total_ms() const {
    double sum = 0;
    for (const double ms : node_ms) sum += ms;
    return sum;
  }

 private:
  void expand(NodeId node) const;
};

}  // namespace lens
