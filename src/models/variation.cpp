#include "models/variation.h"

#include <algorithm>
#include <string>
#include <vector>

#include "models/blocks.h"

namespace lens {

namespace {

const Node* node_in_block(const Graph& graph, int block, Role role) {
  for (const Node& node : graph.nodes) {
    if (node.block == block && node.role == role) return &node;
  }
  return nullptr;
}

const Node* named(const Graph& graph, const char* name) {
  const NodeId id = graph.find(name);
  return id == kNoNode ? nullptr : &graph.node(id);
}

int last_block(const Graph& graph) {
  return graph.nodes.back().block - 1;
}

// Builds the varied graph block by block; each step appends to `builder` and moves `at` on.
class Rebuild {
 public:
  Rebuild(const Graph& base, const Variation& variation)
      : base_(base), vary_(variation), builder_(base.name, variation.resolution) {}

  Graph run() {
    stem();
    const bool cut =
        vary_.last_stage == LastStage::early && last_stage_of(base_) == LastStage::late;
    for (int block = 1; block <= last_block(base_); ++block) {
      // V2's last block becomes the features of an early stage: its expansion alone is left.
      if (cut && block == last_block(base_)) break;
      node_in_block(base_, block, Role::pointwise) ? separable_block(block) : bottleneck(block);
    }
    head();
    return builder_.finish();
  }

 private:
  int scaled(int channels) const { return round_channels(channels * vary_.width); }

  void conv(const std::string& name, Role role, int kernel, int stride, const Node& like,
            int channels) {
    at_ = builder_.conv(at_, {.name = name,
                              .role = role,
                              .kernel = kernel,
                              .stride = stride,
                              .channels = channels,
                              .activation = like.activation});
  }

  void stem() {
    const Node& own = *named(base_, "stem");
    at_ = builder_.input();
    conv(own.name, Role::stem, own.kernel, own.stride, own, scaled(vary_.stem.value_or(own.out.c)));
  }

  void separable_block(int block) {
    const Node& depthwise = *node_in_block(base_, block, Role::depthwise);
    const Node& pointwise = *node_in_block(base_, block, Role::pointwise);
    builder_.begin_block(block);
    const int channels = scaled(pointwise.out.c);
    if (vary_.full_convolutions) {
      conv(pointwise.name, Role::stem, depthwise.kernel, depthwise.stride, pointwise, channels);
      return;
    }
    at_ = builder_.depthwise(at_, depthwise.name, depthwise.kernel, depthwise.stride,
                             depthwise.activation);
    conv(pointwise.name, Role::pointwise, 1, 1, pointwise, channels);
  }

  // Channels between expansion and projection. The ratio of the own block is kept at another width,
  // as the released code does (keras, slim: make_divisible(input * ratio, 8)).
  int expanded(const Node& depthwise, const Node* expand, int channels_in) const {
    if (!expand) return channels_in;
    if (vary_.expansion) return *vary_.expansion * channels_in;
    const int own_in = base_.input_shape(base_.find(expand->name)).c;
    return round_channels(channels_in * static_cast<double>(depthwise.out.c) / own_in);
  }

  void spatial(const Node& depthwise, bool expands, int channels) {
    if (!vary_.full_convolutions) {
      if (expands) conv(expand_name(depthwise), Role::expand, 1, 1, depthwise, channels);
      at_ = builder_.depthwise(at_, depthwise.name, depthwise.kernel, depthwise.stride,
                               depthwise.activation);
      return;
    }
    conv(depthwise.name, Role::stem, depthwise.kernel, depthwise.stride, depthwise, channels);
  }

  static std::string expand_name(const Node& depthwise) {
    return depthwise.name.substr(0, depthwise.name.find('.')) + ".expand";
  }

  void squeeze_excite(int block) {
    const Node* gate = node_in_block(base_, block, Role::gate);
    if (!gate || !vary_.squeeze_excite) return;
    const std::string name = gate->name.substr(0, gate->name.rfind('.'));
    const Node& reduce = *node_in_block(base_, block, Role::reduce);
    const int channels = builder_.shape(at_).c;
    const NodeId squeeze = builder_.global_pool(at_, name + ".squeeze", Role::squeeze);
    const NodeId hidden = builder_.dense(squeeze, reduce.name, Role::reduce,
                                         round_channels(channels / 4.0), reduce.activation);
    const NodeId gates = builder_.dense(hidden, gate->name, Role::gate, channels, gate->activation);
    at_ = builder_.channel_scale(at_, gates, name + ".scale");
  }

  void bottleneck(int block) {
    const Node& depthwise = *node_in_block(base_, block, Role::depthwise);
    const Node* expand = node_in_block(base_, block, Role::expand);
    const Node& project = *node_in_block(base_, block, Role::project);
    builder_.begin_block(block);
    const NodeId input = at_;
    const int channels = expanded(depthwise, expand, builder_.shape(at_).c);
    // t = 1 needs no expansion, as in V2's first block.
    spatial(depthwise, channels != builder_.shape(input).c, channels);
    squeeze_excite(block);
    conv(project.name, Role::project, 1, 1, project, scaled(project.out.c));
    const Node* add = node_in_block(base_, block, Role::residual);
    if (add && builder_.shape(at_) == builder_.shape(input)) {
      at_ = builder_.add(at_, input, add->name);
    }
  }

  // Hidden units and V2's features are not thinned below width 1, in the papers and their code.
  int unthinned(int channels) const { return vary_.width > 1 ? scaled(channels) : channels; }

  // One inverted residual more and features at 7x7: V2's way. The block doubles the channels, as
  // V2's 160 -> 320 does.
  void late_stage(const Node& features, int channels) {
    const int in = builder_.shape(at_).c;
    const int wide = scaled(features.out.c);
    if (vary_.full_convolutions) {
      conv("head.spatial", Role::head, 3, 1, features, wide);
    } else {
      conv("head.expand", Role::head, 1, 1, features, wide);
      at_ = builder_.depthwise(at_, "head.depthwise", 3, 1, features.activation);
    }
    at_ = builder_.conv(at_, {.name = "head.project", .role = Role::head, .channels = 2 * in});
    conv("head.conv", Role::head, 1, 1, features, channels);
    at_ = builder_.global_pool(at_, "head.pool", Role::head);
  }

  void early_stage(const Node& features, int width, int hidden) {
    conv("head.conv", Role::head, 1, 1, features, width);
    at_ = builder_.global_pool(at_, "head.pool", Role::head);
    at_ = builder_.dense(at_, "head.hidden", Role::head, hidden, features.activation);
  }

  void head() {
    builder_.begin_block(last_block(base_) + 1);
    const Node* features = named(base_, "head.conv");
    const Node* hidden = named(base_, "head.hidden");
    if (!features) {
      at_ = builder_.global_pool(at_, "head.pool", Role::head);
    } else if (hidden) {
      vary_.last_stage == LastStage::late
          ? late_stage(*features, unthinned(hidden->out.c))
          : early_stage(*features, scaled(features->out.c), unthinned(hidden->out.c));
    } else if (vary_.last_stage == LastStage::early) {
      const Node& wide = *node_in_block(base_, last_block(base_), Role::expand);
      early_stage(*features, scaled(wide.out.c), unthinned(features->out.c));
    } else {
      conv("head.conv", Role::head, 1, 1, *features, unthinned(features->out.c));
      at_ = builder_.global_pool(at_, "head.pool", Role::head);
    }
    const int classes = base_.nodes.back().out.c;
    at_ = builder_.dense(at_, "head.logits", Role::head, classes, Activation::none);
    builder_.softmax(at_, "head.softmax");
  }

  const Graph& base_;
  const Variation& vary_;
  GraphBuilder builder_;
  NodeId at_ = 0;
};

}  // namespace

Graph varied(const Graph& base, const Variation& variation) {
  return Rebuild(base, variation).run();
}

std::optional<LastStage> last_stage_of(const Graph& graph) {
  if (graph.find("head.hidden") != kNoNode) return LastStage::early;
  if (graph.find("head.conv") != kNoNode) return LastStage::late;
  return std::nullopt;
}

}  // namespace lens
