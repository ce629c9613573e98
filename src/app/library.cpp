#include "app/library.h"

#include <algorithm>

#include "weights/bind.h"
#include "weights/untrained.h"

namespace lens {

namespace {

// Each model holds its weights as they are, packed, and in bytes: 20 to 45 MB.
constexpr std::size_t kKeptModels = 4;

ReadyModel assembled(const CatalogEntry& entry, const Variant& variant, Graph graph) {
  ReadyModel ready;
  ready.info.entry = &entry;
  ready.info.variant = variant;
  ready.graph = std::move(graph);
  // Costs are those of the papers: a file's background class is not counted.
  ready.costs = cost_of(entry.build(variant, kPaperClasses));
  return ready;
}

void take_model(ReadyModel& ready, std::shared_ptr<const Model> model) {
  ready.info.scaling = model->input();
  ready.info.float32_memory = run_memory(*model, Precision::float32);
  if (model->quantized()) ready.info.int8_memory = run_memory(*model, Precision::int8);
  ready.model = std::move(model);
}

Result<ReadyModel> imported(const CatalogEntry& entry, const Variant& variant,
                            std::span<const TfliteFile> files) {
  Result<ImportedModel> import =
      import_tflite(files, [&](int classes) { return entry.build(variant, classes); });
  if (!import) return import.error();
  auto model =
      Model::create(import->graph, std::move(import->weights), import->input, import->quantized);
  if (!model) return model.error();
  ReadyModel ready = assembled(entry, variant, std::move(import->graph));
  take_model(ready, std::move(model).value());
  ready.info.no_int8 = std::move(import->no_int8);
  return ready;
}

}  // namespace

ReadyModel structure_of(const CatalogEntry& entry, const Variant& variant) {
  return assembled(entry, variant, entry.build(variant, kPaperClasses));
}

Result<ReadyModel> with_files(const CatalogEntry& entry, const Variant& variant,
                              std::vector<FileBytes> files) {
  const Result<std::vector<TfliteFile>> read = read_tflite_files(std::move(files));
  if (!read) return read.error();
  return imported(entry, variant, *read);
}

ReadyModel with_untrained_weights(const CatalogEntry& entry, const Variant& variant) {
  ReadyModel ready = structure_of(entry, variant);
  auto model = Model::create(ready.graph, untrained_weights(ready.graph), InputScaling());
  assert(model.ok());  // made for this graph
  take_model(ready, std::move(model).value());
  ready.info.origin = WeightsOrigin::untrained;
  ready.info.no_int8 = {"MobileNet " + std::string(entry.title) +
                            " runs on untrained weights here: there are no 8-bit ones.",
                        "Drop a quantized .tflite file of it, or choose another model."};
  return ready;
}

Result<ReadyModel> from_own_files(const std::string& name, std::vector<FileBytes> files,
                                  const ReadyModel& preferred) {
  const Result<std::vector<TfliteFile>> read = read_tflite_files(std::move(files));
  if (!read) return read.error();
  const auto own = [&](Result<ReadyModel> ready) {
    ready->info.origin = WeightsOrigin::own_file;
    ready->info.file = name;
    return ready;
  };
  Result<ReadyModel> wished = imported(*preferred.info.entry, preferred.info.variant, *read);
  if (wished) return own(std::move(wished));
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) {
      Result<ReadyModel> other = imported(entry, variant, *read);
      if (other) return own(std::move(other));
    }
  }
  return wished.error();
}

std::shared_ptr<const ReadyModel> ModelLibrary::find(const CatalogEntry& entry,
                                                     const Variant& variant) {
  const auto at = std::find_if(models_.begin(), models_.end(), [&](const auto& model) {
    return model->info.entry == &entry && model->info.variant == variant;
  });
  if (at == models_.end()) return nullptr;
  std::rotate(at, at + 1, models_.end());
  return models_.back();
}

std::shared_ptr<const ReadyModel> ModelLibrary::keep(ReadyModel model) {
  const auto replaced = [&](const auto& kept) {
    return kept->info.entry == model.info.entry && kept->info.variant == model.info.variant;
  };
  models_.erase(std::remove_if(models_.begin(), models_.end(), replaced), models_.end());
  if (models_.size() >= kKeptModels) models_.erase(models_.begin());
  models_.push_back(std::make_shared<const ReadyModel>(std::move(model)));
  return models_.back();
}

}  // namespace lens
