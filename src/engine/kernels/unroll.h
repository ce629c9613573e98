// A loop that must not be one: sums kept in an array stay in registers only if every index is a
// constant, and compilers unroll nests of such loops as they see fit.
#pragma once

#include <utility>

#include "engine/kernels/inline.h"

namespace lens {

// f.template operator()<0>(), ..., f.template operator()<kCount - 1>().
template <int kCount, class F>
LENS_ALWAYS_INLINE inline void unrolled(F f) {
  [&]<int... kIndex>(std::integer_sequence<int, kIndex...>) LENS_ALWAYS_INLINE {
    (f.template operator()<kIndex>(), ...);
  }
  (std::make_integer_sequence<int, kCount>());
}

}  // namespace lens
