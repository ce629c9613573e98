#include "demos/random.h"

namespace lens::demos {

std::uint64_t Random::bits() {
  state_ += 0x9E3779B97F4A7C15u;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

bool Random::chance_of_exp_minus(double x) {
  bool even = true;
  for (double next = uniform(); next < x; next = uniform()) {
    x = next;
    even = !even;
  }
  return even;
}

double Random::normal() {
  for (;;) {
    // The whole part k, with probability proportional to exp(-k/2), then exp(-k(k-1)/2): together
    // exp(-k*k/2).
    int whole = 0;
    while (chance_of_exp_minus(0.5)) ++whole;
    bool accepted = true;
    for (int i = 0; accepted && i < whole * (whole - 1); ++i) accepted = chance_of_exp_minus(0.5);
    if (!accepted) continue;

    // The fraction x, with probability exp(-x(2k+x)/2) in k + 1 factors whose exponents are < 1.
    const double fraction = uniform();
    const double exponent = fraction * (2 * whole + fraction) / (2 * whole + 2);
    for (int i = 0; accepted && i <= whole; ++i) accepted = chance_of_exp_minus(exponent);
    if (!accepted) continue;

    const bool negative = uniform() < 0.5;
    return negative ? -(whole + fraction) : whole + fraction;
  }
}

}  // namespace lens::demos
