// What-ifs in the integers of the published files, each against a straightforward recomputation:
// the plain run's bytes with the change made by hand, and every later layer computed from them by
// the reference kernels.
#include <algorithm>
#include <vector>

#include "golden.h"

namespace lens {

namespace {

using test::Golden;
using test::run_photo;

constexpr const char* kPhoto = "chelsea.png";

std::shared_ptr<const Snapshot> with(const Golden& golden, std::vector<Intervention> changes,
                                     std::shared_ptr<const Snapshot> base = {}) {
  return run_photo(
      golden, kPhoto,
      {.precision = Precision::int8, .interventions = std::move(changes), .base = std::move(base)});
}

bool same_bytes(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool all_same(const Snapshot& a, const Snapshot& b) {
  for (NodeId id = 0; id < a.graph().size(); ++id) {
    if (!same_bytes(a.output_bytes(id), b.output_bytes(id))) return false;
  }
  return true;
}

// change: writes into the bytes of a node.
template <class Change>
void check_recomputed(const Golden& golden, const Snapshot& plain, const Snapshot& what_if,
                      NodeId changed, Change change) {
  const QuantizedModel& quantized = *golden.model->quantized();
  const Graph& graph = golden.model->graph();
  const Arena arena = quantized.arenas().take();
  std::copy_n(byte_data(plain.bytes), quantized.arena_bytes(), byte_data(arena));
  change(std::span(byte_data(arena) + quantized.offset(changed), graph.node(changed).out.count()));
  for (NodeId id = changed + 1; id < graph.size(); ++id) {
    quantized.run(reference_byte_kernels(), id, {0, graph.node(id).out.h}, byte_data(arena));
  }
  for (NodeId id = 0; id < graph.size(); ++id) {
    INFO(graph.node(id).name);
    const std::span<const std::uint8_t> expected(byte_data(arena) + quantized.offset(id),
                                                 graph.node(id).out.count());
    CHECK(same_bytes(what_if.output_bytes(id), expected));
  }
  CHECK_FALSE(all_same(plain, what_if));
}

}  // namespace

TEST_CASE("int8 what-if: a silenced channel is a channel of zeros", "[golden][int8]") {
  const auto [model, layer] =
      GENERATE(std::pair("v1-0.25-128", "block3.pointwise"), std::pair("v3-small", "bneck2.expand"),
               std::pair("v3-small", "bneck8.project"));
  const Golden golden = test::load_golden("outputs.json", model);
  const auto plain = with(golden, {});
  const NodeId id = golden.model->graph().find(layer);
  const int channel = 7;
  const auto what_if = with(golden, {SilenceChannel{id, channel}});
  const auto channels = static_cast<std::size_t>(golden.model->graph().node(id).out.c);
  const std::uint8_t zero = quantize(0, golden.model->quantized()->affine(id));
  check_recomputed(golden, *plain, *what_if, id, [&](std::span<std::uint8_t> bytes) {
    for (std::size_t i = channel; i < bytes.size(); i += channels) bytes[i] = zero;
  });
  CHECK(all_same(*with(golden, {SilenceChannel{id, channel}}, plain), *what_if));
}

TEST_CASE("int8 what-if: overridden gates are those bytes", "[golden][int8]") {
  const Golden golden = test::load_golden("outputs.json", "v3-small");
  const auto plain = with(golden, {});
  const NodeId gate = golden.model->graph().find("bneck5.se.gate");
  const Affine& affine = golden.model->quantized()->affine(gate);
  std::vector<float> gates(golden.model->graph().node(gate).out.count());
  for (std::size_t i = 0; i < gates.size(); ++i) gates[i] = static_cast<float>(i % 5) * 0.25f;
  const auto what_if = with(golden, {OverrideGates{gate, gates}});
  check_recomputed(golden, *plain, *what_if, gate, [&](std::span<std::uint8_t> bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = quantize(gates[i], affine);
  });
}

TEST_CASE("int8 what-if: gates overridden by their own values change no byte", "[golden][int8]") {
  const Golden golden = test::load_golden("outputs.json", "v3-small");
  const auto plain = with(golden, {});
  std::vector<Intervention> own;
  for (NodeId id = 0; id < golden.model->graph().size(); ++id) {
    if (golden.model->graph().node(id).role != Role::gate) continue;
    const std::span<const float> gates = plain->output(id).data;
    own.push_back(OverrideGates{id, {gates.begin(), gates.end()}});
  }
  CHECK(own.size() == 9);
  CHECK(all_same(*with(golden, own), *plain));
}

}  // namespace lens
