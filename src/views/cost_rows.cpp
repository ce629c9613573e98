#include "views/cost_rows.h"

#include <algorithm>
#include <array>

#include "cost/memory.h"
#include "views/describe.h"

namespace lens::cost_table {

namespace {

double ms_of(const Frame& frame, NodeId id) {
  const std::vector<double>* ms = frame.layer_ms();
  return ms ? (*ms)[static_cast<std::size_t>(id)] : 0;
}

// "bneck3" of "bneck3.expand".
std::string first_part(const std::string& name) {
  return name.substr(0, name.find('.'));
}

double key_of(const Row& row, Column column) {
  switch (column) {
    case Column::name:
      return row.first;
    case Column::output:
      return static_cast<double>(row.out.count());
    case Column::macs:
      return static_cast<double>(row.cost.macs);
    case Column::parameters:
      return static_cast<double>(row.cost.parameters());
    case Column::executed_bytes:
      return static_cast<double>(row.cost.activation_bytes);
    case Column::stored_bytes:
      return static_cast<double>(row.stored_bytes);
    case Column::ms:
      return row.ms;
    case Column::speed:
      return row.gmacs_per_second();
  }
  return 0;
}

double part(double value, double whole) {
  return whole > 0 ? value / whole : 0;
}

}  // namespace

std::vector<Row> layer_rows(const Frame& frame) {
  const std::vector<std::int64_t> live = live_bytes(frame.graph);
  std::vector<Row> rows;
  for (NodeId id = 1; id < frame.graph.size(); ++id) {
    const Node& node = frame.graph.node(id);
    Cost cost = frame.costs[static_cast<std::size_t>(id)];
    cost.activation_bytes = cost.activation_bytes / 4 * frame.value_bytes();
    const std::int64_t stored = stored_whole(frame.graph, id) ? cost.activation_bytes : 0;
    const std::int64_t alive = live[static_cast<std::size_t>(id)] / 4 * frame.value_bytes();
    const NodeId timed_with = frame.now && !frame.now->is_timed(id) ? id - 1 : kNoNode;
    rows.push_back(
        {id, id, node.name, node.out, cost, stored, alive, ms_of(frame, id), timed_with});
  }
  return rows;
}

std::vector<Row> block_rows(const Frame& frame) {
  std::vector<Row> rows;
  int block = -1;
  for (const Row& layer : layer_rows(frame)) {
    const Node& node = frame.graph.node(layer.first);
    if (node.block != block) {
      block = node.block;
      rows.push_back(layer);
      rows.back().name = first_part(node.name);
      continue;
    }
    Row& row = rows.back();
    row.last = layer.last;
    row.out = layer.out;
    row.cost += layer.cost;
    row.stored_bytes += layer.stored_bytes;
    row.live_bytes = std::max(row.live_bytes, layer.live_bytes);
    row.ms += layer.ms;
  }
  return rows;
}

void sort_rows(std::vector<Row>& rows, Column by, bool descending) {
  const auto is_last = [&](const Row& row) {
    return by == Column::ms && row.timed_with != kNoNode;
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    if (is_last(a) != is_last(b)) return is_last(b);
    const double left = key_of(a, by);
    const double right = key_of(b, by);
    return descending ? left > right : left < right;
  });
}

std::vector<Row> shown_rows(const Frame& frame, const Order& order) {
  std::vector<Row> rows = order.by_block ? block_rows(frame) : layer_rows(frame);
  if (order.sorted_by) sort_rows(rows, *order.sorted_by, order.descending);
  return rows;
}

std::vector<TypeShare> type_shares(const Frame& frame) {
  constexpr std::size_t kTypes = static_cast<std::size_t>(LayerType::fully_connected) + 1;
  std::array<TypeShare, kTypes + 1> shares;
  for (std::size_t i = 0; i < kTypes; ++i) shares[i].type = static_cast<LayerType>(i);
  TypeShare all;
  for (const Row& row : layer_rows(frame)) {
    const std::optional<LayerType> type = layer_type(frame.graph.node(row.first));
    TypeShare& share = shares[type ? static_cast<std::size_t>(*type) : kTypes];
    for (TypeShare* sum : {&share, &all}) {
      sum->macs += static_cast<double>(row.cost.macs);
      sum->weights += static_cast<double>(row.cost.weights);
      sum->ms += row.ms;
    }
  }
  std::vector<TypeShare> result;
  for (const TypeShare& share : shares) {
    if (share.macs == 0 && share.ms == 0) continue;
    result.push_back({share.type, part(share.macs, all.macs), part(share.weights, all.weights),
                      part(share.ms, all.ms)});
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const TypeShare& a, const TypeShare& b) { return a.macs > b.macs; });
  return result;
}

Table table(const Frame& frame, const Order& order) {
  Table result;
  result.columns = {
      "layer",      "operation", "block",      "height",           "width",
      "channels",   "MACs",      "parameters", "activation bytes", "bottleneck-only bytes",
      "live bytes", "ms",        "GMAC/s"};
  for (const Row& row : shown_rows(frame, order)) {
    const Node& node = frame.graph.node(row.first);
    const bool whole = row.first != row.last;
    const auto number = [](auto value) { return TableCell(static_cast<double>(value)); };
    const TableCell ms = row.timed_with == kNoNode ? number(row.ms) : TableCell("");
    result.rows.push_back({row.name, whole ? "block" : operation(node), number(node.block),
                           number(row.out.h), number(row.out.w), number(row.out.c),
                           number(row.cost.macs), number(row.cost.parameters()),
                           number(row.cost.activation_bytes), number(row.stored_bytes),
                           number(row.live_bytes), ms, number(row.gmacs_per_second())});
  }
  return result;
}

}  // namespace lens::cost_table
