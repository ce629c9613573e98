#include "views/calculator.h"

#include <algorithm>
#include <array>

#include "ui/slider.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/convolution_picture.h"

namespace lens::calculator {

namespace {

using demos::ConvolutionCost;
using demos::ConvolutionLayer;

constexpr double kStepsPerSecond = 12;
constexpr int kMostChannels = 2048;
constexpr int kLargestExtent = 224;
constexpr int kLargestKernel = 7;
constexpr int kParameters = 4;

struct Kind {
  const char* name;
  const char* formula;
  ConvolutionCost cost;
};

std::array<Kind, 4> kinds_of(const ConvolutionLayer& layer) {
  return {{{"Standard", "Dk² · M · N · DF²", demos::standard_cost(layer)},
           {"Depthwise", "Dk² · M · DF²", demos::depthwise_cost(layer)},
           {"Pointwise", "M · N · DF²", demos::pointwise_cost(layer)},
           {"Separable, both", "Dk² · M · DF² + M · N · DF²", demos::separable_cost(layer)}}};
}

void presets(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  std::vector<std::string> titles;
  int active = -1;
  for (const demos::ConvolutionPreset& preset : demos::kConvolutionPresets) {
    // The paper's first two rows are one layer: the table below shows both ways to build it.
    if (!titles.empty() && preset.layer == demos::kPaperLayer) continue;
    if (preset.layer == state.layer) active = static_cast<int>(titles.size());
    titles.emplace_back(titles.empty() ? "14×14×512" : preset.title);
  }
  const std::optional<ConvolutionLayer> selected = layer_at(frame.graph, frame.selection.node);
  if (selected) {
    if (active < 0 && *selected == state.layer) active = static_cast<int>(titles.size());
    titles.emplace_back("Selected block");
  }
  ImGui::AlignTextToFramePadding();
  ui::label(theme.body, theme.color().secondary, "MobileNets, table 3");
  ImGui::SameLine(0, theme.px(10));
  const int clicked = ui::segmented(theme, "presets", titles, active);
  if (clicked < 0) return;
  const std::size_t preset = clicked == 0 ? 0 : static_cast<std::size_t>(clicked) + 1;
  const bool of_paper = preset < std::size(demos::kConvolutionPresets);
  state.layer = of_paper ? demos::kConvolutionPresets[preset].layer : *selected;
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

void kind_row(const ui::Theme& theme, const Kind& kind, double whole, ImU32 color) {
  const ui::Palette& c = theme.color();
  ImGui::TableNextRow();
  ImGui::TableSetColumnIndex(0);
  ui::label(theme.strong, c.text, kind.name);
  ImGui::TableSetColumnIndex(1);
  ui::label(theme.body, c.secondary, kind.formula);
  ImGui::TableSetColumnIndex(2);
  ui::right_label(theme.body, c.text, ui::grouped(kind.cost.macs));
  ImGui::TableSetColumnIndex(3);
  ui::right_label(theme.body, c.text, ui::grouped(kind.cost.parameters));
  ImGui::TableSetColumnIndex(4);
  const float part = static_cast<float>(static_cast<double>(kind.cost.macs) / whole);
  const float height = theme.px(10);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (ImGui::GetTextLineHeight() - height) / 2);
  ui::progress_bar(theme, part, {ImGui::GetContentRegionAvail().x, height}, color);
}

void results(const ui::Theme& theme, const ConvolutionLayer& layer) {
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {theme.px(6), theme.px(3)});
  if (ImGui::BeginTable("costs", 5, ImGuiTableFlags_BordersInnerH)) {
    const auto fixed = [&](const char* name, float width) {
      ImGui::TableSetupColumn(name, ImGuiTableColumnFlags_WidthFixed, theme.px(width));
    };
    fixed("kind", 116);
    fixed("formula", 196);
    fixed("macs", 118);
    fixed("parameters", 90);
    ImGui::TableSetupColumn("share", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableNextRow();
    const char* const names[] = {"", "MACs by formula", "MACs", "weights", "against standard"};
    for (int column = 0; column < 5; ++column) {
      ImGui::TableSetColumnIndex(column);
      const bool number = column == 2 || column == 3;
      if (number) {
        ui::right_label(theme.small, theme.color().secondary, names[column]);
      } else {
        ui::label(theme.small, theme.color().secondary, names[column]);
      }
    }
    const std::array<Kind, 4> kinds = kinds_of(layer);
    const ui::Meaning& c = theme.role();
    const ImU32 colors[] = {c.standard, c.depthwise, c.pointwise, c.project};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      kind_row(theme, kinds[i], static_cast<double>(kinds[0].cost.macs), colors[i]);
    }
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

void ratio(const ui::Theme& theme, const ConvolutionLayer& layer) {
  const double value = demos::separable_ratio(layer);
  const std::string less = value < 1 ? ui::format("%.1f times less", 1 / value)
                                     : ui::format("%.2f times as much", value);
  ui::label(theme.title, theme.color().text,
            ui::format("1/N + 1/Dk² = 1/%d + 1/%d = %.4f: ", layer.out_channels,
                       layer.kernel * layer.kernel, value) +
                less);
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
    if (ui::button(theme, text)) press(state, " ");
    ImGui::SameLine();
  }
  if (ui::button(theme, "Step")) press(state, ".");
  ImGui::SameLine(0, theme.px(12));
  ImGui::AlignTextToFramePadding();
  ui::label(theme.body, theme.color().secondary,
            ui::format("What one output value reads, in a toy layer: %d × %d pixels, %d → %d "
                       "channels, %d × %d kernel",
                       toy.extent, toy.extent, toy.in_channels, toy.out_channels, toy.kernel,
                       toy.kernel));
  convolution_picture::draw(theme, toy, static_cast<int>(state.step));
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
  presets(frame, state);
  sliders(theme, state);
  ratio(theme, state.layer);
  results(theme, state.layer);
  ImGui::Dummy({1, theme.px(2)});
  picture(frame, state);
  ui::wrapped(theme.body, theme.color().text, takeaway(state.layer));
  ui::wrapped(theme.small, theme.color().secondary, source(state.layer));
}

bool press(State& state, std::string_view key) {
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
  } else {
    return false;
  }
  return true;
}

Table table(const ConvolutionLayer& layer) {
  Table result;
  result.columns = {"kind", "Dk", "M", "N", "DF", "MACs", "weights", "against standard"};
  const std::array<Kind, 4> kinds = kinds_of(layer);
  const auto number = [](auto value) { return TableCell(static_cast<double>(value)); };
  for (const Kind& kind : kinds) {
    const double share =
        static_cast<double>(kind.cost.macs) / static_cast<double>(kinds[0].cost.macs);
    result.rows.push_back({std::string(kind.name), number(layer.kernel), number(layer.in_channels),
                           number(layer.out_channels), number(layer.extent), number(kind.cost.macs),
                           number(kind.cost.parameters), number(share)});
  }
  return result;
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
