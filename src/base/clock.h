// Monotonic milliseconds for measuring, on native and web alike. Not a date.
#pragma once

#include <chrono>

namespace lens {

inline double now_ms() {
  using namespace std::chrono;
  return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace lens
