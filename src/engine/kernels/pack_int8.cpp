#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "engine/kernels/dot_int8.h"
#include "engine/kernels/kernels_int8.h"
#include "engine/kernels/requantize_simd.h"

namespace lens {

namespace {

constexpr int kOutputs = 8;
constexpr int kTaps = 4;  // neighbours of a dot product in bytes

int round_up(int count, int to) {
  return (count + to - 1) / to * to;
}

// What is taken off each input before it is multiplied.
int offset_of(DotProduct dot) {
  return dot == DotProduct::relaxed_signed ? 128 : 0;
}

// Where a weight lies in the packed layout: those of neighbouring inputs, or in a depthwise layer
// of neighbouring rows, beside each other.
class Layout {
 public:
  Layout(Op op, const FilterShape& shape, DotProduct dot)
      : by_column_(op == Op::depthwise),
        kernel_(shape.kernel),
        neighbours_(dot == DotProduct::wide ? 2 : 4),
        groups_(by_column_ ? kernel_ * groups_of(kernel_)
                           : groups_of(kernel_ * kernel_ * shape.in)),
        outputs_(round_up(shape.out, kOutputs)) {}

  std::size_t size() const { return static_cast<std::size_t>(groups_ * neighbours_ * outputs_); }

  // Between an output and the next of the same eight.
  std::size_t neighbours() const { return static_cast<std::size_t>(neighbours_); }

  // Of the first of eight outputs; tap: the place in ky, kx, in.
  std::size_t place(int tap, int output) const {
    const int along = by_column_ ? tap / kernel_ : tap;
    const int column = by_column_ ? tap % kernel_ * groups_of(kernel_) : 0;
    const int group = output / kOutputs * groups_ + column + along / neighbours_;
    return static_cast<std::size_t>(group * kOutputs * neighbours_ + along % neighbours_);
  }

 private:
  int groups_of(int count) const { return round_up(count, neighbours_) / neighbours_; }

  bool by_column_;
  int kernel_;
  int neighbours_;
  int groups_;
  int outputs_;
};

// The first of a layer's taps and outputs.
struct Block {
  int taps = 0;
  int outputs = 0;
};

// put(its place in the layout, weight), for all weights but those of a block.
template <class Put>
void for_each_weight(const Layout& layout, const FilterShape& shape, const ByteFilter& filter,
                     const Block& without, Put put) {
  const int taps = shape.kernel * shape.kernel * shape.in;
  const std::size_t step = layout.neighbours();
  const std::int8_t* weights = filter.weights.data();
  for (int tap = 0; tap < taps; ++tap, weights += shape.out) {
    for (int first = tap < without.taps ? without.outputs : 0; first < shape.out;
         first += kOutputs) {
      std::size_t at = layout.place(tap, first);
      const int end = std::min(first + kOutputs, shape.out);
      for (int c = first; c < end; ++c, at += step) put(at, weights[c]);
    }
  }
}

void pack_shorts(const Layout& layout, const FilterShape& shape, const ByteFilter& filter,
                 PackedBytes& packed) {
  packed.shorts.resize(layout.size());
  for_each_weight(layout, shape, filter, {}, [&](std::size_t at, int weight) {
    packed.shorts[at] = static_cast<std::int16_t>(weight - filter.zero);
  });
}

// Four rows of eight weights, a byte of each row beside the others'.
void interleave_rows(const std::int8_t* weights, std::size_t row, std::uint8_t* packed) {
  const I8x16 a =
      simd::interleave_low(simd::load_bytes8(weights), simd::load_bytes8(weights + row));
  const I8x16 b = simd::interleave_low(simd::load_bytes8(weights + 2 * row),
                                       simd::load_bytes8(weights + 3 * row));
  simd::store_bytes(packed, simd::interleave_pairs_low(a, b));
  simd::store_bytes(packed + 16, simd::interleave_pairs_high(a, b));
}

// conv and dense: the weights as they are; their zero point is subtracted by input sums. Whole
// blocks at once: on a page's first visit a compiler of little patience runs this.
void pack_bytes(const Layout& layout, const FilterShape& shape, const ByteFilter& filter,
                PackedBytes& packed) {
  packed.zero = filter.zero;
  packed.weights.resize(layout.size());
  const int taps = shape.kernel * shape.kernel * shape.in;
  const Block whole = {taps / kTaps * kTaps, shape.out / kOutputs * kOutputs};
  const auto row = static_cast<std::size_t>(shape.out);
  for (int first = 0; first < whole.outputs; first += kOutputs) {
    const std::int8_t* weights = filter.weights.data() + first;
    for (int tap = 0; tap < whole.taps; tap += kTaps, weights += kTaps * row) {
      interleave_rows(weights, row, &packed.weights[layout.place(tap, first)]);
    }
  }
  const auto put = [&](std::size_t at, int weight) {
    packed.weights[at] = static_cast<std::uint8_t>(weight);
  };
  for_each_weight(layout, shape, filter, whole, put);
}

int low_bits(int distance) {
  return std::clamp(distance, -128, 127);
}

bool needs_rest(const ByteFilter& filter) {
  return std::any_of(filter.weights.begin(), filter.weights.end(), [&](int weight) {
    return weight - filter.zero != low_bits(weight - filter.zero);
  });
}

// depthwise: the distances to the zero point, in 9 bits: 8 in weights, what is beyond in rest.
void pack_distances(const Layout& layout, const FilterShape& shape, const ByteFilter& filter,
                    PackedBytes& packed) {
  packed.weights.resize(layout.size());
  if (needs_rest(filter)) packed.rest.resize(layout.size());
  for_each_weight(layout, shape, filter, {}, [&](std::size_t at, int weight) {
    const int distance = weight - filter.zero;
    const int low = low_bits(distance);
    packed.weights[at] = static_cast<std::uint8_t>(low);
    if (!packed.rest.empty()) packed.rest[at] = static_cast<std::uint8_t>(distance - low);
  });
}

// Of an output's weights, as distances to the zero point.
struct WeightSums {
  std::vector<std::int32_t> plain;
  std::vector<std::int32_t> absolute;
};

WeightSums sum_weights(const ByteFilter& filter, std::size_t outputs) {
  WeightSums sums = {std::vector<std::int32_t>(outputs), std::vector<std::int32_t>(outputs)};
  const std::int8_t* row = filter.weights.data();
  for (const std::int8_t* end = row + filter.weights.size(); row != end; row += outputs) {
    for (std::size_t c = 0; c < outputs; ++c) {
      const int distance = row[c] - filter.zero;
      sums.plain[c] += distance;
      sums.absolute[c] += std::abs(distance);
    }
  }
  return sums;
}

// With a' = in - offset: sum of (in - in_zero) * w = sum of a' * w - (in_zero - offset) * sum of w.
void pack_bias(const FilterShape& shape, const ByteFilter& filter, PackedBytes& packed) {
  const auto outputs = static_cast<std::size_t>(shape.out);
  const auto padded = static_cast<std::size_t>(round_up(shape.out, kOutputs));
  const WeightSums sums = sum_weights(filter, outputs);
  const std::int64_t zero = filter.in_zero - offset_of(packed.dot);
  packed.bias.assign(padded, 0);
  packed.factors.assign(2 * padded, 0.0f);
  packed.bounded = true;
  for (std::size_t c = 0; c < outputs; ++c) {
    packed.bias[c] = static_cast<std::int32_t>(filter.bias[c] - zero * sums.plain[c]);
    const double factor = filter.factors[c].real();
    const std::size_t at = c / kOutputs * 2 * kOutputs + c % kOutputs;
    packed.factors[at] = below(factor);
    packed.factors[at + kOutputs] = above(factor);
    const double largest = std::abs(static_cast<double>(filter.bias[c])) + 255.0 * sums.absolute[c];
    packed.bounded = packed.bounded && largest * factor < 1 << 20;
  }
}

}  // namespace

PackedBytes pack_filter(Op op, const FilterShape& shape, const ByteFilter& filter, DotProduct dot) {
  assert(filter.weights.size() == shape.count());
  assert(filter.bias.size() == static_cast<std::size_t>(shape.out));
  assert(filter.factors.size() == filter.bias.size());
  assert(filter.float_factors.size() == filter.bias.size());
  PackedBytes packed;
  packed.dot = dot;
  const Layout layout(op, shape, dot);
  if (dot == DotProduct::wide) {
    pack_shorts(layout, shape, filter, packed);
  } else if (op == Op::depthwise) {
    pack_distances(layout, shape, filter, packed);
  } else {
    pack_bytes(layout, shape, filter, packed);
  }
  pack_bias(shape, filter, packed);
  return packed;
}

std::size_t packed_size(Op op, const FilterShape& shape, const ByteFilter& filter, DotProduct dot) {
  const std::size_t weights = Layout(op, shape, dot).size();
  const auto outputs = static_cast<std::size_t>(round_up(shape.out, kOutputs));
  const std::size_t sums = outputs * (sizeof(std::int32_t) + 2 * sizeof(float));
  if (dot == DotProduct::wide) return weights * sizeof(std::int16_t) + sums;
  return (op == Op::depthwise && needs_rest(filter) ? 2 : 1) * weights + sums;
}

DotProduct probe_dot_product() {
#if defined(__wasm_relaxed_simd__)
  return classify_dot_product(EngineDot());
#else
  return DotProduct::wide;
#endif
}

}  // namespace lens
