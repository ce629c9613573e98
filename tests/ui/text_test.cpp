#include "ui/text.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("text: numbers are grouped in thousands", "[ui]") {
  CHECK(ui::grouped(0) == "0");
  CHECK(ui::grouped(999) == "999");
  CHECK(ui::grouped(1000) == "1,000");
  CHECK(ui::grouped(10838016) == "10,838,016");
  CHECK(ui::grouped(-1234567) == "-1,234,567");
}

TEST_CASE("text: large numbers get a unit, never an exponent", "[ui]") {
  CHECK(ui::compact(864) == "864");
  CHECK(ui::compact(4209088) == "4.21 M");
  CHECK(ui::compact(10838016) == "10.8 M");
  CHECK(ui::compact(568740352) == "569 M");
  CHECK(ui::bytes(3610798) == "3.61 MB");
  CHECK(ui::bytes(12) == "12 B");
}

TEST_CASE("text: a probability that rounds to nothing is said to be small", "[ui]") {
  CHECK(ui::percent(0.9983) == "99.8 %");
  CHECK(ui::percent(0.0) == "0.0 %");
  CHECK(ui::percent(0.00004) == "< 0.1 %");
}

TEST_CASE("text: a share that is known in steps is never said to be nothing", "[ui]") {
  CHECK(ui::percent(0.0, 1.0 / 256) == "< 0.4 %");
  CHECK(ui::percent(1.0 / 256, 1.0 / 256) == "0.4 %");
  CHECK(ui::percent(0.5, 1.0 / 256) == "50.0 %");
  CHECK(ui::percent(0.00004, 0.0) == "< 0.1 %");
}

TEST_CASE("text: values keep three to four significant digits", "[ui]") {
  CHECK(ui::value(0.0) == "0");
  CHECK(ui::value(-0.375) == "-0.3750");
  CHECK(ui::value(2.41349) == "2.413");
  CHECK(ui::value(104.148) == "104.1");
}

TEST_CASE("text: what rounds to zero has no sign", "[ui]") {
  CHECK(ui::decimals(-0.004, 2) == "0.00");
  CHECK(ui::decimals(-0.006, 2) == "-0.01");
  CHECK(ui::decimals(-0.0, 3) == "0.000");
  CHECK(ui::decimals(-10.0, 0) == "-10");
  CHECK(ui::value(-0.00001) == "0.0000");
}
