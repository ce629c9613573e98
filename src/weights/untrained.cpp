#include "weights/untrained.h"

#include <cmath>
#include <utility>
#include <vector>

namespace lens {

namespace {

// Knuth's 64-bit linear congruential generator (MMIX); the upper bits are the good ones.
class Random {
 public:
  explicit Random(std::uint32_t seed) : state_(seed) {}

  // Mean 0, variance 1: the sum of four uniform numbers, exact in 24 bits, scaled.
  float normal() {
    std::int32_t sum = 0;
    for (int i = 0; i < 4; ++i) sum += static_cast<std::int32_t>(next() >> 42);
    constexpr std::int32_t kMean = 1 << 23;           // 4 * 2^22 / 2
    constexpr float kScale = 1.7320508f / (1 << 22);  // variance of a uniform number is 1/12
    return static_cast<float>(sum - kMean) * kScale;
  }

 private:
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return state_;
  }

  std::uint64_t state_;
};

// Pixels of a photo in [-1, 1].
constexpr float kInputMoment = 0.3f;
// Variance before a nonlinearity. At this spread h-swish is nearly a ReLU, so that errors of the
// estimates below do not grow from layer to layer as they do near 0.
constexpr float kNonlinearVariance = 4.0f;
constexpr float kLinearVariance = 1.0f;
// A branch that is added to its shortcut: ten residuals in a row then grow the sum threefold only.
constexpr float kBranchVariance = 0.25f;
constexpr float kBiasShare = 0.1f;  // of the spread before the nonlinearity

// E[a(x)^2] of the activation for a normal x of the variance above, by numerical integration.
float activated_moment(Activation activation, float variance) {
  switch (activation) {
    case Activation::none:
      return variance;
    case Activation::relu:
    case Activation::relu6:
      return 2.0f;
    case Activation::hard_swish:
      return 1.77f;
    case Activation::hard_sigmoid:
      return 0.34f;
    case Activation::swish:
      return 1.76f;
    case Activation::sigmoid:
      return 0.35f;
  }
  return variance;
}

// The square of the mean against the mean of the squares: 0.64 / 2 for ReLU, 0.33 / 1.77 for
// h-swish at the variance above.
constexpr float kPooledShare = 0.25f;

bool feeds_a_sum(const Graph& graph, NodeId id) {
  for (const Node& node : graph.nodes) {
    if (node.op == Op::add && node.inputs[0] == id) return true;
  }
  return false;
}

float target_variance(const Graph& graph, NodeId id) {
  if (graph.node(id).activation != Activation::none) return kNonlinearVariance;
  return feeds_a_sum(graph, id) ? kBranchVariance : kLinearVariance;
}

NodeWeights random_layer(const Graph& graph, NodeId id, float input_moment, Random& random) {
  const FilterShape shape = filter_shape(graph, id);
  const float variance = target_variance(graph, id);
  const float fan_in = static_cast<float>(shape.kernel * shape.kernel * shape.in);
  const float spread = std::sqrt(variance / (fan_in * input_moment));
  const float bias_spread = kBiasShare * std::sqrt(variance);
  NodeWeights weights;
  weights.filter.resize(shape.count());
  for (float& weight : weights.filter) weight = spread * random.normal();
  weights.bias.resize(static_cast<std::size_t>(shape.out));
  for (float& bias : weights.bias) bias = bias_spread * random.normal();
  return weights;
}

}  // namespace

Weights untrained_weights(const Graph& graph, std::uint32_t seed) {
  Random random(seed);
  Weights weights;
  // Estimated mean square of every node's output, by NodeId.
  std::vector<float> moments;
  const auto moment = [&](NodeId id) { return moments[static_cast<std::size_t>(id)]; };
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph.node(id);
    NodeWeights layer;
    float output = kInputMoment;
    switch (node.op) {
      case Op::input:
        break;
      case Op::conv:
      case Op::depthwise:
      case Op::dense:
        layer = random_layer(graph, id, moment(node.inputs[0]), random);
        output = activated_moment(node.activation, target_variance(graph, id));
        break;
      case Op::add:
        output = moment(node.inputs[0]) + moment(node.inputs[1]);
        break;
      case Op::channel_scale:
        output = moment(node.inputs[0]) * moment(node.inputs[1]);
        break;
      case Op::global_pool:
        output = kPooledShare * moment(node.inputs[0]);
        break;
      case Op::softmax:
        output = moment(node.inputs[0]);
        break;
    }
    moments.push_back(output);
    weights.nodes.push_back(std::move(layer));
  }
  return weights;
}

}  // namespace lens
