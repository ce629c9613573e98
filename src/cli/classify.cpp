#include <cmath>

#include "base/json.h"
#include "classes/labels.h"
#include "classes/top_k.h"
#include "cli/assets.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/model_source.h"
#include "cli/text.h"
#include "engine/inference.h"
#include "engine/run_memory.h"
#include "image/decode.h"
#include "image/preprocess.h"

namespace lens::cli {

namespace {

struct Answer {
  Prediction prediction;
  std::string name;   // first synonym
  std::string label;  // all of them
};

struct Classification {
  const ClassifyCommand& command;
  Origin origin;
  double ms;
  RunMemory memory;
  float step;  // of the probabilities in int8: a 0 is anything below it; 0 in float32
  std::vector<Answer> top;
};

Result<Image> read_image(const std::string& path) {
  const Result<std::vector<std::uint8_t>> bytes = read_file(path);
  if (!bytes) return bytes.error();
  Result<Image> image = decode(*bytes);
  if (!image) return about(path, image.error());
  return image;
}

Result<std::vector<Label>> read_labels() {
  const Result<std::vector<Asset>> assets = read_manifest();
  if (!assets) return assets.error();
  const Asset* labels = find_labels(*assets);
  if (!labels) return Error{"The manifest has no labels.", "Restore it from the repository."};
  const Result<std::vector<std::vector<std::uint8_t>>> contents = read_asset(*labels);
  if (!contents) return contents.error();
  const std::vector<std::uint8_t>& bytes = contents->front();
  return parse_labels(std::string(bytes.begin(), bytes.end()));
}

// Labels name the 1000 classes of ImageNet-1k; a network of other classes goes by numbers.
std::vector<Answer> with_labels(const std::vector<Prediction>& predictions, std::size_t outputs,
                                std::vector<std::string>& notes) {
  const bool imagenet = outputs == kImageNetClasses || background_outputs(outputs) == 1;
  const Result<std::vector<Label>> labels = read_labels();
  if (imagenet && !labels) notes.push_back("Classes go by numbers. " + labels.error().message);
  std::vector<Answer> answers;
  for (const Prediction& prediction : predictions) {
    const std::string number = "class " + std::to_string(prediction.class_id);
    Answer answer{.prediction = prediction, .name = number, .label = number};
    if (imagenet && labels) {
      const Label& label = (*labels)[static_cast<std::size_t>(prediction.class_id)];
      answer.name = label.name;
      answer.label = label.full;
    }
    answers.push_back(answer);
  }
  return answers;
}

std::string as_json(const Classification& of) {
  const ModelChoice& model = of.command.model;
  JsonWriter json;
  json.begin_object();
  json.member("model", model.entry->id);
  json.member("width", model.variant.width);
  json.member("resolution", model.variant.resolution);
  json.member("precision", to_string(of.command.precision));
  json.member("weights", to_string(of.origin));
  json.member("ms", std::round(of.ms * 1000) / 1000);
  json.member("peak_bytes", of.memory.peak_bytes());
  json.key("top");
  json.begin_array();
  for (const Answer& answer : of.top) {
    json.begin_object();
    json.member("class", answer.prediction.class_id);
    json.member("label", answer.label);
    json.member("probability", answer.prediction.probability);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.text() + "\n";
}

std::string as_text(const Classification& of) {
  std::string text = of.command.image + ": " + of.command.model.title() + ", " +
                     std::string(to_string(of.command.precision)) + ", " +
                     std::string(to_string(of.origin)) + formatted(" weights, %.1f ms\n", of.ms);
  std::vector<std::vector<std::string>> rows;
  for (const Answer& answer : of.top) {
    const float probability = answer.prediction.probability;
    const bool below = probability < of.step;  // in int8: a probability without a byte
    const double percent = 100.0 * static_cast<double>(below ? of.step : probability);
    rows.push_back({formatted(below ? "< %.2f %%" : "%.2f %%", percent),
                    std::to_string(answer.prediction.class_id), answer.name});
  }
  return text + render_table(rows, {Align::right, Align::right, Align::left});
}

}  // namespace

Result<Output> classify(const ClassifyCommand& command) {
  const Result<Image> image = read_image(command.image);
  if (!image) return image.error();
  const Result<LoadedModel> loaded = load_model(command.model, command.files);
  if (!loaded) return loaded.error();
  if (command.precision == Precision::int8 && loaded->model->quantized() == nullptr) {
    return loaded->no_int8;
  }
  const Result<Crop> crop = crop_photo(image->view(), command.model.variant.resolution);
  if (!crop) return about(command.image, crop.error());

  const Tensor input = scale_pixels(*crop, loaded->model->input());
  const std::shared_ptr<const Snapshot> snapshot =
      run(loaded->model, input.view(), {.precision = command.precision});
  const Graph& graph = snapshot->graph();
  const std::span<const float> probabilities = snapshot->output(graph.last()).data;
  const std::span<const float> logits = snapshot->output(graph.find("head.logits")).data;

  Output output;
  if (!loaded->note.empty()) output.notes.push_back(loaded->note);
  const Classification classification{
      .command = command,
      .origin = loaded->origin,
      .ms = snapshot->total_ms(),
      .memory = run_memory(*loaded->model, command.precision),
      .step = snapshot->step(graph.last()),
      .top = with_labels(top_predictions(probabilities, command.top, logits), probabilities.size(),
                         output.notes)};
  output.text = command.json ? as_json(classification) : as_text(classification);
  return output;
}

}  // namespace lens::cli
