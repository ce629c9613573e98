// Shapes and float tensors. Batch is always 1 and not stored; layout is channels-last (H, W, C):
// the element at row y, column x, channel c is data[(y * w + x) * c_count + c].
// Does not know quantization, files or kernels.
#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

namespace lens {

struct Shape {
  int h = 1;
  int w = 1;
  int c = 1;

  std::size_t count() const {
    return static_cast<std::size_t>(h) * static_cast<std::size_t>(w) * static_cast<std::size_t>(c);
  }

  std::size_t index(int y, int x, int channel) const {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(w) +
            static_cast<std::size_t>(x)) *
               static_cast<std::size_t>(c) +
           static_cast<std::size_t>(channel);
  }

  bool operator==(const Shape&) const = default;
};

// A read-only look at a tensor; keep it no longer than its owner.
struct TensorView {
  Shape shape;
  std::span<const float> data;

  float at(int y, int x, int channel) const { return data[shape.index(y, x, channel)]; }
};

struct Tensor {
  Shape shape;
  std::vector<float> data;

  explicit Tensor(Shape of = {}) : shape(of), data(of.count()) {}

  TensorView view() const { return {shape, data}; }
};

}  // namespace lens
