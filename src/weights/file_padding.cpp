#include "weights/file_padding.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "engine/padding.h"

namespace lens {

namespace {

int same_after(int extent, int kernel, int stride) {
  const int needed = (same_output(extent, stride) - 1) * stride + kernel - extent;
  return std::max(needed, 0) - same_before(extent, kernel, stride);
}

}  // namespace

Padding same_padding(const Shape& in, int kernel, int stride) {
  return {same_before(in.h, kernel, stride), same_after(in.h, kernel, stride),
          same_before(in.w, kernel, stride), same_after(in.w, kernel, stride)};
}

// The amounts are int32 [4][2]: (before, after) of batch, rows, columns, channels.
std::optional<Padding> padding_of(const Flow& flow, int pad) {
  const TfliteTensor* amounts = flow.constant(flow.op(pad).input(1));
  if (amounts == nullptr || amounts->type != ElementType::int32 || amounts->count() != 8) {
    return std::nullopt;
  }
  std::int32_t values[8];
  std::memcpy(values, amounts->data.data(), sizeof values);
  if (values[0] != 0 || values[1] != 0 || values[6] != 0 || values[7] != 0) return std::nullopt;
  return Padding{values[2], values[3], values[4], values[5]};
}

std::string describe(const Padding& padding) {
  char text[80];
  std::snprintf(text, sizeof text, "(%d, %d) rows and (%d, %d) columns", padding.top,
                padding.bottom, padding.left, padding.right);
  return text;
}

}  // namespace lens
