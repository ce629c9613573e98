#include <algorithm>

#include "cli/commands.h"
#include "cli/file.h"
#include "cli/text.h"
#include "engine/run_memory.h"
#include "weights/bind.h"

namespace lens::cli {

namespace {

std::string joined_numbers(const std::vector<int>& numbers, const char* separator) {
  std::vector<std::string> parts;
  for (const int number : numbers) parts.push_back(std::to_string(number));
  return joined(parts, separator);
}

std::string shape_text(const std::vector<int>& shape) {
  return shape.empty() ? "scalar" : joined_numbers(shape, "x");
}

std::string quantization_text(const Quantization& quantization) {
  if (quantization.empty()) return "";
  if (quantization.per_channel()) {
    const auto [least, most] =
        std::minmax_element(quantization.scales.begin(), quantization.scales.end());
    return formatted("%zu scales along axis %d, %.4g to %.4g", quantization.scales.size(),
                     quantization.axis, static_cast<double>(*least), static_cast<double>(*most));
  }
  return formatted("scale %.6g, zero point %d", static_cast<double>(quantization.scales[0]),
                   quantization.zero_points[0]);
}

std::string tensors_text(const TfliteFile& file) {
  std::vector<std::vector<std::string>> rows = {
      {"#", "shape", "type", "", "quantization", "tensor"}};
  for (std::size_t i = 0; i < file.tensors().size(); ++i) {
    const TfliteTensor& tensor = file.tensors()[i];
    rows.push_back({std::to_string(i), shape_text(tensor.shape),
                    std::string(to_string(tensor.type)), tensor.is_constant() ? "constant" : "",
                    quantization_text(tensor.quantization), tensor.name});
  }
  return render_table(
      rows, {Align::right, Align::right, Align::left, Align::left, Align::left, Align::left});
}

std::string indices_text(const std::vector<int>& indices) {
  return joined_numbers(indices, " ");
}

std::string operators_text(const TfliteFile& file) {
  std::vector<std::vector<std::string>> rows = {{"#", "operator", "reads", "writes", "shape"}};
  for (std::size_t i = 0; i < file.operators().size(); ++i) {
    const TfliteOperator& op = file.operators()[i];
    rows.push_back({std::to_string(i), describe(op), indices_text(op.inputs),
                    indices_text(op.outputs), shape_text(file.tensor(op.outputs[0]).shape)});
  }
  return render_table(rows, {Align::right, Align::left, Align::left, Align::left, Align::right});
}

std::string memory_text(const Model& model, Precision precision) {
  const RunMemory memory = run_memory(model, precision);
  const auto count = [](std::int64_t bytes) { return std::to_string(bytes); };
  return "a run in " + std::string(to_string(precision)) + " takes " + count(memory.peak_bytes()) +
         " bytes at most: weights " + count(memory.weight_bytes) + ", outputs " +
         count(memory.arena_bytes) + "\n";
}

// What a run takes in either precision, or why there is none.
std::string memory_of(ImportedModel imported) {
  const auto model = Model::create(std::move(imported.graph), std::move(imported.weights),
                                   imported.input, imported.quantized);
  if (!model) return "does not run: " + model.error().message + "\n";
  const std::string text = memory_text(**model, Precision::float32);
  if (imported.quantized) return text + memory_text(**model, Precision::int8);
  return text + "no int8: " + imported.no_int8.message + "\n";
}

// The first model of the catalog that the files are, or why they are none of them.
std::string fitting_model(const std::vector<TfliteFile>& files) {
  const Result<int> classes = count_classes(files);
  if (!classes) return "fits no model: " + classes.error().message + "\n";
  std::string reasons;
  for (const CatalogEntry& entry : catalog()) {
    for (const Variant& variant : entry.variants) {
      const std::string title = ModelChoice{.entry = &entry, .variant = variant}.title();
      Result<ImportedModel> model = bind_weights(entry.build(variant, *classes), files);
      if (model) {
        const std::string fit =
            "fits " + title + ", " + std::to_string(*classes) + " classes, " +
            std::string(to_string(model->kind)) +
            formatted(", input %.6g * (byte - %.6g)\n", static_cast<double>(model->input.scale),
                      static_cast<double>(model->input.zero_point));
        return fit + memory_of(std::move(model).value());
      }
      reasons += "  not " + title + ": " + model.error().message + "\n";
    }
  }
  return "fits no model\n" + reasons;
}

}  // namespace

Result<Output> inspect(const InspectCommand& command) {
  std::vector<TfliteFile> files;
  Output output;
  for (const std::string& path : command.files) {
    Result<std::vector<std::uint8_t>> bytes = read_file(path);
    if (!bytes) return bytes.error();
    Result<TfliteFile> file = read_tflite(std::move(bytes).value());
    if (!file) return about(path, file.error());
    output.text += path + ": TFLite, " + std::to_string(file->size_bytes()) + " bytes, " +
                   std::to_string(file->operators().size()) + " operators, " +
                   std::to_string(file->tensors().size()) + " tensors, reads " +
                   indices_text(file->inputs()) + ", writes " + indices_text(file->outputs()) +
                   "\n\n" + operators_text(*file) + "\n" + tensors_text(*file) + "\n";
    files.push_back(std::move(file).value());
  }
  output.text += fitting_model(files);
  return output;
}

}  // namespace lens::cli
