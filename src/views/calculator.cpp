#include "views/calculator.h"

#include <algorithm>

#include "ui/slider.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/convolution_picture.h"

namespace lens::calculator {

namespace {

using demos::ConvolutionLayer;

constexpr double kStepsPerSecond = 12;
constexpr int kMostChannels = 2048;
constexpr int kLargestExtent = 224;
constexpr int kLargestKernel = 7;
constexpr int kParameters = 4;

// Of the presets the first that is the layer, or -1.
int active_preset(const std::vector<Preset>& all, const ConvolutionLayer& layer) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].layer == layer) return static_cast<int>(i);
  }
  return -1;
}

void choose_preset(const Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  const std::vector<Preset> all = presets(frame.graph, frame.selection.node);
  std::vector<std::string> titles;
  for (const Preset& preset : all) titles.push_back(preset.title);
  ImGui::AlignTextToFramePadding();
  ui::label(theme.body, theme.color().secondary, "MobileNets, table 3");
  ImGui::SameLine(0, theme.px(10));
  const int clicked = ui::segmented(theme, "presets", titles, active_preset(all, state.layer));
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "A layer to begin with", "Key P: the next one");
  if (clicked >= 0) state.layer = all[static_cast<std::size_t>(clicked)].layer;
}

void sliders(const ui::Theme& theme, State& state) {
  ConvolutionLayer& layer = state.layer;
  int half = layer.kernel / 2;
  const float column = (ImGui::GetContentRegionAvail().x - theme.px(24)) / 2;
  const auto one = [&](int number, const char* name, const std::string& text, int high,
                       int& value) {
    const bool kernel = number == 0;
    ImGui::BeginChild(name, {column, ImGui::GetFrameHeight()});
    if (ui::slider(theme, name,
                   {.name = name,
                    .value = text,
                    .low = kernel ? 0 : 1,
                    .high = high,
                    .logarithmic = !kernel,
                    .focused = state.focused == number},
                   value)) {
      state.focused = number;
    }
    ImGui::EndChild();
  };
  const std::string kernel = ui::format("%d × %d", layer.kernel, layer.kernel);
  one(0, "Dk  kernel", kernel, kLargestKernel / 2, half);
  layer.kernel = 2 * half + 1;
  ImGui::SameLine(0, theme.px(24));
  one(1, "M  input channels", std::to_string(layer.in_channels), kMostChannels, layer.in_channels);
  one(3, "DF  map, pixels", std::to_string(layer.extent), kLargestExtent, layer.extent);
  ImGui::SameLine(0, theme.px(24));
  one(2, "N  output channels", std::to_string(layer.out_channels), kMostChannels,
      layer.out_channels);
}

float foot_height(const ui::Theme& theme) {
  return ui::takeaway_height(theme, 2, 1) + theme.px(6);
}

void picture(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  const ConvolutionLayer toy = convolution_picture::toy_layer(state.layer.kernel);
  const int last = convolution_picture::steps(toy);
  if (state.playing) {
    state.step += ImGui::GetIO().DeltaTime * kStepsPerSecond;
    state.playing = state.step < last && !frame.reduced_motion;
    state.step = std::min(state.step, static_cast<double>(last));
    frame.animating = state.playing;
  }
  const bool ended = state.step >= last;
  if (!frame.reduced_motion) {
    const char* text = state.playing ? "Pause" : ended ? "Play again" : "Play";
    if (ui::button(theme, text)) press(frame, state, " ");
    ImGui::SameLine();
  }
  if (ui::button(theme, "Step")) press(frame, state, ".");
  ImGui::SameLine(0, theme.px(12));
  ImGui::AlignTextToFramePadding();
  ui::label(
      theme.body, theme.color().secondary,
      ui::format("In a toy layer: %d × %d pixels, %d → %d channels, %d × %d kernel", toy.extent,
                 toy.extent, toy.in_channels, toy.out_channels, toy.kernel, toy.kernel));
  convolution_picture::draw(theme, toy, static_cast<int>(state.step),
                            ImGui::GetContentRegionAvail().y - foot_height(theme));
}

std::string takeaway(const ConvolutionLayer& layer) {
  const double macs = static_cast<double>(demos::separable_cost(layer).macs);
  const double share = static_cast<double>(demos::pointwise_cost(layer).macs) / macs;
  return ui::format(
      "The pointwise half does %s of the separable layer's MACs. However many output "
      "channels there are, a %d × %d kernel can save no more than %d times.",
      ui::percent(share).c_str(), layer.kernel, layer.kernel, layer.kernel * layer.kernel);
}

// "MobileNets, table 3 prints 52.3 / 0.27", where the layer is one of its rows.
std::string source(const ConvolutionLayer& layer) {
  std::string text;
  for (const demos::ConvolutionPreset& preset : demos::kConvolutionPresets) {
    if (!(preset.layer == layer)) continue;
    text += (text.empty() ? "Table 3 prints, in millions of MACs / weights: " : "; ") +
            std::string(preset.title) + " " + std::string(preset.printed);
  }
  if (!text.empty()) return text + ".";
  return "MobileNets, arXiv 1704.04861, section 3.1, equations 2 to 5; weights without biases and "
         "batch-norm.";
}

int& parameter(State& state) {
  switch (state.focused) {
    case 1:
      return state.layer.in_channels;
    case 2:
      return state.layer.out_channels;
    case 3:
      return state.layer.extent;
    default:
      return state.layer.kernel;
  }
}

// The next round value: channels by eighths of their size, pixels one by one, kernels odd.
void change(State& state, int sign) {
  int& value = parameter(state);
  if (state.focused == 0) {
    value = std::clamp(value + 2 * sign, 1, kLargestKernel);
  } else if (state.focused == 3) {
    value = std::clamp(value + sign, 1, kLargestExtent);
  } else {
    const int by = value < 16 ? 1 : value < 128 ? 8 : 64;
    value = std::clamp(value + sign * by, 1, kMostChannels);
  }
}

}  // namespace

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  ui::label(theme.title, theme.color().text, "What does splitting a convolution save?");
  choose_preset(frame, state);
  sliders(theme, state);
  ratio(theme, state.layer);
  results(theme, state.layer);
  ImGui::Dummy({1, theme.px(2)});
  picture(frame, state);
  ImGui::Dummy({1, std::max(0.0f, ImGui::GetContentRegionAvail().y - foot_height(theme))});
  ui::takeaway(theme, takeaway(state.layer), source(state.layer));
}

std::vector<Preset> presets(const Graph& graph, NodeId selected) {
  std::vector<Preset> all;
  for (const demos::ConvolutionPreset& preset : demos::kConvolutionPresets) {
    // The paper's first two rows are one layer: the table below shows both ways to build it.
    if (!all.empty() && preset.layer == demos::kPaperLayer) continue;
    all.push_back({all.empty() ? "14×14×512" : std::string(preset.title), preset.layer});
  }
  const std::optional<ConvolutionLayer> of_block = layer_at(graph, selected);
  if (of_block) all.push_back({"Selected block", *of_block});
  return all;
}

bool press(const Frame& frame, State& state, std::string_view key) {
  const int last = convolution_picture::steps(convolution_picture::toy_layer(state.layer.kernel));
  if (key == " ") {
    if (state.step >= last) state.step = 0;
    state.playing = !state.playing;
  } else if (key == ".") {
    state.playing = false;
    state.step = state.step >= last ? 0 : static_cast<int>(state.step) + 1;
  } else if (key == "ArrowDown" || key == "ArrowUp") {
    const int by = key == "ArrowDown" ? 1 : kParameters - 1;
    state.focused = (state.focused + by) % kParameters;
  } else if (key == "ArrowRight" || key == "ArrowLeft") {
    change(state, key == "ArrowRight" ? 1 : -1);
  } else if (key == "p") {
    const std::vector<Preset> all = presets(frame.graph, frame.selection.node);
    const int next = active_preset(all, state.layer) + 1;
    state.layer = all[static_cast<std::size_t>(next) % all.size()].layer;
  } else {
    return false;
  }
  return true;
}

std::optional<ConvolutionLayer> layer_at(const Graph& graph, NodeId node) {
  const int block = graph.node(node).block;
  std::optional<ConvolutionLayer> layer;
  for (const Node& part : graph.nodes) {
    if (part.block != block) continue;
    if (part.op == Op::depthwise) layer = ConvolutionLayer{part.kernel, part.out.c, 1, part.out.h};
    if (layer && is_pointwise(part)) layer->out_channels = part.out.c;
  }
  return layer;
}

}  // namespace lens::calculator
