#include "views/describe.h"

#include <algorithm>

#include "ui/text.h"

namespace lens {

ImU32 role_color(const ui::Theme& theme, const Node& node) {
  const ui::Meaning& colors = theme.role();
  switch (node.role) {
    case Role::stem:
      return colors.standard;
    case Role::depthwise:
      return colors.depthwise;
    case Role::expand:
    case Role::pointwise:
      return colors.pointwise;
    case Role::project:
      return colors.project;
    case Role::squeeze:
    case Role::reduce:
    case Role::gate:
    case Role::scale:
      return colors.squeeze_excite;
    case Role::head:
      return colors.head;
    case Role::input:
    case Role::residual:
      return colors.other;
  }
  return colors.other;
}

namespace {

std::string named_convolution(const Node& node) {
  switch (node.role) {
    case Role::expand:
      return "Expansion 1×1";
    case Role::project:
      return "Projection 1×1";
    case Role::pointwise:
      return "Pointwise 1×1";
    case Role::input:
    case Role::stem:
    case Role::depthwise:
    case Role::residual:
    case Role::squeeze:
    case Role::reduce:
    case Role::gate:
    case Role::scale:
    case Role::head:
      break;
  }
  return ui::format("Convolution %d×%d", node.kernel, node.kernel);
}

std::string named_dense(const Node& node) {
  if (node.role == Role::reduce) return "SE fully connected, reduce";
  if (node.role == Role::gate) return "SE fully connected, gates";
  return "Fully connected";
}

std::string base_operation(const Node& node) {
  switch (node.op) {
    case Op::input:
      return "Input";
    case Op::conv:
      return named_convolution(node);
    case Op::depthwise:
      return ui::format("Depthwise %d×%d", node.kernel, node.kernel);
    case Op::add:
      return "Residual add";
    case Op::global_pool:
      return node.role == Role::squeeze ? "SE squeeze (average)" : "Global average";
    case Op::dense:
      return named_dense(node);
    case Op::channel_scale:
      return "SE scale by gates";
    case Op::softmax:
      return "Softmax";
  }
  return "";
}

}  // namespace

std::string operation(const Node& node) {
  const std::string base = base_operation(node);
  return node.stride > 1 ? base + ui::format(", stride %d", node.stride) : base;
}

std::string activation_name(const Node& node) {
  return std::string(activation_name(node.activation));
}

// As the papers write it.
std::string_view activation_name(Activation activation) {
  if (activation == Activation::relu) return "ReLU";
  if (activation == Activation::relu6) return "ReLU6";
  return to_string(activation);
}

std::string summary(const Node& node) {
  const std::string text =
      operation(node) + "  ·  " + ui::shape(node.out.h, node.out.w, node.out.c);
  return has_weights(node.op) ? text + "  ·  " + activation_name(node) : text;
}

std::string_view build_name(std::string_view build) {
  return build == "simd" ? "SIMD128" : "relaxed SIMD";
}

std::string threads_text(int threads) {
  return threads == 1 ? "1 thread" : ui::format("%d threads", threads);
}

std::string without_what_if(std::span<const Intervention> interventions) {
  return interventions.empty() ? "" : "  ·  without the what-if";
}

std::string question(const Node& node) {
  const std::string count = ui::grouped(node.out.c);
  if (node.op == Op::input) return "What goes in: red, green and blue";
  if (node.name == "head.logits") return "Which of the " + count + " classes get evidence?";
  if (node.op == Op::softmax) return "How likely is each of the " + count + " classes?";
  if (node.op == Op::global_pool)
    return "How strong is each of the " + count + " channels on average?";
  if (node.role == Role::gate)
    return "How far does this photo open each of the " + count + " gates?";
  if (node.op == Op::dense) return "What do the " + count + " units of " + node.name + " answer?";
  return "What do the " + count + " channels of " + node.name + " see?";
}

namespace {

struct Describe {
  const Node& node;

  std::string operator()(const ReplaceActivation& change) const {
    if (change.activation == node.activation) {
      return activation_name(node) + " after " + node.name + " as trained";
    }
    return std::string(activation_name(change.activation)) + " in place of " +
           activation_name(node) + " after " + node.name;
  }

  std::string operator()(const OverrideGates&) const {
    return "gates of " + node.name + " overridden";
  }

  std::string operator()(const SilenceChannel& change) const {
    return ui::format("channel %d of %s silenced", change.channel, node.name.c_str());
  }
};

}  // namespace

std::string describe(const Graph& graph, std::span<const Intervention> interventions) {
  if (interventions.empty()) return "nothing changed";
  const Intervention& last = interventions.back();
  std::string text = std::visit(Describe{graph.node(target(last))}, last);
  if (interventions.size() == 1) return text;
  return text + ui::format(", and %d more", static_cast<int>(interventions.size()) - 1);
}

bool all_as_trained(const Graph& graph, std::span<const Intervention> interventions) {
  return std::all_of(interventions.begin(), interventions.end(), [&](const Intervention& one) {
    const auto* change = std::get_if<ReplaceActivation>(&one);
    return change && change->activation == graph.node(change->node).activation;
  });
}

namespace {

std::string gates_takeaway(const NodeStats& stats) {
  int open = 0;
  int shut = 0;
  for (const ChannelStats& channel : stats.channels) {
    open += channel.mean >= 1;
    shut += channel.mean <= 0;
  }
  return ui::format("This photo opens %d of %d channels fully and shuts %d; the mean gate is %.2f.",
                    open, static_cast<int>(stats.channels.size()), shut,
                    static_cast<double>(stats.mean));
}

std::string rectified_takeaway(const Node& node, const NodeStats& stats) {
  std::string text = activation_name(node) + " sets " + ui::percent(stats.zeros) +
                     " of this layer's values to zero";
  if (stats.silent_channels > 0) {
    text += ui::format("; %d of %d channels are silent on this photo", stats.silent_channels,
                       node.out.c);
  }
  return text + ui::format(". Channel %d answers most strongly.", stats.strongest_channel);
}

}  // namespace

std::string takeaway(const Node& node, const NodeStats& stats) {
  const std::string negative = ui::percent(stats.negatives);
  if (node.op == Op::softmax) return "All probabilities add up to 1.";
  if (node.role == Role::gate) return gates_takeaway(stats);
  if (node.activation == Activation::relu || node.activation == Activation::relu6) {
    return rectified_takeaway(node, stats);
  }
  if (node.activation == Activation::hard_swish) {
    return "h-swish keeps small negatives: " + negative +
           " of the values lie between -0.375 and 0, " + ui::percent(stats.zeros) +
           " are exactly zero.";
  }
  if (node.role == Role::project) {
    return "A linear bottleneck: the " + negative +
           " of values below zero pass on, where a ReLU would erase them.";
  }
  if (node.op == Op::input) return "Three channels: red, green and blue, scaled around zero.";
  return ui::format("Values run from %s to %s; ",
                    ui::value(static_cast<double>(stats.lowest)).c_str(),
                    ui::value(static_cast<double>(stats.highest)).c_str()) +
         negative + " are negative.";
}

}  // namespace lens
