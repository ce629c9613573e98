#include "engine/run_memory.h"

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "support/quantized_nets.h"

namespace lens {

TEST_CASE("run memory: at least every weight and every output, and little more", "[engine]") {
  for (const char* id : {"v1", "v2", "v3-small", "v3-large"}) {
    INFO(id);
    const auto model = test::seeded_quantized_model(id, 64);
    std::int64_t weights = 0;
    std::int64_t outputs = 0;
    for (NodeId node = 0; node < model->graph().size(); ++node) {
      const NodeWeights& own = model->weights().of(node);
      weights += static_cast<std::int64_t>(own.filter.size() + own.bias.size());
      outputs += static_cast<std::int64_t>(model->graph().node(node).out.count());
    }
    const RunMemory real = run_memory(*model, Precision::float32);
    CHECK(real.weight_bytes >= 4 * weights);
    CHECK(real.weight_bytes < 4 * weights * 5 / 4);
    CHECK(real.arena_bytes >= 4 * outputs);
    CHECK(real.arena_bytes < 4 * outputs * 5 / 4);
    CHECK(real.peak_bytes() == real.weight_bytes + real.arena_bytes);
    const RunMemory bytes = run_memory(*model, Precision::int8);
    CHECK(bytes.weight_bytes >= weights);
    CHECK(bytes.weight_bytes < real.weight_bytes);
    CHECK(bytes.arena_bytes >= outputs);
    CHECK(bytes.arena_bytes < outputs * 5 / 4);
  }
}

TEST_CASE("run memory: the arena is what a run's outputs lie in", "[engine]") {
  const auto model = test::seeded_quantized_model("v2", 64);
  const Tensor input = test::seeded_input(*model);
  const auto snapshot = run(model, input.view());
  CHECK(run_memory(*model, Precision::float32).arena_bytes ==
        static_cast<std::int64_t>(snapshot->arena->size() * sizeof(float)));
  const auto bytes = run(model, input.view(), {.precision = Precision::int8});
  CHECK(static_cast<std::int64_t>(bytes->bytes->size() * sizeof(float)) -
            run_memory(*model, Precision::int8).arena_bytes <
        64);
}

}  // namespace lens
