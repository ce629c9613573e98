#include "cli/text.h"

#include <algorithm>
#include <cassert>
#include <cstdarg>
#include <cstdio>

#include "base/json.h"

namespace lens::cli {

namespace {

// Scaled down by step until it has at most three digits before the point.
std::string scaled(std::int64_t count, double step, std::initializer_list<const char*> units) {
  double value = static_cast<double>(count);
  const char* const* unit = units.begin();
  while (value >= step && unit + 1 != units.end()) {
    value /= step;
    ++unit;
  }
  return formatted(unit == units.begin() ? "%.0f%s" : "%.2f%s", value, *unit);
}

std::string padded(const std::string& text, std::size_t width, Align align) {
  const std::string padding(width - text.size(), ' ');
  return align == Align::left ? text + padding : padding + text;
}

}  // namespace

std::string formatted(const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  std::va_list again;
  va_copy(again, arguments);
  const int length = std::vsnprintf(nullptr, 0, format, arguments);
  va_end(arguments);
  std::string text(static_cast<std::size_t>(std::max(length, 0)), '\0');
  std::vsnprintf(text.data(), text.size() + 1, format, again);
  va_end(again);
  return text;
}

std::string with_unit(std::int64_t count) {
  return scaled(count, 1000, {"", " k", " M", " G"});
}

std::string with_bytes(std::int64_t bytes) {
  return scaled(bytes, 1024, {" B", " KiB", " MiB", " GiB"});
}

std::string to_string(const Shape& shape) {
  return formatted("%dx%dx%d", shape.h, shape.w, shape.c);
}

std::string number_text(double number) {
  JsonWriter json;
  json.value(number);
  return json.text();
}

std::string joined(const std::vector<std::string>& parts, const char* separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

std::string render_table(const std::vector<std::vector<std::string>>& rows,
                         const std::vector<Align>& columns) {
  std::vector<std::size_t> widths(columns.size(), 0);
  for (const std::vector<std::string>& row : rows) {
    assert(row.size() == columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const std::vector<std::string>& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line += "  ";
      line += padded(row[i], widths[i], columns[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace lens::cli
