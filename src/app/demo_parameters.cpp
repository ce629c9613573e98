#include "app/demo_parameters.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "ui/text.h"

namespace lens {

namespace {

std::optional<double> number(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (copy.empty() || *end != '\0' || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Cuts the text before the first separator off; all of it when there is none.
std::string_view cut(std::string_view& text, char separator) {
  const std::string_view head = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(head.size() + 1, text.size()));
  return head;
}

}  // namespace

Result<DemoParameters> DemoParameters::parse(std::string_view text) {
  DemoParameters parameters;
  while (!text.empty()) {
    std::string_view pair = cut(text, '&');
    if (pair.find('=') == std::string_view::npos) {
      return Error{"demo: \"" + std::string(pair) + "\" has no value.", ""};
    }
    const std::string name(cut(pair, '='));
    parameters.values_[name] = std::string(pair);
  }
  return parameters;
}

Result<bool> DemoParameters::only(std::initializer_list<std::string_view> known) const {
  for (const auto& [name, value] : values_) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string names;
    for (const std::string_view one : known)
      names += (names.empty() ? "" : ", ") + std::string(one);
    return Error{"demo: there is no parameter \"" + name + "\".", "Known: " + names + "."};
  }
  return true;
}

Result<double> DemoParameters::whole(std::string_view name, Range range, double otherwise) const {
  const auto at = values_.find(name);
  if (at == values_.end()) return otherwise;
  const std::optional<double> value = number(at->second);
  if (value && *value >= range.low && *value <= range.high && std::floor(*value) == *value) {
    return *value;
  }
  return Error{"demo: " + at->first + " cannot be \"" + at->second + "\".",
               ui::format("It is a whole number from %.0f to %.0f.", range.low, range.high)};
}

std::string DemoParameters::text(std::string_view name, std::string_view otherwise) const {
  const auto at = values_.find(name);
  return at == values_.end() ? std::string(otherwise) : at->second;
}

std::optional<std::vector<double>> DemoParameters::list(std::string_view name) const {
  const auto at = values_.find(name);
  if (at == values_.end()) return std::nullopt;
  std::vector<double> values;
  std::string_view rest = at->second;
  while (!rest.empty()) {
    const std::optional<double> value = number(cut(rest, ','));
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  if (values.size() < 2) return std::nullopt;
  return values;
}

}  // namespace lens
