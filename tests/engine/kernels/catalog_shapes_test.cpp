// Every distinct layer shape of the catalog, on its first, middle and last rows: enough to meet
// each border and each loop, and quick under the sanitizers.
#include <algorithm>
#include <set>
#include <tuple>

#include "catch2/catch.hpp"
#include "engine/kernels/kernels.h"
#include "layer.h"
#include "models/catalog.h"

namespace {

using namespace lens;
using test::ConvKernel;
using test::Layer;
using test::LayerSpec;

using Key = std::tuple<int, int, int, int, int, int, int, int>;

Key key(const LayerSpec& spec) {
  return {static_cast<int>(spec.op),
          spec.in.h,
          spec.in.w,
          spec.in.c,
          spec.channels,
          spec.kernel,
          spec.stride,
          static_cast<int>(spec.activation)};
}

ConvKernel kernel_of(const KernelSet& kernels, const LayerSpec& spec) {
  if (spec.op == Op::depthwise) return kernels.depthwise;
  return spec.kernel == 1 ? kernels.pointwise : kernels.conv;
}

void check_some_rows(const LayerSpec& spec) {
  const Layer layer = Layer::seeded(spec, 41);
  const int height = layer.out().h;
  Tensor simd_result = Layer::untouched(layer.out());
  Tensor reference = Layer::untouched(layer.out());
  for (const int y : std::set<int>{0, height / 2, height - 1}) {
    layer.run(kernel_of(simd_kernels(), spec), {y, y + 1}, simd_result);
    layer.run(kernel_of(reference_kernels(), spec), {y, y + 1}, reference);
  }
  INFO(to_string(spec.op) << " " << spec.in.h << "x" << spec.in.w << "x" << spec.in.c << " -> "
                          << spec.channels);
  CHECK(test::agrees(simd_result.data, reference.data));
}

}  // namespace

TEST_CASE("kernels: simd equals reference on every layer shape of the catalog",
          "[engine][kernels]") {
  std::set<Key> seen;
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) {
      const Graph graph = entry.build(variant, kPaperClasses + 1);
      for (NodeId id = 0; id < graph.size(); ++id) {
        const Node& node = graph.node(id);
        if (!has_weights(node.op)) continue;
        const LayerSpec spec = {node.op,     graph.input_shape(id), node.out.c,
                                node.kernel, node.stride,           node.activation};
        if (seen.insert(key(spec)).second) check_some_rows(spec);
      }
    }
  }
  CHECK(seen.size() > 100);
}
