#include "base/table.h"

#include <cassert>

#include "base/json.h"

namespace lens {

namespace {

std::string number_text(double number) {
  JsonWriter json;
  json.value(number);
  return json.text();
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

std::string csv_cell(const TableCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
  return number_text(std::get<double>(cell));
}

}  // namespace

std::string to_csv(const Table& table) {
  std::string text;
  const auto line = [&](const auto& cells, auto&& text_of) {
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + text_of(cells[i]);
    text += "\r\n";
  };
  line(table.columns, quoted);
  for (const auto& row : table.rows) line(row, csv_cell);
  return text;
}

std::string to_json(const Table& table) {
  JsonWriter json;
  json.begin_array();
  for (const auto& row : table.rows) {
    assert(row.size() == table.columns.size());
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      json.key(table.columns[i]);
      std::visit([&](const auto& cell) { json.value(cell); }, row[i]);
    }
    json.end_object();
  }
  json.end_array();
  return json.text();
}

}  // namespace lens
