#include "cost/cost.h"

#include "base/json.h"
#include "cli/commands.h"
#include "cli/text.h"

namespace lens::cli {

namespace {

struct Layer {
  const Node& node;
  Shape input;
  Cost cost;
};

struct Report {
  const ModelChoice& model;
  std::vector<Layer> layers;  // every node but the input
  Cost total;
};

void write_shape(JsonWriter& json, const Shape& shape) {
  json.begin_array();
  json.value(shape.h);
  json.value(shape.w);
  json.value(shape.c);
  json.end_array();
}

void write_layer(JsonWriter& json, const Layer& layer) {
  json.begin_object();
  json.member("name", layer.node.name);
  json.member("op", to_string(layer.node.op));
  json.member("role", to_string(layer.node.role));
  json.member("block", layer.node.block);
  json.key("input");
  write_shape(json, layer.input);
  json.key("shape");
  write_shape(json, layer.node.out);
  json.member("kernel", layer.node.kernel);
  json.member("stride", layer.node.stride);
  json.member("activation", to_string(layer.node.activation));
  json.member("macs", layer.cost.macs);
  json.member("weights", layer.cost.weights);
  json.member("parameters", layer.cost.parameters());
  json.member("activation_bytes", layer.cost.activation_bytes);
  json.end_object();
}

std::string as_json(const Report& report) {
  JsonWriter json;
  json.begin_object();
  json.member("model", report.model.entry->id);
  json.member("width", report.model.variant.width);
  json.member("resolution", report.model.variant.resolution);
  json.key("total");
  json.begin_object();
  json.member("macs", report.total.macs);
  json.member("weights", report.total.weights);
  json.member("parameters", report.total.parameters());
  json.member("activation_bytes", report.total.activation_bytes);
  json.end_object();
  json.key("layers");
  json.begin_array();
  for (const Layer& layer : report.layers) write_layer(json, layer);
  json.end_array();
  json.end_object();
  return json.text() + "\n";
}

// Names are our own and hold neither commas nor quotes.
std::string as_csv(const Report& report) {
  std::string text =
      "name,op,role,block,input_h,input_w,input_c,output_h,output_w,output_c,kernel,stride,"
      "activation,macs,weights,parameters,activation_bytes\n";
  const auto shape = [](const Shape& of) { return formatted("%d,%d,%d", of.h, of.w, of.c); };
  for (const auto& [node, input, cost] : report.layers) {
    text += node.name + ',' + std::string(to_string(node.op)) + ',' +
            std::string(to_string(node.role)) + ',' + std::to_string(node.block) + ',' +
            shape(input) + ',' + shape(node.out) + ',' + std::to_string(node.kernel) + ',' +
            std::to_string(node.stride) + ',' + std::string(to_string(node.activation)) + ',' +
            std::to_string(cost.macs) + ',' + std::to_string(cost.weights) + ',' +
            std::to_string(cost.parameters()) + ',' + std::to_string(cost.activation_bytes) + '\n';
  }
  return text;
}

using Cells = std::vector<std::string>;

// Kernel, stride and activation only where there is a layer with weights.
Cells layer_cells(const Node& node) {
  Cells cells = {node.name, std::string(to_string(node.op)), to_string(node.out), "", "", ""};
  if (has_weights(node.op)) {
    cells[3] = formatted("%dx%d", node.kernel, node.kernel);
    cells[4] = std::to_string(node.stride);
    cells[5] = std::string(to_string(node.activation));
  }
  return cells;
}

void add_cost(Cells& row, const Cost& cost, std::int64_t total_macs) {
  const double share = 100.0 * static_cast<double>(cost.macs) / static_cast<double>(total_macs);
  row.push_back(cost.macs > 0 ? with_unit(cost.macs) : "");
  row.push_back(cost.macs > 0 ? formatted("%.2f", share) : "");
  row.push_back(cost.parameters() > 0 ? with_unit(cost.parameters()) : "");
  row.push_back(with_bytes(cost.activation_bytes));
}

std::string as_table(const Report& report) {
  std::vector<Cells> rows = {{"layer", "op", "output", "kernel", "stride", "activation", "MACs",
                              "%", "parameters", "activations"}};
  for (const Layer& layer : report.layers) {
    rows.push_back(layer_cells(layer.node));
    add_cost(rows.back(), layer.cost, report.total.macs);
  }
  rows.push_back({"total", "", "", "", "", ""});
  add_cost(rows.back(), report.total, report.total.macs);
  constexpr Align L = Align::left;
  constexpr Align R = Align::right;
  return report.model.title() + "\n" + render_table(rows, {L, L, R, R, R, L, R, R, R, R});
}

}  // namespace

Result<Output> cost(const CostCommand& command) {
  const Graph graph = command.model.entry->build(command.model.variant, kPaperClasses);
  Report report{.model = command.model, .layers = {}, .total = total_cost(graph)};
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (graph.node(id).op == Op::input) continue;
    report.layers.push_back({graph.node(id), graph.input_shape(id), node_cost(graph, id)});
  }
  switch (command.format) {
    case CostFormat::table:
      return Output{.text = as_table(report)};
    case CostFormat::csv:
      return Output{.text = as_csv(report)};
    case CostFormat::json:
      return Output{.text = as_json(report)};
  }
  return Output{};
}

}  // namespace lens::cli
