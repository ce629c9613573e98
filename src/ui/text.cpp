#include "ui/text.h"

#include <cmath>
#include <cstdarg>
#include <cstdio>

namespace lens::ui {

std::string format(const char* pattern, ...) {
  std::va_list arguments;
  va_start(arguments, pattern);
  std::va_list again;
  va_copy(again, arguments);
  const int length = std::vsnprintf(nullptr, 0, pattern, arguments);
  va_end(arguments);
  std::string text(static_cast<std::size_t>(length > 0 ? length : 0), '\0');
  std::vsnprintf(text.data(), text.size() + 1, pattern, again);
  va_end(again);
  return text;
}

std::string grouped(std::int64_t value) {
  const std::string digits = std::to_string(value);
  const std::size_t sign = value < 0 ? 1 : 0;
  std::string text;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    const bool boundary = at > sign && (digits.size() - at) % 3 == 0;
    if (boundary) text += ',';
    text += digits[at];
  }
  return text;
}

namespace {

// Three significant digits and a unit: "1.23 M", "12.3 M", "123 M".
std::string three_digits(double value, const char* unit) {
  const double size = std::fabs(value);
  return format("%.*f %s", size < 9.995 ? 2 : size < 99.95 ? 1 : 0, value, unit);
}

}  // namespace

std::string compact(double value) {
  if (std::fabs(value) < 1000) return format("%.0f", value);
  if (std::fabs(value) < 999.5e3) return three_digits(value / 1e3, "k");
  if (std::fabs(value) < 999.5e6) return three_digits(value / 1e6, "M");
  return three_digits(value / 1e9, "G");
}

std::string bytes(std::int64_t count) {
  const double value = static_cast<double>(count);
  if (count < 1000) return format("%d B", static_cast<int>(count));
  if (value < 999.5e3) return three_digits(value / 1e3, "kB");
  return three_digits(value / 1e6, "MB");
}

std::string milliseconds(double ms) {
  return format("%.*f", ms < 10 ? 2 : 1, ms);
}

std::string percent(double part) {
  if (part > 0 && part < 0.0005) return "< 0.1 %";
  return format("%.1f %%", part * 100.0);
}

std::string percent(double part, double step) {
  return part < step ? format("< %.1f %%", step * 100.0) : percent(part);
}

std::string decimals(double number, int places) {
  const std::string text = format("%.*f", places, number);
  const bool nothing = text.find_first_not_of("-0.") == std::string::npos;
  return nothing && text[0] == '-' ? text.substr(1) : text;
}

std::string value(double number) {
  const double size = std::fabs(number);
  if (size == 0) return "0";
  return decimals(number, size < 1 ? 4 : size < 100 ? 3 : 1);
}

std::string shape(int h, int w, int c) {
  return format("%d × %d × %d", h, w, c);
}

}  // namespace lens::ui
