#include "classes/labels.h"

namespace lens {

namespace {

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace

Result<std::vector<Label>> parse_labels(std::string_view text) {
  constexpr std::size_t kClasses = kImageNetClasses;
  const char* hint = "Use the label file that the README names.";
  std::vector<std::string_view> lines = split_lines(text);
  if (lines.size() != kClasses && lines.size() != kClasses + 1) {
    return Error{"The label file has " + std::to_string(lines.size()) +
                     " lines, expected 1000, or 1001 with the background first.",
                 hint};
  }
  if (lines.size() == kClasses + 1) lines.erase(lines.begin());

  std::vector<Label> labels;
  labels.reserve(kClasses);
  for (const std::string_view line : lines) {
    if (line.empty()) {
      return Error{"The label file has no name for class " + std::to_string(labels.size()) + ".",
                   hint};
    }
    labels.push_back({std::string(line.substr(0, line.find(','))), std::string(line)});
  }
  return labels;
}

}  // namespace lens
