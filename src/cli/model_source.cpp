#include "cli/model_source.h"

#include <algorithm>

#include "cli/assets.h"
#include "cli/file.h"
#include "cli/text.h"
#include "weights/bind.h"
#include "weights/untrained.h"

namespace lens::cli {

namespace {

using Contents = std::vector<std::vector<std::uint8_t>>;

Result<LoadedModel> import_model(const ModelChoice& choice, Contents contents, Origin origin) {
  const Result<std::vector<TfliteFile>> files = read_tflite_files(std::move(contents));
  if (!files) return files.error();
  Result<ImportedModel> imported = import_tflite(
      *files, [&](int classes) { return choice.entry->build(choice.variant, classes); });
  if (!imported) return imported.error();
  auto model = Model::create(std::move(imported->graph), std::move(imported->weights),
                             imported->input, imported->quantized);
  if (!model) return model.error();
  return LoadedModel{
      .model = std::move(model).value(), .origin = origin, .no_int8 = std::move(imported->no_int8)};
}

Result<LoadedModel> load_own(const ModelChoice& choice, const std::vector<std::string>& files) {
  Contents contents;
  for (const std::string& path : files) {
    Result<std::vector<std::uint8_t>> bytes = read_file(path);
    if (!bytes) return bytes.error();
    contents.push_back(std::move(bytes).value());
  }
  Result<LoadedModel> model = import_model(choice, std::move(contents), Origin::own_file);
  if (!model) return about(joined(files, ", "), model.error());
  return model;
}

Result<LoadedModel> load_untrained(const ModelChoice& choice, const std::string& reason) {
  const Graph graph = choice.entry->build(choice.variant, kPaperClasses);
  Result<std::shared_ptr<const Model>> model = Model::create(graph, untrained_weights(graph), {});
  if (!model) return model.error();
  return LoadedModel{
      .model = std::move(model).value(),
      .origin = Origin::untrained,
      .note = choice.title() + " runs untrained and its answers mean nothing. " + reason,
      .no_int8 = {choice.title() + " has no published 8-bit file here: it has no int8.",
                  "Leave --precision out. " + reason}};
}

// The variants of a version that have published weights, for the note.
std::string published_variants(const std::vector<Asset>& assets, const CatalogEntry& entry) {
  std::vector<std::string> variants;
  for (const Asset& asset : assets) {
    if (asset.kind != "model" || asset.model != entry.id) continue;
    const std::string title = ModelChoice{.entry = &entry, .variant = asset.variant}.title();
    const bool listed = std::find(variants.begin(), variants.end(), title) != variants.end();
    if (!listed) variants.push_back(title);
  }
  return joined(variants, ", ");
}

}  // namespace

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::published:
      return "published";
    case Origin::own_file:
      return "own file";
    case Origin::untrained:
      return "untrained";
  }
  return "";
}

Result<LoadedModel> load_model(const ModelChoice& choice, const std::vector<std::string>& files) {
  if (!files.empty()) return load_own(choice, files);

  const Result<std::vector<Asset>> assets = read_manifest();
  if (!assets) return load_untrained(choice, assets.error().message);
  const Asset* weights = find_weights(*assets, choice);
  if (!weights) {
    const std::string variants = published_variants(*assets, *choice.entry);
    return load_untrained(choice,
                          variants.empty()
                              ? "No weights of it are published: give a file of your own by --file."
                              : "Published weights exist for " + variants + ".");
  }
  Result<Contents> contents = read_asset(*weights);
  if (!contents) {
    return load_untrained(choice, contents.error().message + " " + contents.error().hint);
  }
  Result<LoadedModel> model = import_model(choice, std::move(contents).value(), Origin::published);
  if (!model) return about(weights->files.front().name, model.error());
  return model;
}

}  // namespace lens::cli
