#include "cli/command_line.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "classes/labels.h"
#include "cli/text.h"

namespace lens::cli {

namespace {

const char* const kSeeHelp = "See lens --help.";

// The words of a command: those that stand alone, and options with what follows them.
struct Words {
  std::vector<std::string> plain;
  std::vector<std::pair<std::string, std::string>> options;

  const std::string* find(std::string_view option) const {
    for (const auto& [name, value] : options) {
      if (name == option) return &value;
    }
    return nullptr;
  }
};

struct Grammar {
  std::vector<std::string_view> with_value;
  std::vector<std::string_view> flags;
};

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "--name value" and "--name=value".
Result<Words> split_words(std::span<const std::string> arguments, const Grammar& grammar) {
  Words words;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word.size() < 2 || word[0] != '-') {
      words.plain.push_back(word);
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (words.find(name)) return Error{name + " is given twice", kSeeHelp};
    if (contains(grammar.flags, word)) {
      words.options.emplace_back(name, "");
    } else if (!contains(grammar.with_value, name)) {
      return Error{"There is no option " + word, kSeeHelp};
    } else if (equals != std::string::npos) {
      words.options.emplace_back(name, word.substr(equals + 1));
    } else if (i + 1 < arguments.size()) {
      words.options.emplace_back(name, arguments[++i]);
    } else {
      return Error{name + " needs a value", kSeeHelp};
    }
  }
  return words;
}

std::optional<double> to_number(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') return std::nullopt;
  return number;
}

std::string model_ids() {
  std::vector<std::string> ids;
  for (const CatalogEntry& entry : catalog()) ids.emplace_back(entry.id);
  return joined(ids, ", ");
}

// A version that the catalog has in several widths can be had in all those of its paper.
// MobileNets, arXiv 1704.04861, section 3.3.
std::vector<double> widths_of(const CatalogEntry& entry) {
  const bool fixed = std::all_of(entry.variants.begin(), entry.variants.end(),
                                 [](const Variant& variant) { return variant.width == 1.0; });
  return fixed ? std::vector<double>{1.0} : std::vector<double>{1.0, 0.75, 0.5, 0.25};
}

Result<double> parse_width(const Words& words, const CatalogEntry& entry) {
  const std::string* text = words.find("--width");
  if (!text) return 1.0;
  const std::vector<double> widths = widths_of(entry);
  const std::optional<double> width = to_number(*text);
  if (width && std::find(widths.begin(), widths.end(), *width) != widths.end()) return *width;
  std::vector<std::string> allowed;
  for (const double each : widths) allowed.push_back(number_text(each));
  return Error{
      std::string(entry.title) + " has no width " + *text + ", only " + joined(allowed, ", "),
      kSeeHelp};
}

Result<int> parse_resolution(const Words& words) {
  constexpr int kLeast = 96;
  constexpr int kMost = 224;
  constexpr int kStep = 32;  // the network halves five times
  const std::string* text = words.find("--resolution");
  if (!text) return kMost;
  const std::optional<double> number = to_number(*text);
  for (int resolution = kLeast; resolution <= kMost; resolution += kStep) {
    if (number && *number == resolution) return resolution;
  }
  return Error{"--resolution " + *text + " is not one of 96, 128, 160, 192, 224", kSeeHelp};
}

Result<ModelChoice> parse_model(const Words& words) {
  const std::string* id = words.find("--model");
  if (!id) return Error{"--model is missing: one of " + model_ids(), kSeeHelp};
  const CatalogEntry* entry = find_model(*id);
  if (!entry) return Error{"There is no model " + *id + ": use one of " + model_ids(), kSeeHelp};
  const Result<double> width = parse_width(words, *entry);
  if (!width) return width.error();
  const Result<int> resolution = parse_resolution(words);
  if (!resolution) return resolution.error();
  return ModelChoice{.entry = entry, .variant = {.width = *width, .resolution = *resolution}};
}

Result<int> parse_top(const Words& words) {
  const std::string* text = words.find("--top");
  if (!text) return 5;
  const std::optional<double> number = to_number(*text);
  if (number && *number >= 1 && *number <= kImageNetClasses) {
    const int top = static_cast<int>(*number);
    if (top == *number) return top;
  }
  return Error{"--top " + *text + " is not a whole number from 1 to 1000", kSeeHelp};
}

Result<Precision> parse_precision(const Words& words) {
  const std::string* text = words.find("--precision");
  if (!text || *text == to_string(Precision::float32)) return Precision::float32;
  if (*text == to_string(Precision::int8)) return Precision::int8;
  return Error{"There is no precision " + *text + ": use float32 or int8", kSeeHelp};
}

Result<std::vector<std::string>> split_files(const std::string& text) {
  std::vector<std::string> files;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    files.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  const bool empty = std::find(files.begin(), files.end(), "") != files.end();
  if (empty || files.size() > 2) {
    return Error{"Expected one TFLite file, or a backbone and its head as BACKBONE,HEAD", kSeeHelp};
  }
  return files;
}

Result<Command> parse_classify(std::span<const std::string> arguments) {
  const Result<Words> words = split_words(
      arguments,
      {.with_value = {"--model", "--width", "--resolution", "--precision", "--top", "--file"},
       .flags = {"--json"}});
  if (!words) return words.error();
  if (words->plain.size() != 1) {
    return Error{"classify takes one image, not " + std::to_string(words->plain.size()), kSeeHelp};
  }
  ClassifyCommand command{.image = words->plain[0], .json = words->find("--json") != nullptr};
  const Result<ModelChoice> model = parse_model(*words);
  if (!model) return model.error();
  command.model = *model;
  const Result<Precision> precision = parse_precision(*words);
  if (!precision) return precision.error();
  command.precision = *precision;
  const Result<int> top = parse_top(*words);
  if (!top) return top.error();
  command.top = *top;
  if (const std::string* text = words->find("--file")) {
    const Result<std::vector<std::string>> files = split_files(*text);
    if (!files) return files.error();
    command.files = *files;
  }
  return Command(command);
}

Result<Command> parse_cost(std::span<const std::string> arguments) {
  const Result<Words> words = split_words(
      arguments, {.with_value = {"--model", "--width", "--resolution", "--format"}, .flags = {}});
  if (!words) return words.error();
  if (!words->plain.empty()) return Error{"cost takes no " + words->plain[0], kSeeHelp};
  const Result<ModelChoice> model = parse_model(*words);
  if (!model) return model.error();
  CostCommand command{.model = *model};
  if (const std::string* format = words->find("--format")) {
    if (*format == "csv") {
      command.format = CostFormat::csv;
    } else if (*format == "json") {
      command.format = CostFormat::json;
    } else if (*format != "table") {
      return Error{"There is no format " + *format + ": use one of table, csv, json", kSeeHelp};
    }
  }
  return Command(command);
}

Result<Command> parse_inspect(std::span<const std::string> arguments) {
  const Result<Words> words = split_words(arguments, {});
  if (!words) return words.error();
  if (words->plain.size() != 1) {
    return Error{"inspect takes one file, not " + std::to_string(words->plain.size()), kSeeHelp};
  }
  const Result<std::vector<std::string>> files = split_files(words->plain[0]);
  if (!files) return files.error();
  return Command(InspectCommand{.files = *files});
}

Result<Command> parse_bench(std::span<const std::string> arguments) {
  const Result<Words> words = split_words(arguments, {.with_value = {"--ms"}, .flags = {}});
  if (!words) return words.error();
  if (!words->plain.empty()) return Error{"bench takes no " + words->plain[0], kSeeHelp};
  BenchCommand command;
  if (const std::string* text = words->find("--ms")) {
    const std::optional<double> number = to_number(*text);
    if (!number || !(*number >= 1 && *number <= 60'000)) {
      return Error{"--ms " + *text + " is not a number from 1 to 60000", kSeeHelp};
    }
    command.budget_ms = *number;
  }
  return Command(command);
}

bool asks_for_help(std::span<const std::string> arguments) {
  const auto is_help = [](const std::string& word) { return word == "--help" || word == "-h"; };
  return (!arguments.empty() && arguments[0] == "help") ||
         std::any_of(arguments.begin(), arguments.end(), is_help);
}

}  // namespace

std::string ModelChoice::title() const {
  return "MobileNet " + std::string(entry->title) + " " + formatted("%.2f", variant.width) +
         " at " + std::to_string(variant.resolution);
}

Result<Command> parse_command_line(std::span<const std::string> arguments) {
  if (asks_for_help(arguments)) return Command(HelpCommand{});
  if (arguments.empty())
    return Error{"A command is missing: classify, cost, inspect or bench", kSeeHelp};
  const std::span<const std::string> rest = arguments.subspan(1);
  if (arguments[0] == "classify") return parse_classify(rest);
  if (arguments[0] == "cost") return parse_cost(rest);
  if (arguments[0] == "inspect") return parse_inspect(rest);
  if (arguments[0] == "bench") return parse_bench(rest);
  return Error{"There is no command " + arguments[0] + ": use classify, cost, inspect or bench",
               kSeeHelp};
}

const char* help_text() {
  return R"(lens: MobileNet V1, V2 and V3 on the command line

usage:
  lens classify IMAGE --model MODEL [--width W] [--resolution R]
                [--precision float32|int8] [--top N] [--file F.tflite[,HEAD.tflite]]
                [--json]
      What the network takes the image for. PNG, JPEG, BMP or GIF.
  lens cost --model MODEL [--width W] [--resolution R] [--format table|csv|json]
      Multiply-accumulates, parameters and activation bytes of every layer.
  lens inspect FILE.tflite[,HEAD.tflite]
      What a TFLite file holds, and which model it fits.
  lens bench [--ms N]
      How fast this machine runs the kernels and the four networks on one thread.
  lens --help

options:
  --model       v1, v2, v3-small or v3-large
  --width       V1's width multiplier: 1.0 (default), 0.75, 0.5 or 0.25
  --resolution  side of the input in pixels: 224 (default), 192, 160, 128 or 96
  --precision   float32 (default), or int8: the integers of the published file
  --top         how many classes to print: 5 (default)
  --file        your own weights instead of the published ones: one file, or a backbone
                and its head
  --json        print JSON
  --ms          milliseconds to spend on each kernel: 300 (default)

Published weights and labels are looked for in the cache that script/assets.mjs fills
(~/.cache/mobilenet-lens/assets), then in models/ below the folder LENS_ASSETS (default:
../shared beside the sources). Without them a model runs with seeded, untrained weights.

exit status: 0 done, 1 something went wrong, 2 the command line was not understood
)";
}

}  // namespace lens::cli
