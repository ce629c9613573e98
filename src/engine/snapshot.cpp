#include "engine/snapshot.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "engine/fusion.h"

namespace lens {

Snapshot::~Snapshot() {
  if (model) model->spare_memory()->give_back(std::move(node_ms));
}

bool Snapshot::is_timed(NodeId node) const {
  // One that continues a base may have begun with the sum alone.
  return node_ms[static_cast<std::size_t>(node)] > 0 ||
         !is_fused_with_next(graph(), node - 1, precision, interventions);
}

std::span<const std::uint8_t> Snapshot::output_bytes(NodeId node) const {
  assert(precision == Precision::int8);
  return {byte_data(bytes) + model->quantized()->offset(node), graph().node(node).out.count()};
}

float Snapshot::step(NodeId node) const {
  return precision == Precision::int8 ? model->quantized()->affine(node).scale : 0;
}

void Snapshot::expand(NodeId node) const {
  const auto index = static_cast<std::size_t>(node);
  if (arena == nullptr) {
    arena = model->arenas().take();
    expanded.assign(graph().nodes.size(), false);
  }
  if (expanded[index]) return;
  expanded[index] = true;
  const Affine& affine = model->quantized()->affine(node);
  std::array<float, 256> reals;
  for (int byte = 0; byte < 256; ++byte) {
    reals[static_cast<std::size_t>(byte)] = affine.real(byte);
  }
  const auto from = output_bytes(node);
  std::transform(from.begin(), from.end(), arena->data() + model->offset(node),
                 [&](std::uint8_t byte) { return reals[byte]; });
}

}  // namespace lens
