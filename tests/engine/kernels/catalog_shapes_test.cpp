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

// May have a residual added to it.
bool is_projection(const LayerSpec& spec) {
  return spec.op == Op::conv && spec.kernel == 1 && spec.stride == 1 &&
         spec.activation == Activation::none;
}

void check_some_rows(const LayerSpec& spec) {
  const Layer layer = Layer::seeded(spec, 41);
  const int height = layer.out().h;
  const bool has_sum = is_projection(spec);
  test::Lcg lcg(43);
  const Tensor residual = test::seeded_tensor(lcg, layer.out(), 4.0f);
  const auto some_rows = [&](const KernelSet& kernels, Tensor& output, Tensor& sum) {
    for (const int y : std::set<int>{0, height / 2, height - 1}) {
      layer.run(kernel_of(kernels, spec), {y, y + 1}, output, has_sum ? &residual : nullptr,
                has_sum ? &sum : nullptr);
    }
  };
  Tensor simd_result = Layer::untouched(layer.out());
  Tensor simd_sum = simd_result;
  Tensor reference = simd_result;
  Tensor sum = simd_result;
  some_rows(simd_kernels(), simd_result, simd_sum);
  some_rows(reference_kernels(), reference, sum);
  INFO(to_string(spec.op) << " " << spec.in.h << "x" << spec.in.w << "x" << spec.in.c << " -> "
                          << spec.channels);
  CHECK(test::agrees(simd_result.data, reference.data));
  CHECK(test::agrees(simd_sum.data, sum.data));
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
