// Measured times of several plain runs of one model. A single run on a busy machine is noise: the
// median of several is what tables and charts show once a reader has asked for it.
#pragma once

#include <span>
#include <vector>

namespace lens {

// So many runs are measured: odd, so that the median is one of them.
constexpr int kMeasuredRuns = 11;

struct Timing {
  int runs = 0;
  std::vector<double> node_ms;  // by NodeId, the median of the runs
  double total_ms = 0;          // the median of whole runs, not the sum of the layers' medians
  int threads = 1;              // that worked on them
};

// The middle value; of an even count the mean of the two in the middle. 0 for none.
double median(std::vector<double> values);

// runs: each the ms of every node.
Timing timing_of(std::span<const std::vector<double>> runs);

}  // namespace lens
