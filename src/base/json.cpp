#include "base/json.h"

#include <cassert>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace lens {

namespace {

// Bytes of the well-formed UTF-8 sequence at the front of text, 0 when there is none.
// The Unicode Standard, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto within = [&](std::size_t i, int low, int high) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const int first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return within(1, 0x80, 0xBF) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const int low = first == 0xE0 ? 0xA0 : 0x80;
    const int high = first == 0xED ? 0x9F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const int low = first == 0xF0 ? 0x90 : 0x80;
    const int high = first == 0xF4 ? 0x8F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

// The escape of a character that JSON forbids inside a string (RFC 8259, section 7), else empty.
std::string escape(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  if (static_cast<unsigned char>(c) >= 0x20) return {};
  char text[8];
  std::snprintf(text, sizeof text, "\\u%04x", static_cast<unsigned>(c));
  return text;
}

constexpr int kNumberBytes = 32;  // sign, 17 digits, point, exponent, end

}  // namespace

void JsonWriter::key(std::string_view name) {
  assert(!open_.empty() && open_.back() == '{' && !has_key_);
  if (needs_comma_) text_ += ',';
  quoted(name);
  text_ += ':';
  has_key_ = true;
}

void JsonWriter::value(std::string_view text) {
  before_value();
  quoted(text);
  needs_comma_ = true;
}

void JsonWriter::value(float number) {
  if (!std::isfinite(number)) return null();
  char text[kNumberBytes];
  // Any decimal of 6 digits survives a float; 9 always tell two floats apart.
  for (int digits = 6; digits <= 9; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, static_cast<double>(number));
    if (std::strtof(text, nullptr) == number) break;
  }
  scalar(text);
}

void JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  char text[kNumberBytes];
  // The same for doubles: 15 and 17 digits.
  for (int digits = 15; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, number);
    if (std::strtod(text, nullptr) == number) break;
  }
  scalar(text);
}

void JsonWriter::begin(char bracket) {
  before_value();
  text_ += bracket;
  open_.push_back(bracket);
  needs_comma_ = false;
}

void JsonWriter::end([[maybe_unused]] char bracket, char closing) {
  assert(!open_.empty() && open_.back() == bracket && !has_key_);
  text_ += closing;
  open_.pop_back();
  needs_comma_ = true;
}

void JsonWriter::before_value() {
  const bool in_object = !open_.empty() && open_.back() == '{';
  assert(in_object == has_key_);
  assert(!open_.empty() || text_.empty());
  if (!in_object && needs_comma_) text_ += ',';
  has_key_ = false;
}

void JsonWriter::scalar(std::string_view text) {
  before_value();
  text_ += text;
  needs_comma_ = true;
}

void JsonWriter::quoted(std::string_view text) {
  text_ += '"';
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      text_ += "\xEF\xBF\xBD";
    } else if (const std::string escaped = escape(text[0]); !escaped.empty()) {
      text_ += escaped;
    } else {
      text_ += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  text_ += '"';
}

}  // namespace lens
