#include "engine/graph_json.h"

namespace lens {

void write_shape(JsonWriter& json, const Shape& shape) {
  json.key("shape");
  json.begin_array();
  for (const int extent : {shape.h, shape.w, shape.c}) json.value(extent);
  json.end_array();
}

void write_node(JsonWriter& json, const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  json.member("name", node.name);
  json.member("op", to_string(node.op));
  json.member("role", to_string(node.role));
  json.member("block", node.block);
  json.key("inputs");
  json.begin_array();
  for (const NodeId from : node.inputs) {
    if (from != kNoNode) json.value(graph.node(from).name);
  }
  json.end_array();
  write_shape(json, node.out);
  json.member("kernel", node.kernel);
  json.member("stride", node.stride);
  json.member("activation", to_string(node.activation));
}

void write_ms(JsonWriter& json, const Snapshot* run, NodeId id) {
  json.key("ms");
  if (run != nullptr && run->is_timed(id)) {
    json.value(run->node_ms[static_cast<std::size_t>(id)]);
  } else {
    json.null();
  }
}

}  // namespace lens
