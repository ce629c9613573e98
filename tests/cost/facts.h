// The per-layer tables in the appendix of docs/facts.md, read from the text that people read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/tensor.h"

namespace lens::test {

struct FactsRow {
  std::string op;  // "dw3x3", "expand1x1", "se_fc1"
  Shape in;
  int kernel = 0;
  int stride = 0;
  Shape out;
  std::int64_t macs = 0;
  double percent = 0;  // of the total MACs, two decimals
  std::int64_t weights = 0;
  std::string note;  // "res", "RE", "HS", "72->24"
};

struct FactsTable {
  std::int64_t macs = 0;
  std::int64_t weights = 0;
  std::int64_t weights_and_biases = 0;
  std::int64_t parameters = 0;  // with gamma and beta too
  std::vector<FactsRow> rows;
};

// heading: the beginning of the table's heading, "V1 1.0-224".
FactsTable read_facts_table(const std::string& heading);

}  // namespace lens::test
