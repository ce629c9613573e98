// Numbers and words as people read them. "10,838,016" or "10.8 M", never 1.08e+07.
#pragma once

#include <cstdint>
#include <string>

namespace lens::ui {

// printf into a string.
[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...);

std::string grouped(std::int64_t value);  // 10838016 -> "10,838,016"
std::string compact(double value);        // 10838016 -> "10.8 M"; below 1,000 as it is
std::string bytes(std::int64_t count);    // 3610798 -> "3.61 MB" (decimal, as browsers count)
std::string milliseconds(double ms);      // 0.0312 -> "0.03", 21.38 -> "21.4"
std::string percent(double part);         // 0.9983 -> "99.8 %", 0.00004 -> "< 0.1 %"
// A part that is known in steps: 0 of 1/256 -> "< 0.4 %".
std::string percent(double part, double step);
std::string value(double number);                 // an activation: three to four significant digits
std::string decimals(double number, int places);  // "-0.37"; never "-0.00"
std::string shape(int h, int w, int c);           // "56 × 56 × 24"

}  // namespace lens::ui
