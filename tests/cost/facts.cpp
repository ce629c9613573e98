#include "cost/facts.h"

#include <cctype>
#include <cstdlib>
#include <sstream>

#include "catch2/catch.hpp"
#include "support/assets.h"

namespace lens::test {

namespace {

// "1,024,000" and "**1,024,000**" as 1024000.
std::int64_t number(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c))) digits += c;
  }
  REQUIRE_FALSE(digits.empty());
  return std::stoll(digits);
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line.substr(1));
  for (std::string cell; std::getline(stream, cell, '|');) cells.push_back(trimmed(cell));
  return cells;
}

// "112²×32" as (112, 112, 32).
Shape shape_of(const std::string& text) {
  const std::string times = "²×";
  const std::size_t at = text.find(times);
  REQUIRE(at != std::string::npos);
  const int side = std::stoi(text);
  return {side, side, std::stoi(text.substr(at + times.size()))};
}

// "Total: 1 MACs; 2 conv/FC weights; 3 with biases; **4** with BN γ,β."
void read_totals(const std::string& line, FactsTable& table) {
  std::istringstream stream(line);
  std::vector<std::string> parts;
  for (std::string part; std::getline(stream, part, ';');) parts.push_back(part);
  REQUIRE(parts.size() == 4);
  table.macs = number(parts[0]);
  table.weights = number(parts[1]);
  table.weights_and_biases = number(parts[2]);
  table.parameters = number(parts[3]);
}

FactsRow row_of(const std::string& line) {
  const std::vector<std::string> cells = cells_of(line);
  REQUIRE(cells.size() >= 10);
  return {.op = cells[1],
          .in = shape_of(cells[2]),
          .kernel = std::stoi(cells[3]),
          .stride = std::stoi(cells[4]),
          .out = shape_of(cells[5]),
          .macs = number(cells[6]),
          .percent = std::stod(cells[7]),
          .weights = number(cells[8]),
          .note = cells[9]};
}

}  // namespace

FactsTable read_facts_table(const std::string& heading) {
  FactsTable table;
  std::istringstream lines(read_asset_text("docs/facts.md"));
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("#### ", 0) == 0) inside = line.rfind("#### " + heading, 0) == 0;
    if (!inside) continue;
    if (line.rfind("Total: ", 0) == 0) read_totals(line, table);
    const bool row =
        line.size() > 2 && line[0] == '|' && std::isdigit(static_cast<unsigned char>(line[2]));
    if (row) table.rows.push_back(row_of(line));
  }
  return table;
}

}  // namespace lens::test
