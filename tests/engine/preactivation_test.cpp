#include "engine/preactivation.h"

#include <vector>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "engine/kernels/kernels.h"
#include "support/bits.h"
#include "support/nets.h"

using namespace lens;

TEST_CASE("preactivation: the layer's activation on it gives the layer's output", "[engine]") {
  for (const std::string_view id : {"v1", "v2", "v3-small"}) {
    const auto model = test::seeded_model(id, 64);
    const auto snapshot = run(model, test::seeded_input(*model).view());
    for (NodeId node = 1; node < snapshot->graph().size(); ++node) {
      if (!has_weights(snapshot->graph().node(node).op)) continue;
      INFO(id << " " << snapshot->graph().node(node).name);
      Tensor values = preactivations(*snapshot, node);
      const Activation activation = snapshot->graph().node(node).activation;
      for (float& value : values.data) value = activate(activation, value);
      CHECK(test::same_bits(values.data, snapshot->output(node).data));
    }
  }
}

TEST_CASE("preactivation: of a what-if, from the inputs that it had", "[engine]") {
  const auto model = test::seeded_model("v2", 64);
  const Tensor input = test::seeded_input(*model);
  const NodeId project = model->graph().find("bneck2.project");
  const NodeId later = model->graph().find("bneck3.expand");
  const auto plain = run(model, input.view());
  const auto changed =
      run(model, input.view(), {.interventions = {ReplaceActivation{project, Activation::relu}}});
  const Tensor before = preactivations(*plain, project);
  CHECK(test::same_bits(before.data, preactivations(*changed, project).data));
  CHECK_FALSE(
      test::same_bits(preactivations(*plain, later).data, preactivations(*changed, later).data));
}
