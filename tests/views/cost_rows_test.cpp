// The numbers behind the cost panel: shares, speeds, memory, and what the table takes along.
#include "views/cost_rows.h"

#include <algorithm>
#include <cmath>

#include "catch2/catch.hpp"
#include "cost/memory.h"
#include "views/cost_charts.h"
#include "views/test_frame.h"

using namespace lens;
using cost_table::Column;
using cost_table::Row;
using test::TestFrame;

namespace {

// A net of the paper's costs, and a measurement in which node n takes n + 1 ms.
struct Measured {
  explicit Measured(std::string_view id) : test(id) {
    test.costs = cost_of(test.model.entry->build({}, kPaperClasses));
    for (std::size_t i = 0; i < test.costs.size(); ++i) {
      timing.node_ms.push_back(static_cast<double>(i) + 1);
    }
  }

  Frame frame() {
    Frame frame = test.frame();
    frame.timing = &timing;
    return frame;
  }

  TestFrame test;
  Timing timing;
};

std::size_t column(const Table& table, const char* name) {
  const auto at = std::find(table.columns.begin(), table.columns.end(), name);
  REQUIRE(at != table.columns.end());
  return static_cast<std::size_t>(at - table.columns.begin());
}

std::vector<double> numbers(const Table& table, const char* name) {
  std::vector<double> result;
  for (const auto& row : table.rows) result.push_back(std::get<double>(row[column(table, name)]));
  return result;
}

// In percent, as the paper prints: two decimals.
double printed(double share) {
  return std::round(share * 10000) / 100;
}

}  // namespace

TEST_CASE("cost rows: a sum that was computed with its projection has no time of its own",
          "[views]") {
  Measured v2("v2");
  Frame frame = v2.frame();
  std::size_t sums = 0;
  for (const Row& row : cost_table::layer_rows(frame)) {
    const bool is_sum = frame.graph.node(row.first).op == Op::add;
    INFO(row.name);
    CHECK(row.timed_with == (is_sum ? row.first - 1 : kNoNode));
    sums += is_sum;
  }
  CHECK(sums == 10);
  const Table table = cost_table::table(frame);
  const std::size_t ms = column(table, "ms");
  const auto empty = std::count_if(table.rows.begin(), table.rows.end(), [&](const auto& row) {
    return std::holds_alternative<std::string>(row[ms]);
  });
  CHECK(static_cast<std::size_t>(empty) == sums);
  for (const Row& row : cost_table::block_rows(frame)) CHECK(row.timed_with == kNoNode);
  // Least time first would begin with what has none.
  std::vector<Row> rows = cost_table::layer_rows(frame);
  cost_table::sort_rows(rows, Column::ms, false);
  CHECK(rows.front().timed_with == kNoNode);
  for (std::size_t i = 0; i < sums; ++i) CHECK(rows[rows.size() - 1 - i].timed_with != kNoNode);
}

TEST_CASE("cost rows: V1's shares are the paper's table 2, with the digit swap put right",
          "[views]") {
  struct Printed {
    LayerType type;
    double macs;
    double weights;
  };

  Measured net("v1");
  const std::vector<cost_table::TypeShare> shares = cost_table::type_shares(net.frame());
  for (const Printed& row :
       {Printed{LayerType::pointwise, 94.86, 74.59}, Printed{LayerType::depthwise, 3.06, 1.06},
        Printed{LayerType::standard, 1.91, 0.02},  // printed: 1.19
        Printed{LayerType::fully_connected, 0.18, 24.33}}) {
    const auto share = std::find_if(shares.begin(), shares.end(),
                                    [&](const auto& one) { return one.type == row.type; });
    REQUIRE(share != shares.end());
    CHECK(printed(share->macs) == row.macs);
    CHECK(printed(share->weights) == row.weights);
  }
  // The four, and one without MACs: the pool and the softmax.
  REQUIRE(shares.size() == 5);
  CHECK_FALSE(shares.back().type.has_value());
  CHECK(shares.back().macs == 0);
  double ms = 0;
  for (const auto& share : shares) ms += share.ms;
  CHECK(ms == Approx(1));
}

TEST_CASE("cost rows: GMAC/s is MACs over time, and 0 for sums and pools", "[views]") {
  for (const char* id : {"v1", "v2", "v3-small"}) {
    Measured net(id);
    const Frame frame = net.frame();
    const Table table = cost_table::table(frame);
    const std::vector<double> speeds = numbers(table, "GMAC/s");
    const std::vector<double> macs = numbers(table, "MACs");
    int without = 0;
    for (std::size_t i = 0; i < speeds.size(); ++i) {
      const std::size_t node = i + 1;  // the input is no row
      CHECK(speeds[i] == Approx(macs[i] / (static_cast<double>(node) + 1) / 1e6));
      const Op op = frame.graph.node(static_cast<NodeId>(node)).op;
      if (op != Op::add && op != Op::global_pool) continue;
      CHECK(speeds[i] == 0);
      ++without;
    }
    CHECK(without > 0);
  }
}

TEST_CASE("cost rows: the live bytes of each layer, and a block's most", "[views]") {
  Measured net("v2");
  const Frame frame = net.frame();
  const std::vector<std::int64_t> live = live_bytes(frame.graph);
  const std::vector<double> of_layers = numbers(cost_table::table(frame), "live bytes");
  REQUIRE(of_layers.size() + 1 == live.size());
  for (std::size_t i = 0; i < of_layers.size(); ++i) {
    CHECK(of_layers[i] == static_cast<double>(live[i + 1]));
  }
  // The stem at 64 pixels: the photo, and 32 channels of half the side.
  CHECK(of_layers[0] == 4.0 * (64 * 64 * 3 + 32 * 32 * 32));
  const Table blocks = cost_table::table(frame, {.by_block = true});
  const std::vector<double> of_blocks = numbers(blocks, "live bytes");
  // Block 2 expands to 96 channels: alive are its 16 at 32 x 32 with the 96, or the 96 with the
  // depthwise layer's 96 at 16 x 16.
  REQUIRE(blocks.rows[2][0] == TableCell(std::string("bneck2")));
  CHECK(of_blocks[2] == 4.0 * std::max(32 * 32 * (16 + 96), 96 * (32 * 32 + 16 * 16)));
}

TEST_CASE("cost rows: the table is taken along in the order on the screen", "[views]") {
  Measured net("v2");
  const Frame frame = net.frame();
  const Table falling = cost_table::table(frame, {.sorted_by = Column::macs});
  std::vector<double> macs = numbers(falling, "MACs");
  CHECK(std::is_sorted(macs.rbegin(), macs.rend()));
  CHECK(macs.front() > macs.back());
  const Table rising = cost_table::table(
      frame, {.by_block = true, .sorted_by = Column::parameters, .descending = false});
  const std::vector<double> parameters = numbers(rising, "parameters");
  CHECK(std::is_sorted(parameters.begin(), parameters.end()));
  CHECK(rising.rows.size() == cost_table::block_rows(frame).size());
}

TEST_CASE("cost charts: the table adds up to each version, V1's 14 x 14 by hand", "[views]") {
  const Table table = cost_charts::table(cost_charts::all_nets());
  const std::vector<double> macs = numbers(table, "MACs");
  const auto total = [&](const std::string& version) {
    double sum = 0;
    for (std::size_t i = 0; i < macs.size(); ++i) {
      if (table.rows[i][0] == TableCell(version)) sum += macs[i];
    }
    return sum;
  };
  for (const auto& [id, count] : {std::pair{"v1", 568'740'352.0},
                                  {"v2", 300'774'272.0},
                                  {"v3-large", 216'589'760.0},
                                  {"v3-small", 56'510'400.0}}) {
    CHECK(total(std::string(find_model(id)->title)) == count);
  }
  const std::size_t resolution = column(table, "resolution");
  const auto row = std::find_if(table.rows.begin(), table.rows.end(), [&](const auto& one) {
    return one[0] == TableCell(std::string(find_model("v1")->title)) &&
           std::get<double>(one[resolution]) == 14;
  });
  REQUIRE(row != table.rows.end());
  // Depthwise 256 and its 1x1, five pairs of 512, biases and batch-norm aside.
  const double pairs = 9 * 256 + 256 * 512 + 5 * (9 * 512 + 512 * 512);
  CHECK(std::get<double>((*row)[column(table, "MACs")]) == 14 * 14 * pairs);
  CHECK(std::get<double>((*row)[column(table, "layers")]) == 12);
  const double values = 14 * 14 * (256 + 512 + 5 * 2 * 512);
  CHECK(std::get<double>((*row)[column(table, "activation bytes")]) == 4 * values);
  // The largest two neighbours: 512 in, 512 out.
  CHECK(std::get<double>((*row)[column(table, "peak live bytes")]) >= 4 * 14 * 14 * (512 + 512));
}
