// The gates of several photos: one line per photo over a block's channels, and over all blocks how
// far they differ.
#include <algorithm>
#include <numeric>

#include "demos/gate_spread.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/gate_photos_parts.h"

namespace lens::gate_photos {

std::vector<std::vector<float>> gates_of(std::span<const Done> done, std::size_t block) {
  std::vector<std::vector<float>> gates;
  for (const Done& one : done) gates.push_back(one.photo->gates[block]);
  return gates;
}

namespace {

// More lines than a reader can tell apart: only the channels that differ most are drawn.
constexpr std::size_t kMostChannels = 64;

void lines_tooltip(const Frame& frame, std::span<const Done> done, std::size_t block,
                   std::size_t channel) {
  std::string text;
  for (const Done& one : done) {
    text += label_of(frame, *one.photo) +
            ui::format(" %.3f\n", static_cast<double>(one.photo->gates[block][channel]));
  }
  const double spread = demos::gate_spread(gates_of(done, block))[channel];
  ui::tooltip(frame.theme, ui::format("Channel %d", static_cast<int>(channel)),
              text + ui::format("standard deviation %.3f", spread));
}

// "bneck11: the 64 of 576 channels that differ most".
std::string lines_title(const SeBlock& block, std::size_t drawn, std::size_t channels) {
  std::string title = "Gates of " + name_of(block) + ", one line per photo";
  if (drawn == channels) return title;
  return title + ui::format(": the %d of %d channels that differ most", static_cast<int>(drawn),
                            static_cast<int>(channels));
}

}  // namespace

std::vector<int> drawn_channels(std::span<const std::vector<float>> photos, bool by_index) {
  std::vector<int> order(photos.empty() ? 0 : photos[0].size());
  std::iota(order.begin(), order.end(), 0);
  if (by_index) return order;
  if (photos.size() > 1 && order.size() > kMostChannels) {
    const std::vector<double> spread = demos::gate_spread({photos.begin(), photos.end()});
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
      return spread[static_cast<std::size_t>(a)] > spread[static_cast<std::size_t>(b)];
    });
    order.resize(kMostChannels);
  }
  const auto sum = [&](int channel) {
    float total = 0;
    for (const auto& gates : photos) total += gates[static_cast<std::size_t>(channel)];
    return total;
  };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return sum(a) > sum(b); });
  return order;
}

void draw_lines(Frame& frame, const State& state, std::span<const Done> done, const SeBlock& block,
                std::size_t index, float height) {
  const ui::Theme& theme = frame.theme;
  const std::vector<std::vector<float>> gates = gates_of(done, index);
  const std::vector<int> order = drawn_channels(gates, state.by_index);
  const auto channels = static_cast<std::size_t>(frame.graph.node(block.gate).out.c);
  const ui::Plot plot(
      theme, "lines", {ImGui::GetContentRegionAvail().x, height},
      {.title = state.by_index ? "channel" : "channels, from the largest mean gate down",
       .low = 0,
       .high = static_cast<double>(std::max<std::size_t>(1, order.size())),
       .numbers = state.by_index},
      {.title = lines_title(block, order.size(), channels)});
  for (std::size_t i = 0; i < done.size(); ++i) {
    std::vector<ui::PlotPoint> points;
    for (std::size_t place = 0; place < order.size(); ++place) {
      const float gate = gates[i][static_cast<std::size_t>(order[place])];
      points.push_back({static_cast<double>(place) + 0.5, static_cast<double>(gate)});
    }
    plot.line(points, color_of(theme, done[i].place), 2);
  }
  if (!plot.hovered() || order.empty()) return;
  const int place =
      std::clamp(static_cast<int>(plot.pointed().x), 0, static_cast<int>(order.size()) - 1);
  const int channel = order[static_cast<std::size_t>(place)];
  const float x = plot.x(place + 0.5);
  ImGui::GetWindowDrawList()->AddLine({x, plot.min().y}, {x, plot.max().y},
                                      theme.color().strong_line);
  frame.hover = {block.gate, channel, 0, 0};
  lines_tooltip(frame, done, index, static_cast<std::size_t>(channel));
}

namespace {

// The mean of one half of the blocks, as a line across them; its number above all bars.
void draw_half(const ui::Theme& theme, const ui::Plot& plot, double from, double to, double mean) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float y = plot.y(mean);
  draw->AddLine({plot.x(from), y}, {plot.x(to), y}, theme.color().text, theme.px(2));
  ui::draw_text(draw, theme.small, {plot.x((from + to) / 2), plot.min().y + theme.px(1)},
                theme.color().text, ui::format("mean %.3f", mean), 0.5f);
}

}  // namespace

int draw_spreads(Frame& frame, std::span<const SeBlock> blocks, std::span<const double> spreads,
                 std::size_t chosen, float height) {
  const ui::Theme& theme = frame.theme;
  const double highest = *std::max_element(spreads.begin(), spreads.end());
  const double count = static_cast<double>(blocks.size());
  const float names = ui::text_size(theme.small, "x").y + theme.px(4);
  const ui::Plot plot(theme, "spreads", {ImGui::GetContentRegionAvail().x, height - names},
                      {.low = 0, .high = count, .numbers = false},
                      ui::axis_over("Spread over the photos: standard deviation of a gate, mean "
                                    "over the block's channels",
                                    0, std::max(0.01, highest * 1.3)));
  const bool clicked = ImGui::IsItemClicked();
  const int pointed = plot.hovered() ? std::clamp(static_cast<int>(plot.pointed().x), 0,
                                                  static_cast<int>(blocks.size()) - 1)
                                     : -1;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool lit = i == chosen || static_cast<int>(i) == pointed;
    const double x = static_cast<double>(i);
    plot.bar(x + 0.15, x + 0.85, spreads[i], theme.role().squeeze_excite);
    ui::draw_text(draw, theme.small, {plot.x(x + 0.5), plot.max().y + theme.px(3)},
                  lit ? theme.color().accent : theme.color().text, name_of(blocks[i]), 0.5f);
    if (i == chosen) {
      draw->AddRect({plot.x(x + 0.15), plot.y(spreads[i])}, {plot.x(x + 0.85), plot.max().y},
                    theme.color().accent, 0, 0, theme.px(2));
    }
  }
  const demos::EarlyLate halves = demos::compare_halves(spreads);
  const double half = static_cast<double>(halves.half);
  draw_half(theme, plot, 0, half, halves.early);
  draw_half(theme, plot, count - half, count, halves.late);
  ImGui::Dummy({1, names});
  if (pointed < 0) return -1;
  const auto at = static_cast<std::size_t>(pointed);
  frame.hover.node = blocks[at].gate;
  ui::tooltip(theme, name_of(blocks[at]), ui::format("standard deviation %.4f", spreads[at]));
  return clicked ? pointed : -1;
}

}  // namespace lens::gate_photos
