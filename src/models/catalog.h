// The one list of model versions: what they are called, which paper they come from, which variants
// exist and how their graphs are built. Everything else learns of a version from here.
#pragma once

#include <span>
#include <string_view>

#include "engine/graph.h"

namespace lens {

struct Variant {
  double width = 1.0;    // V1's width multiplier alpha
  int resolution = 224;  // V1's resolution multiplier, as input pixels
  bool operator==(const Variant&) const = default;
};

struct CatalogEntry {
  std::string_view id;                // "v3-small": URL, command line, window.lens
  std::string_view title;             // "V3-Small"
  std::string_view paper;             // "Howard et al. 2019, arXiv 1905.02244"
  std::span<const Variant> variants;  // the first is the default
  Graph (*build)(const Variant& variant, int classes);
};

// ImageNet-1k as the papers count it; published files may add a background class.
constexpr int kPaperClasses = 1000;

std::span<const CatalogEntry> catalog();
const CatalogEntry* find_model(std::string_view id);  // nullptr when unknown

Graph mobilenet_v1(const Variant& variant, int classes);
Graph mobilenet_v2(const Variant& variant, int classes);
Graph mobilenet_v3_small(const Variant& variant, int classes);
Graph mobilenet_v3_large(const Variant& variant, int classes);

}  // namespace lens
