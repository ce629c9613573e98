// What-if nets against closed forms over the papers' tables, which stand here a second time:
// nothing below reads a catalog graph.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "catch2/catch.hpp"
#include "cost/cost.h"
#include "models/catalog.h"
#include "models/variation.h"

using namespace lens;

namespace {

// An inverted residual: kernel, channels between, channels out, squeeze-and-excite, stride.
struct Row {
  std::int64_t k, wide, out;
  bool gates;
  std::int64_t stride;
};

// MobileNetV2, table 2: t, c, n, s.
std::vector<Row> v2_rows() {
  std::vector<Row> rows;
  std::int64_t in = 32;
  for (const auto& [t, c, n, s] : {std::array<std::int64_t, 4>{1, 16, 1, 1},
                                   {6, 24, 2, 2},
                                   {6, 32, 3, 2},
                                   {6, 64, 4, 2},
                                   {6, 96, 3, 1},
                                   {6, 160, 3, 2},
                                   {6, 320, 1, 1}}) {
    for (std::int64_t i = 0; i < n; ++i) {
      rows.push_back({3, t * in, c, false, i == 0 ? s : 1});
      in = c;
    }
  }
  return rows;
}

// MobileNetV3, tables 1 and 2; Small's last block as in the released code.
const std::vector<Row> kLarge = {
    {3, 16, 16, false, 1},  {3, 64, 24, false, 2},  {3, 72, 24, false, 1},  {5, 72, 40, true, 2},
    {5, 120, 40, true, 1},  {5, 120, 40, true, 1},  {3, 240, 80, false, 2}, {3, 200, 80, false, 1},
    {3, 184, 80, false, 1}, {3, 184, 80, false, 1}, {3, 480, 112, true, 1}, {3, 672, 112, true, 1},
    {5, 672, 160, true, 2}, {5, 960, 160, true, 1}, {5, 960, 160, true, 1}};
const std::vector<Row> kSmall = {
    {3, 16, 16, true, 2},  {3, 72, 24, false, 2}, {3, 88, 24, false, 1}, {5, 96, 40, true, 2},
    {5, 240, 40, true, 1}, {5, 240, 40, true, 1}, {5, 120, 48, true, 1}, {5, 144, 48, true, 1},
    {5, 288, 96, true, 2}, {5, 576, 96, true, 1}, {5, 576, 96, true, 1}};

// C / 4 to the nearest multiple of 8, but never 10 % below.
std::int64_t hidden_units(std::int64_t channels) {
  const std::int64_t rounded = std::max<std::int64_t>(8, (channels / 4 + 4) / 8 * 8);
  return 10 * rounded < 9 * (channels / 4) ? rounded + 8 : rounded;
}

struct How {
  bool full = false;
  bool gates = true;
  std::optional<std::int64_t> t = {};
  std::int64_t stem = 16;
};

// Of all blocks, from 112 x 112 on.
std::int64_t block_macs(const std::vector<Row>& rows, const How& how) {
  std::int64_t macs = 0;
  std::int64_t in = how.stem;
  std::int64_t extent = 112;
  for (const Row& row : rows) {
    // The first block of all these networks does not expand.
    const bool expands = &row != rows.data();
    const std::int64_t wide = !expands ? in : how.t ? *how.t * in : row.wide;
    const std::int64_t after = extent / row.stride;
    if (how.full) {
      macs += row.k * row.k * in * wide * after * after;
    } else {
      if (wide != in) macs += in * wide * extent * extent;
      macs += row.k * row.k * wide * after * after;
    }
    if (row.gates && how.gates) macs += 2 * wide * hidden_units(wide);
    macs += wide * row.out * after * after;
    in = row.out;
    extent = after;
  }
  return macs;
}

constexpr std::int64_t kStemPixels = 112 * 112;
constexpr std::int64_t kLastPixels = 7 * 7;

std::int64_t stem_macs(std::int64_t filters) {
  return 9 * 3 * filters * kStemPixels;
}

constexpr std::int64_t kV2Head = kLastPixels * 320 * 1280 + 1280 * 1000;
constexpr std::int64_t kLargeHead = kLastPixels * 160 * 960 + 960 * 1280 + 1280 * 1000;
constexpr std::int64_t kSmallHead = kLastPixels * 96 * 576 + 576 * 1024 + 1024 * 1000;

std::int64_t v2(How how) {
  return stem_macs(how.stem) + block_macs(v2_rows(), how) + kV2Head;
}

std::int64_t large(const How& how) {
  return stem_macs(how.stem) + block_macs(kLarge, how) + kLargeHead;
}

std::int64_t small(const How& how) {
  return stem_macs(how.stem) + block_macs(kSmall, how) + kSmallHead;
}

Cost varied_cost(std::string_view id, const Variation& variation) {
  return total_cost(varied(find_model(id)->build({}, kPaperClasses), variation));
}

std::int64_t macs(std::string_view id, const Variation& variation = {}) {
  return varied_cost(id, variation).macs;
}

}  // namespace

TEST_CASE("closed forms: the networks as they are", "[cost]") {
  CHECK(v2({.stem = 32}) == 300'774'272);
  CHECK(large({}) == 216'589'760);
  CHECK(small({}) == 56'510'400);
  CHECK(macs("v2") == v2({.stem = 32}));
  CHECK(macs("v3-large") == large({}));
  CHECK(macs("v3-small") == small({}));
}

TEST_CASE("closed forms: standard convolutions in V2's and V3's blocks", "[cost]") {
  CHECK(macs("v2", {.full_convolutions = true}) == v2({.full = true, .stem = 32}));
  CHECK(macs("v3-large", {.full_convolutions = true}) == large({.full = true}));
  CHECK(macs("v3-small", {.full_convolutions = true}) == small({.full = true}));
}

TEST_CASE("closed forms: a stem of 16 or 32 filters", "[cost]") {
  CHECK(macs("v2", {.stem = 16}) == v2({.stem = 16}));
  CHECK(macs("v3-large", {.stem = 32}) == large({.stem = 32}));
  // V1's first block: depthwise over the stem's channels, then 1x1 to 64.
  const std::int64_t saved = kStemPixels * 16 * (9 * 3 + 9 + 64);
  CHECK(macs("v1") - macs("v1", {.stem = 16}) == saved);
}

TEST_CASE("closed forms: one expansion t for all blocks of V3", "[cost]") {
  for (const int t : {1, 2, 3, 6, 10}) {
    CHECK(macs("v3-large", {.expansion = t}) == large({.t = t}));
    CHECK(macs("v3-small", {.expansion = t}) == small({.t = t}));
    CHECK(macs("v2", {.expansion = t}) == v2({.t = t, .stem = 32}));
  }
}

TEST_CASE("closed forms: V3-Small without squeeze-and-excite", "[cost]") {
  CHECK(macs("v3-small", {.squeeze_excite = false}) == small({.gates = false}));
  // Facts.md 3.6: 0.81 % of the MACs, 18.2 % of the weights.
  const Cost own = varied_cost("v3-small", {});
  const Cost without = varied_cost("v3-small", {.squeeze_excite = false});
  const auto share = [](std::int64_t part, std::int64_t whole) {
    return 100 * static_cast<double>(part) / static_cast<double>(whole);
  };
  CHECK(share(own.macs - without.macs, own.macs) == Approx(0.81).margin(0.005));
  CHECK(share(own.weights - without.weights, own.weights) == Approx(18.2).margin(0.05));
}

TEST_CASE("closed forms: V3-Small with V2's last stage", "[cost]") {
  // One more inverted residual, 96 -> 576 -> 192, then the 1024 features at 7 x 7.
  const std::int64_t late =
      kLastPixels * (96 * 576 + 9 * 576 + 576 * 192 + 192 * 1024) + 1024 * 1000;
  CHECK(macs("v3-small", {.last_stage = LastStage::late}) == small({}) - kSmallHead + late);
}
