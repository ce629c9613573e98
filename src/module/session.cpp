#include "module/session.h"

#include <cassert>
#include <utility>

#include "base/json.h"
#include "engine/graph_json.h"
#include "engine/run_memory.h"
#include "image/preprocess.h"

namespace lens {

namespace {

struct Fit {
  const CatalogEntry* entry = nullptr;
  Variant variant;
  ImportedModel imported;
};

// The first model of the catalog that the files are, or why they are none of them.
Result<Fit> find_fit(const std::vector<TfliteFile>& files) {
  const Result<int> classes = count_classes(files);
  if (!classes) return classes.error();
  std::string reasons;
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) {
      Result<ImportedModel> imported = bind_weights(entry.build(variant, *classes), files);
      if (imported) return Fit{&entry, variant, std::move(imported).value()};
      if (variant == entry.variants.front()) {
        reasons += " Not " + std::string(entry.title) + ": " + imported.error().message;
      }
    }
  }
  return Error{"The file is no MobileNet that this engine knows." + reasons,
               "Give a TFLite classifier of MobileNet V1, V2 or V3."};
}

}  // namespace

Result<bool> Session::load(std::vector<std::vector<std::uint8_t>> files) {
  const Result<std::vector<TfliteFile>> read = read_tflite_files(std::move(files));
  if (!read) return read.error();
  Result<Fit> fit = find_fit(*read);
  if (!fit) return fit.error();
  ImportedModel& imported = fit->imported;
  auto model = Model::create(std::move(imported.graph), std::move(imported.weights), imported.input,
                             imported.quantized);
  if (!model) return model.error();
  entry_ = fit->entry;
  variant_ = fit->variant;
  classes_ = imported.classes;
  kind_ = imported.kind;
  precision_ = Precision::float32;
  no_int8_ = imported.no_int8;
  model_ = std::move(model).value();
  input_ = Tensor(model_->graph().node(0).out);
  snapshot_.reset();
  return true;
}

Result<bool> Session::set_precision(Precision precision) {
  assert(loaded());
  if (precision == Precision::int8 && model_->quantized() == nullptr) return no_int8_;
  precision_ = precision;
  return true;
}

std::string Session::describe() const {
  assert(loaded());
  JsonWriter json;
  json.begin_object();
  json.member("model", entry_->id);
  json.member("title", entry_->title);
  json.member("width", variant_.width);
  json.member("resolution", variant_.resolution);
  json.member("classes", classes_);
  json.member("kind", to_string(kind_));
  json.key("precisions");
  json.begin_array();
  json.value(to_string(Precision::float32));
  if (model_->quantized() != nullptr) json.value(to_string(Precision::int8));
  json.end_array();
  json.key("peakBytes");
  json.begin_object();
  for (const Precision precision : {Precision::float32, Precision::int8}) {
    if (precision == Precision::int8 && model_->quantized() == nullptr) break;
    json.member(to_string(precision), run_memory(*model_, precision).peak_bytes());
  }
  json.end_object();
  json.key("input");
  json.begin_object();
  json.member("scale", model_->input().scale);
  json.member("zeroPoint", model_->input().zero_point);
  json.end_object();
  json.end_object();
  return json.text();
}

std::string Session::graph_json() const {
  assert(loaded());
  const Graph& graph = model_->graph();
  JsonWriter json;
  json.begin_array();
  for (NodeId id = 0; id < graph.size(); ++id) {
    json.begin_object();
    write_node(json, graph, id);
    write_ms(json, snapshot_.get(), id);
    json.end_object();
  }
  json.end_array();
  return json.text();
}

Result<bool> Session::set_photo(const ImageView& photo) {
  assert(loaded());
  const Result<Crop> crop = crop_photo(photo, input_.shape.h);
  if (!crop) return crop.error();
  input_ = scale_pixels(*crop, model_->input());
  return true;
}

void Session::run() {
  assert(loaded());
  snapshot_.reset();  // its arena is used again
  const RunOptions options = {.precision = precision_, .pool = pool_.get()};
  snapshot_ = lens::run(model_, input_.view(), options);
}

}  // namespace lens
