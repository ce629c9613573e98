// A streaming JSON writer for the command line and the page: appends to one string, puts commas
// and escapes, and leaves indentation out. Does not read JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace lens {

// Nesting mistakes (a value without a key in an object, an end without its begin) are asserted.
class JsonWriter {
 public:
  void begin_object() { begin('{'); }

  void end_object() { end('{', '}'); }

  void begin_array() { begin('['); }

  void end_array() { end('[', ']'); }

  void key(std::string_view name);

  // Bytes that are not UTF-8 become U+FFFD.
  void value(std::string_view text);

  void value(const char* text) { value(std::string_view(text)); }

  void value(bool truth) { scalar(truth ? "true" : "false"); }

  // The shortest of the usual decimal forms that reads back as the same number; null for
  // infinities and NaN, which JSON cannot write.
  void value(float number);
  void value(double number);

  void null() { scalar("null"); }

  template <class Integer, std::enable_if_t<std::is_integral_v<Integer>, int> = 0>
  void value(Integer number) {
    scalar(std::to_string(number));
  }

  // One member of an object: its key and its scalar.
  template <class Value>
  void member(std::string_view name, const Value& of) {
    key(name);
    value(of);
  }

  // Everything written so far; a complete document once all is ended.
  const std::string& text() const { return text_; }

  bool complete() const { return !text_.empty() && open_.empty(); }

 private:
  void begin(char bracket);
  void end(char bracket, char closing);
  void before_value();
  void scalar(std::string_view text);
  void quoted(std::string_view text);

  std::string text_;
  std::vector<char> open_;  // '{' and '[' not yet ended
  bool needs_comma_ = false;
  bool has_key_ = false;
};

}  // namespace lens
