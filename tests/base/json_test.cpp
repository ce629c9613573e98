#include "base/json.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

#include "catch2/catch.hpp"

using lens::JsonWriter;

namespace {

template <class Value>
std::string written(const Value& value) {
  JsonWriter json;
  json.value(value);
  return json.text();
}

// A seeded linear congruential generator: Numerical Recipes, section 7.1.
std::uint32_t next(std::uint32_t& state) {
  state = state * 1664525u + 1013904223u;
  return state;
}

}  // namespace

TEST_CASE("json: objects and arrays nest with commas between members only", "[base]") {
  JsonWriter json;
  json.begin_object();
  json.member("model", "v1");
  json.key("top");
  json.begin_array();
  json.begin_object();
  json.end_object();
  json.begin_array();
  json.end_array();
  json.value(3);
  json.value(true);
  json.null();
  json.end_array();
  json.member("ms", 1.5);
  REQUIRE_FALSE(json.complete());
  json.end_object();
  REQUIRE(json.complete());
  REQUIRE(json.text() == R"({"model":"v1","top":[{},[],3,true,null],"ms":1.5})");
}

TEST_CASE("json: strings escape quotes, backslashes and control characters", "[base]") {
  REQUIRE(written("a\"b\\c") == R"("a\"b\\c")");
  REQUIRE(written("\n\r\t") == R"("\n\r\t")");
  REQUIRE(written(std::string("\0\x1f", 2)) == R"("\u0000\u001f")");
  REQUIRE(written("\x7f/") == "\"\x7f/\"");
}

TEST_CASE("json: UTF-8 passes through, other bytes become U+FFFD", "[base]") {
  REQUIRE(written("déjà 貓 🐈") == "\"déjà 貓 🐈\"");
  const std::string replaced = "\xEF\xBF\xBD";
  REQUIRE(written("a\xFFz") == "\"a" + replaced + "z\"");
  REQUIRE(written("\xE8\xB2") == "\"" + replaced + replaced + "\"");                 // cut short
  REQUIRE(written("\xC0\xAF") == "\"" + replaced + replaced + "\"");                 // overlong
  REQUIRE(written("\xED\xA0\x80") == "\"" + replaced + replaced + replaced + "\"");  // surrogate
  REQUIRE(written("\xF4\x90\x80\x80").size() == 2 + 4 * replaced.size());            // > U+10FFFF
}

TEST_CASE("json: keys are escaped as strings are", "[base]") {
  JsonWriter json;
  json.begin_object();
  json.member("a\"\n", 1);
  json.end_object();
  REQUIRE(json.text() == R"({"a\"\n":1})");
}

TEST_CASE("json: numbers are written in their short form", "[base]") {
  REQUIRE(written(0.1f) == "0.1");
  REQUIRE(written(0.1) == "0.1");
  REQUIRE(written(568740352.0) == "568740352");
  REQUIRE(written(-2.5e-10) == "-2.5e-10");
  REQUIRE(written(static_cast<double>(0.1f)) == "0.10000000149011612");
  REQUIRE(written(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  REQUIRE(written(std::size_t{26}) == "26");
}

TEST_CASE("json: infinities and NaN are null", "[base]") {
  REQUIRE(written(std::numeric_limits<float>::quiet_NaN()) == "null");
  REQUIRE(written(-std::numeric_limits<double>::infinity()) == "null");
}

TEST_CASE("json: every finite number reads back as itself", "[base]") {
  std::uint32_t state = 7;
  int mismatches = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::uint32_t bits = next(state);
    float number;
    std::memcpy(&number, &bits, sizeof number);
    if (number - number != 0) continue;  // not finite
    const double wide = static_cast<double>(number) / 3.0;
    if (std::strtof(written(number).c_str(), nullptr) != number) ++mismatches;
    if (std::strtod(written(wide).c_str(), nullptr) != wide) ++mismatches;
  }
  REQUIRE(mismatches == 0);
}
