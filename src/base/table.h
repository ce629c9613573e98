// A table of text and numbers: what a panel shows, as a visitor takes it along. Does not know how
// it is drawn.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace lens {

using TableCell = std::variant<std::string, double>;

struct Table {
  std::vector<std::string> columns;          // with units: "MACs", "ms"
  std::vector<std::vector<TableCell>> rows;  // each as long as columns
};

// RFC 4180: comma, CRLF, quotes where a text needs them. Numbers as in JSON.
std::string to_csv(const Table& table);

// [{"column": cell, ...}, ...]
std::string to_json(const Table& table);

}  // namespace lens
