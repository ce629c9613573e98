// What the papers and their authors' releases print about whole networks: one table, each row with
// where it stands and when it was printed. Nothing here is computed; where a number disagrees with
// a count of the network, both are for showing.
#pragma once

#include <span>
#include <string_view>

namespace lens {

// A source and its date.
struct PublishedIn {
  std::string_view short_name;  // "MobileNets, table 8"
  std::string_view date;        // of what is cited: "April 2017"
  std::string_view where;       // "arXiv 1704.04861"
};

// 0 where the source prints nothing.
struct PublishedResult {
  std::string_view name;  // "V2 1.4", "ShuffleNet (x2)"
  double top1 = 0;        // ImageNet, percent
  double million_macs = 0;
  double million_parameters = 0;
  double pixel1_ms = 0;  // Google Pixel 1, TF-Lite, one big core
  const PublishedIn* source = nullptr;
  // The catalog's version of this network, for a count of our own; empty for other families, and
  // for those of ours that the catalog's rules do not build (8-bit, "minimalistic", other
  // activations).
  std::string_view model = {};
  double width = 1;
  int resolution = 224;
  bool full_convolutions = false;
  double pixel2_ms = 0;  // as on the Pixel 1; V3's tables alone
  double pixel3_ms = 0;
};

std::span<const PublishedResult> published_results();

}  // namespace lens
