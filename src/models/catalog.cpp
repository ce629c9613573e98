#include "models/catalog.h"

namespace lens {

namespace {

// V1 comes in the widths and resolutions that have published weights.
constexpr Variant kV1Variants[] = {{1.0, 224}, {0.75, 224}, {0.75, 192}, {0.25, 128}};
constexpr Variant kFull[] = {{1.0, 224}};

constexpr CatalogEntry kCatalog[] = {
    {"v1", "V1", "Howard et al. 2017, arXiv 1704.04861", kV1Variants, mobilenet_v1},
    {"v2", "V2", "Sandler et al. 2018, arXiv 1801.04381", kFull, mobilenet_v2},
    {"v3-small", "V3-Small", "Howard et al. 2019, arXiv 1905.02244", kFull, mobilenet_v3_small},
    {"v3-large", "V3-Large", "Howard et al. 2019, arXiv 1905.02244", kFull, mobilenet_v3_large},
};

}  // namespace

std::span<const CatalogEntry> catalog() {
  return kCatalog;
}

const CatalogEntry* find_model(std::string_view id) {
  for (const CatalogEntry& entry : kCatalog) {
    if (entry.id == id) return &entry;
  }
  return nullptr;
}

}  // namespace lens
