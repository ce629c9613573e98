// The rows behind the cost table: one per layer or one per block, and what each type of layer adds
// up to. Computed anew each frame from the graph, its costs and the measured times.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "views/frame.h"

namespace lens::cost_table {

enum class Column {
  name,
  output,
  macs,
  parameters,
  executed_bytes,
  stored_bytes,
  ms,
  speed,
};

constexpr int kColumns = 8;

struct Row {
  NodeId first = kNoNode;  // the nodes of the row
  NodeId last = kNoNode;
  std::string name;  // "bneck3.expand", "bneck3", "head"
  Shape out;         // of the last node
  Cost cost;
  std::int64_t stored_bytes = 0;  // of the outputs that leave the bottleneck
  std::int64_t live_bytes = 0;    // the most that is alive while one of the nodes runs
  double ms = 0;
  NodeId timed_with = kNoNode;  // the layer in whose ms its own are, and which is computed with it

  // Thousand million MACs per second; 0 where nothing has been multiplied or measured.
  double gmacs_per_second() const { return ms > 0 ? static_cast<double>(cost.macs) / ms / 1e6 : 0; }
};

std::vector<Row> layer_rows(const Frame& frame);
std::vector<Row> block_rows(const Frame& frame);

// By a column, largest first when `descending`; rows that are equal keep the network's order. By
// ms, rows without a time of their own come last.
void sort_rows(std::vector<Row>& rows, Column by, bool descending);

// Which rows are on the screen, and in which order.
struct Order {
  bool by_block = false;
  std::optional<Column> sorted_by = {};  // nothing: the order of the network
  bool descending = true;
};

std::vector<Row> shown_rows(const Frame& frame, const Order& order);

// Shares of one type of layer in the whole, 0..1.
struct TypeShare {
  std::optional<LayerType> type;  // nothing: sums, pools and the like, which have no MACs
  double macs = 0;
  double weights = 0;  // without biases and batch-norm: as MobileNets' table 2 counts
  double ms = 0;
};

// The types that the network has, most MACs first; what has no MACs last.
std::vector<TypeShare> type_shares(const Frame& frame);

// The rows on the screen: name, op, shape, MACs, parameters, bytes, ms.
Table table(const Frame& frame, const Order& order = {});

}  // namespace lens::cost_table
