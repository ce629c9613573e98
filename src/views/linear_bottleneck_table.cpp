// The linear bottleneck panel's numbers, block by block.
#include <limits>

#include "ui/text.h"
#include "views/describe.h"
#include "views/linear_bottleneck_parts.h"

namespace lens::linear_bottleneck {

namespace {

// "chickadee 0.8123; jay 0.0417; ..."
std::string top_text(const Frame& frame, const SweepOutcome& outcome) {
  std::string text;
  for (const Prediction& one : outcome.top) {
    text += (text.empty() ? "" : "; ") + class_name(frame, one) +
            ui::format(" %.4f", static_cast<double>(one.probability));
  }
  return text;
}

}  // namespace

std::string class_name(const Frame& frame, const Prediction& prediction) {
  const std::size_t output = static_cast<std::size_t>(prediction.output);
  return output < frame.labels.size() ? frame.labels[output]
                                      : ui::format("class %d", prediction.class_id);
}

Table table(const Frame& frame, const State& state) {
  const Setup setup = setup_of(frame, state);
  Table result;
  result.columns = {"block",          "layer",
                    "height",         "width",
                    "channels",       "activation",
                    "replaced by",    "share of zeros",
                    "probability",    "probability after",
                    "logit",          "logit after",
                    "first after",    "top 5 after",
                    "effective rank", "effective rank after"};
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  const ShownPrediction* first = frame.predictions.empty() ? nullptr : frame.predictions.data();
  for (const NodeId id : setup.nodes) {
    const Node& node = frame.graph.node(id);
    const std::optional<SweepOutcome> outcome = outcome_at(setup, id);
    const float zeros = layer_zeros(*frame.now, id).zeros;
    const double zeroed = setup.experiment == Experiment::add
                              ? zeroed_by(frame.now->output(id), setup.activation)
                              : static_cast<double>(zeros);
    const auto number = [&](float value) { return static_cast<double>(value); };
    result.rows.push_back(
        {number(static_cast<float>(node.block)), node.name, static_cast<double>(node.out.h),
         static_cast<double>(node.out.w), static_cast<double>(node.out.c), activation_name(node),
         std::string(activation_name(setup.activation)), zeroed,
         first ? number(first->probability) : unknown,
         outcome ? number(outcome->probability) : unknown, first ? number(first->logit) : unknown,
         outcome ? number(outcome->logit) : unknown,
         outcome ? class_name(frame, outcome->top.front()) : std::string(),
         outcome ? top_text(frame, *outcome) : std::string(),
         frame.stats.effective_rank(*frame.now, id, node.activation),
         frame.stats.effective_rank(*frame.now, id, setup.activation)});
  }
  return result;
}

}  // namespace lens::linear_bottleneck
