#include "views/convolution_picture.h"

#include <algorithm>
#include <cstdlib>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"

namespace lens::convolution_picture {

namespace {

using demos::ConvolutionKind;
using demos::ConvolutionLayer;
using demos::Touch;

constexpr int kToyExtent = 5;
constexpr int kToyIn = 3;
constexpr int kToyOut = 4;
constexpr float kCell = 12;   // px at 1280, before it is made larger to fill the panel
constexpr float kDepth = 11;  // from a map to the one behind it
constexpr float kArrow = 25;  // between input and output
constexpr float kTitle = 24;  // height of the title
constexpr float kLargest = 1.8f;

ImU32 color_of(const ui::Theme& theme, ConvolutionKind kind) {
  switch (kind) {
    case ConvolutionKind::standard:
      return theme.role().standard;
    case ConvolutionKind::depthwise:
      return theme.role().depthwise;
    case ConvolutionKind::pointwise:
      return theme.role().pointwise;
  }
  return theme.role().other;
}

const char* title_of(ConvolutionKind kind) {
  switch (kind) {
    case ConvolutionKind::standard:
      return "Standard";
    case ConvolutionKind::depthwise:
      return "Depthwise";
    case ConvolutionKind::pointwise:
      return "then pointwise";
  }
  return "";
}

// The square of cells that is lit in some maps of a stack.
struct Lit {
  int y0 = 0, x0 = 0, y1 = -1, x1 = -1;  // inclusive; none when y1 < y0
  int first_channel = 0, channels = 0;

  bool holds(int y, int x, int channel) const {
    return y >= y0 && y <= y1 && x >= x0 && x <= x1 && channel >= first_channel &&
           channel < first_channel + channels;
  }
};

// Of `channels` maps one behind the other, px at 1280.
constexpr float stack_extent(int channels) {
  return kCell * kToyExtent + kDepth * static_cast<float>(channels - 1);
}

// The look of one drawing: how much larger than at 1280 x 800 it is.
struct Scale {
  const ui::Theme& theme;
  float larger;

  float px(float at_1280) const { return theme.px(at_1280) * larger; }
};

// Maps one behind the other, the first in front. `at`: the front map's lower left corner.
void stack(const Scale& scale, ImVec2 at, int channels, const Lit& lit, ImU32 color) {
  const ui::Palette& c = scale.theme.color();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float cell = scale.px(kCell);
  for (int channel = channels - 1; channel >= 0; --channel) {
    const float shift = scale.px(kDepth) * static_cast<float>(channel);
    const ImVec2 corner = {at.x + shift, at.y - shift - cell * kToyExtent};
    for (int y = 0; y < kToyExtent; ++y) {
      for (int x = 0; x < kToyExtent; ++x) {
        const ImVec2 min = {corner.x + cell * static_cast<float>(x),
                            corner.y + cell * static_cast<float>(y)};
        const ImVec2 max = {min.x + cell, min.y + cell};
        draw->AddRectFilled(min, max, lit.holds(y, x, channel) ? color : c.sunken);
        draw->AddRect(min, max, c.strong_line);
      }
    }
  }
}

Lit lit_input(const Touch& touch) {
  const int reach = touch.kernel / 2;
  return {std::max(0, touch.y - reach),
          std::max(0, touch.x - reach),
          std::min(kToyExtent - 1, touch.y + reach),
          std::min(kToyExtent - 1, touch.x + reach),
          touch.first_channel,
          touch.channels};
}

Lit lit_output(const Touch& touch) {
  return {touch.y, touch.x, touch.y, touch.x, touch.channel, 1};
}

// The latest of `done` values; before the first step one in the middle, all of whose numbers lie
// inside the maps.
Touch shown_touch(ConvolutionKind kind, const ConvolutionLayer& toy, int done) {
  if (done > 0) return demos::touch(kind, toy, done - 1);
  const int middle = kToyExtent / 2 * (kToyExtent + 1);
  const bool by_pixel = kind != ConvolutionKind::depthwise;
  return demos::touch(kind, toy, by_pixel ? middle * toy.out_channels : middle);
}

void counters(const ui::Theme& theme, ImVec2 at, ConvolutionKind kind, const ConvolutionLayer& toy,
              int done) {
  const ui::Palette& c = theme.color();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float line = ui::text_size(theme.small, "0").y + theme.px(1);
  const Touch touch = shown_touch(kind, toy, done);
  ui::draw_text(draw, theme.small, at, c.secondary, reads_text(touch));
  const std::int64_t each = touch.products();
  const std::string macs =
      done == 0 ? ui::grouped(each) + " MACs a value" : ui::grouped(each * done) + " MACs";
  ui::draw_text(draw, theme.strong, {at.x, at.y + line}, c.text, macs);
  ui::draw_text(draw, theme.small, {at.x, at.y + line * 2 + theme.px(4)}, c.secondary,
                ui::format("%d of %d values", done, demos::output_count(kind, toy)));
}

void kind_column(const Scale& scale, ImVec2 at, ConvolutionKind kind, const ConvolutionLayer& toy,
                 int step) {
  const ui::Theme& theme = scale.theme;
  const ui::Palette& c = theme.color();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const int done = std::clamp(step, 0, demos::output_count(kind, toy));
  const Touch touch = shown_touch(kind, toy, done);
  const ImU32 color = color_of(theme, kind);
  const int out_channels = demos::output_channels(kind, toy);
  ui::draw_text(draw, theme.strong, at, c.text, title_of(kind));
  const float bottom = at.y + theme.px(kTitle) + scale.px(stack_extent(kToyOut));
  stack(scale, {at.x, bottom}, toy.in_channels, lit_input(touch), color);
  const float arrow = at.x + scale.px(stack_extent(toy.in_channels)) + theme.px(5);
  ui::draw_text(draw, theme.strong, {arrow, bottom - scale.px(44)}, c.secondary, "→");
  stack(scale, {arrow + theme.px(kArrow - 5), bottom}, out_channels, lit_output(touch), color);
  counters(theme, {at.x, bottom + theme.px(6)}, kind, toy, done);
}

}  // namespace

std::string reads_text(const Touch& touch) {
  const Lit lit = lit_input(touch);
  const int inside = (lit.y1 - lit.y0 + 1) * (lit.x1 - lit.x0 + 1) * touch.channels;
  const int all = static_cast<int>(touch.products());
  if (inside == all) return ui::format("one value reads %d numbers", all);
  return ui::format("reads %d numbers, %d are padding", all, all - inside);
}

ConvolutionLayer toy_layer(int kernel) {
  return {std::min(kernel, kToyExtent), kToyIn, kToyOut, kToyExtent};
}

int steps(const ConvolutionLayer& toy) {
  return std::max(demos::output_count(ConvolutionKind::standard, toy),
                  demos::output_count(ConvolutionKind::depthwise, toy));
}

void draw(const ui::Theme& theme, const ConvolutionLayer& toy, int step, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float column = width / 3;
  const float texts = 3 * ui::text_size(theme.small, "0").y + theme.px(kTitle + 6 + 8);
  const float room_x = column - theme.px(kArrow + 24);
  const float larger = std::min((height - texts) / theme.px(stack_extent(kToyOut)),
                                room_x / theme.px(stack_extent(kToyIn) + stack_extent(kToyOut)));
  const Scale scale = {theme, std::clamp(larger, 1.0f, kLargest)};
  int number = 0;
  for (const ConvolutionKind kind :
       {ConvolutionKind::standard, ConvolutionKind::depthwise, ConvolutionKind::pointwise}) {
    kind_column(scale, {at.x + column * static_cast<float>(number++), at.y}, kind, toy, step);
  }
  ImGui::Dummy({width, texts + scale.px(stack_extent(kToyOut))});
}

}  // namespace lens::convolution_picture
