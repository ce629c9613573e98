#include "views/map_layer.h"

#include "ui/text.h"

namespace lens {

MapLayer map_layer(Frame& frame, MapScaleState& state) {
  const NodeId id = frame.selection.node;
  const Snapshot& shown = *frame.shown();
  const NodeId gate = gate_of(frame.graph, id);
  MapScale scale = map_scale(frame, id, state);
  const ui::Texture texture = map_texture(frame, id, scale);
  const bool enlarged = frame.selection.channel >= 0;
  MapScale one = enlarged ? scale_of_one(frame, id, state) : scale;
  const ui::Texture one_texture = enlarged ? map_texture(frame, id, one) : texture;
  return {.id = id,
          .node = frame.graph.node(id),
          .output = shown.output(id),
          .stats = frame.stats.of(shown, id),
          .gates = gate == kNoNode ? std::span<const float>() : shown.output(gate).data,
          .scale = std::move(scale),
          .texture = texture,
          .enlarged_scale = std::move(one),
          .enlarged_texture = one_texture};
}

namespace {

// number: how a channel is called that has only its number.
std::string name_of(const Frame& frame, const Node& node, int channel, const char* number) {
  const bool classes = node.name == "head.logits" || node.name == "head.softmax";
  if (classes && channel < static_cast<int>(frame.labels.size())) {
    return frame.labels[static_cast<std::size_t>(channel)];
  }
  if (node.op == Op::input) {
    static constexpr const char* kColors[] = {"red", "green", "blue"};
    return kColors[channel % 3];
  }
  return ui::format(number, channel);
}

}  // namespace

std::string channel_name(const Frame& frame, const Node& node, int channel) {
  return name_of(frame, node, channel, "Channel %d");
}

std::string short_channel_name(const Frame& frame, const Node& node, int channel) {
  return name_of(frame, node, channel, "ch. %d");
}

std::string cell_text(const TensorView& output, int channel, int y, int x) {
  std::string number = ui::value(static_cast<double>(output.at(y, x, channel)));
  if (output.shape.h == 1) return number;
  return ui::format("row %d, column %d:  ", y, x) + number;
}

const Pin* pinned(const Frame& frame, NodeId id) {
  const Pin& pin = frame.selection.pin;
  const Shape& shape = frame.graph.node(id).out;
  return pin.node == id && pin.y < shape.h && pin.x < shape.w ? &pin : nullptr;
}

}  // namespace lens
