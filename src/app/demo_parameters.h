// The parameters of window.lens.demo, by name; each demo asks for those it knows.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lens {

// Of whole numbers.
struct Range {
  double low = 0;
  double high = 0;
};

class DemoParameters {
 public:
  // "n=5&seed=7"; fails on a pair without "=".
  static Result<DemoParameters> parse(std::string_view text);

  // Fails on a name that is not among these.
  Result<bool> only(std::initializer_list<std::string_view> known) const;

  // A whole number in the range; `otherwise` where it is left out.
  Result<double> whole(std::string_view name, Range range, double otherwise) const;

  // A text, or `otherwise`.
  std::string text(std::string_view name, std::string_view otherwise) const;

  // "0.5,1,-2"; nothing unless it is a list of at least two finite numbers.
  std::optional<std::vector<double>> list(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace lens
