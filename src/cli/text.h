// Numbers and tables for people to read in a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/tensor.h"

namespace lens::cli {

// printf into a string.
[[gnu::format(printf, 1, 2)]] std::string formatted(const char* format, ...);

std::string with_unit(std::int64_t count);   // "864", "8.19 k", "10.84 M", "4.87 G"
std::string with_bytes(std::int64_t bytes);  // "864 B", "1.53 MiB"
std::string to_string(const Shape& shape);   // "112x112x32"
std::string number_text(double number);      // the shortest that reads back the same: "0.75"

// "1, 0.75, 0.5" of the parts 1, 0.75 and 0.5 and the separator ", ".
std::string joined(const std::vector<std::string>& parts, const char* separator);

enum class Align { left, right };

// Rows of cells as columns that line up, two spaces between them, each line ended. Every row has as
// many cells as there are alignments (asserted).
std::string render_table(const std::vector<std::vector<std::string>>& rows,
                         const std::vector<Align>& columns);

}  // namespace lens::cli
