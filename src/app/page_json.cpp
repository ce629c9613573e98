#include "app/page_json.h"

#include "base/error_json.h"
#include "base/json.h"
#include "engine/explain.h"
#include "engine/graph_json.h"

namespace lens {

namespace {

std::string_view origin_name(WeightsOrigin origin) {
  switch (origin) {
    case WeightsOrigin::published:
      return "published";
    case WeightsOrigin::untrained:
      return "untrained";
    case WeightsOrigin::own_file:
      return "own file";
  }
  return "";
}

void write_image(JsonWriter& json, const Photo* photo) {
  json.key("image");
  if (!photo) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("name", photo->name);
  json.member("width", photo->width);
  json.member("height", photo->height);
  json.end_object();
}

void write_precision(JsonWriter& json, const App& app) {
  const ShownModel& info = app.model().info;
  json.member("precision", to_string(app.precision()));
  json.key("precisions");
  json.begin_array();
  json.value(to_string(Precision::float32));
  if (info.has_int8()) json.value(to_string(Precision::int8));
  json.end_array();
  json.key("noInt8");
  info.no_int8.message.empty() ? json.null() : json.value(info.no_int8.message);
  json.key("probabilityStep");
  const Snapshot* run = app.snapshot();
  const float step = run ? run->step(run->graph().last()) : 0;
  step > 0 ? json.value(step) : json.null();
  json.key("peakBytes");
  const std::optional<RunMemory>& memory = info.memory(app.precision());
  memory ? json.value(memory->peak_bytes()) : json.null();
}

// The cell that the address has, as [row, column].
void write_cell(JsonWriter& json, const Selection& selection) {
  json.key("cell");
  if (selection.pin.node != selection.node) {
    json.null();
    return;
  }
  json.begin_array();
  json.value(selection.pin.y);
  json.value(selection.pin.x);
  json.end_array();
}

struct WriteChange {
  JsonWriter& json;

  void operator()(const ReplaceActivation& change) const {
    json.member("activation", to_string(change.activation));
  }

  void operator()(const OverrideGates& change) const {
    json.key("gates");
    json.begin_array();
    for (const float gate : change.gates) json.value(gate);
    json.end_array();
  }

  void operator()(const SilenceChannel& change) const {
    json.member("channel", change.channel);
    json.member("silence", true);
  }
};

void write_intervention(JsonWriter& json, const Graph& graph, const Intervention& one) {
  json.begin_object();
  json.member("node", graph.node(target(one)).name);
  std::visit(WriteChange{json}, one);
  json.end_object();
}

}  // namespace

std::string state_json(const App& app) {
  const ShownModel& info = app.model().info;
  JsonWriter json;
  json.begin_object();
  json.member("model", info.entry->id);
  json.member("width", info.variant.width);
  json.member("resolution", info.variant.resolution);
  write_precision(json, app);
  json.member("node", app.model().graph.node(app.selection().node).name);
  json.member("channel", app.selection().channel);
  write_cell(json, app.selection());
  json.member("view", app.selection().view);
  json.member("language", "en");
  json.member("weights", origin_name(info.origin));
  json.member("build", app.build());
  json.member("threads", app.threads());
  json.key("ms");
  app.snapshot() ? json.value(app.snapshot()->total_ms()) : json.null();
  write_image(json, app.photo());
  json.key("interventions");
  json.begin_array();
  const Snapshot* shown = app.shown_snapshot();
  if (shown) {
    for (const Intervention& one : shown->interventions) {
      write_intervention(json, shown->graph(), one);
    }
  }
  json.end_array();
  json.member("busy", app.busy());
  json.member("camera", app.camera().on);
  json.key("cameraFrameMs");
  app.camera().frame_ms > 0 ? json.value(app.camera().frame_ms) : json.null();
  json.member("dark", app.dark());
  json.key("error");
  if (app.notice()) {
    json.value(app.notice()->message);
  } else {
    json.null();
  }
  json.end_object();
  return json.text();
}

std::string graph_json(const App& app) {
  const ReadyModel& model = app.model();
  JsonWriter json;
  json.begin_array();
  for (NodeId id = 0; id < model.graph.size(); ++id) {
    const Cost& cost = model.costs[static_cast<std::size_t>(id)];
    json.begin_object();
    write_node(json, model.graph, id);
    json.member("macs", cost.macs);
    json.member("parameters", cost.parameters());
    const bool is_int8 = app.precision() == Precision::int8;
    json.member("bytes", is_int8 ? cost.activation_bytes / 4 : cost.activation_bytes);
    write_ms(json, app.snapshot(), id);
    json.end_object();
  }
  json.end_array();
  return json.text();
}

std::string predictions_json(const App& app, int count) {
  JsonWriter json;
  json.begin_array();
  for (const ShownPrediction& prediction : app.predictions(app.shown_snapshot(), count)) {
    json.begin_object();
    json.member("class", prediction.class_index);
    json.member("label", prediction.synonyms);
    json.member("probability", prediction.probability);
    json.member("logit", prediction.logit);
    json.end_object();
  }
  json.end_array();
  return json.text();
}

namespace {

std::string term_name(const Graph& graph, const Term& term) {
  return graph.node(term.from).name + "[" + std::to_string(term.y) + "," + std::to_string(term.x) +
         "," + std::to_string(term.channel) + "]";
}

std::string explanation_json(const Graph& graph, const Explanation& why) {
  JsonWriter json;
  json.begin_object();
  json.member("value", why.value);
  json.member("bias", why.bias);
  json.key("terms");
  json.begin_array();
  for (const Term& term : why.terms) {
    json.begin_object();
    json.member("name", term_name(graph, term));
    json.member("input", term.input);
    json.member("weight", term.weight);
    json.member("product", term.product);
    json.end_object();
  }
  json.end_array();
  json.member("sum", why.sum);
  json.member("preactivation", why.preactivation);
  json.key("receptiveField");
  json.begin_array();
  const Box& field = why.receptive_field;
  for (const int edge : {field.y0, field.x0, field.y1, field.x1}) json.value(edge);
  json.end_array();
  json.end_object();
  return json.text();
}

}  // namespace

std::string explain_json(const App& app, std::string_view node, int y, int x, int channel) {
  const Snapshot* snapshot = app.shown_snapshot();
  if (!snapshot) return error_json({"Nothing has been run yet.", "Load a photo first."});
  if (snapshot->precision == Precision::int8) {
    return error_json({std::string(find_view("cell")->why_float32),
                       "Choose float32: select({precision: 'float32'})."});
  }
  const Graph& graph = snapshot->graph();
  const NodeId id = graph.find(node);
  if (id <= 0) {
    return error_json({"There is no layer \"" + std::string(node) + "\" to explain.",
                       "graph() lists the layers; the input has nothing to explain."});
  }
  const Shape shape = graph.node(id).out;
  const bool inside =
      y >= 0 && y < shape.h && x >= 0 && x < shape.w && channel >= 0 && channel < shape.c;
  if (!inside) {
    return error_json(
        {"That value lies outside the layer's output.", "graph() tells each layer's shape."});
  }
  return explanation_json(graph, explain_cell(*snapshot, id, y, x, channel));
}

const NodeWeights* weights_of(const App& app, std::string_view node) {
  const Snapshot* snapshot = app.snapshot();
  const NodeId id = snapshot ? snapshot->graph().find(node) : kNoNode;
  if (id == kNoNode || !has_weights(snapshot->graph().node(id).op)) return nullptr;
  return &snapshot->model->weights().of(id);
}

std::string weights_json(const App& app, std::string_view name) {
  if (!app.snapshot()) return error_json({"Nothing has been run yet.", "Load a photo first."});
  if (!weights_of(app, name)) {
    return error_json({"There is no layer \"" + std::string(name) + "\" with weights.",
                       "Convolutions and fully connected layers have them."});
  }
  const Graph& graph = app.snapshot()->graph();
  const NodeId id = graph.find(name);
  const FilterShape shape = filter_shape(graph, id);
  std::vector<int> filter = {shape.kernel, shape.kernel, shape.in, shape.out};
  if (graph.node(id).op == Op::depthwise) filter.erase(filter.begin() + 2);
  JsonWriter json;
  json.begin_object();
  for (const bool bias : {false, true}) {
    json.key(bias ? "bias" : "filter");
    json.begin_object();
    json.key("shape");
    json.begin_array();
    for (const int extent : bias ? std::vector<int>{shape.out} : filter) json.value(extent);
    json.end_array();
    json.end_object();
  }
  json.end_object();
  return json.text();
}

}  // namespace lens
