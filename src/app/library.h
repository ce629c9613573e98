// Models that are ready to run, and how they become so: from published files, from a visitor's own
// file, or with untrained weights.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cost/cost.h"
#include "views/frame.h"

namespace lens {

struct ReadyModel {
  ShownModel info;
  std::shared_ptr<const Model> model;  // null before any weights have come: structure only
  Graph graph;                         // with the file's classes
  std::vector<Cost> costs;             // of the paper's graph with 1,000 classes
};

using FileBytes = std::vector<std::uint8_t>;

// The graph and the costs alone: what can be shown while the weights are on their way.
ReadyModel structure_of(const CatalogEntry& entry, const Variant& variant);

Result<ReadyModel> with_files(const CatalogEntry& entry, const Variant& variant,
                              std::vector<FileBytes> files);

ReadyModel with_untrained_weights(const CatalogEntry& entry, const Variant& variant);

// A visitor's own TFLite file: the version of the catalog that it fits; `preferred` is tried first
// and is what the error speaks of when none does.
Result<ReadyModel> from_own_files(const std::string& name, std::vector<FileBytes> files,
                                  const ReadyModel& preferred);

// The last few models, so that toggling back is immediate.
class ModelLibrary {
 public:
  std::shared_ptr<const ReadyModel> find(const CatalogEntry& entry, const Variant& variant);
  std::shared_ptr<const ReadyModel> keep(ReadyModel model);

 private:
  std::vector<std::shared_ptr<const ReadyModel>> models_;  // most recently used last
};

}  // namespace lens
