// The gates of several photos over the whole network: per block and photo a line from one standard
// deviation below the mean gate to one above it, over the block's channels.
#include <algorithm>

#include "demos/gate_spread.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/gate_photos_parts.h"

namespace lens::gate_photos {

namespace {

std::string block_text(const Frame& frame, std::span<const Done> done, std::size_t block) {
  std::string text;
  for (const Done& one : done) {
    const demos::OverChannels of = demos::over_channels(one.photo->gates[block]);
    if (!text.empty()) text += "\n";
    text += label_of(frame, *one.photo) + ui::format(" %.3f ± %.3f", of.mean, of.deviation);
  }
  return text;
}

void draw_range(const ui::Theme& theme, const ui::Plot& plot, double x, const Done& one,
                const demos::OverChannels& of) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 low = plot.at(x, std::max(0.0, of.mean - of.deviation));
  const ImVec2 high = plot.at(x, std::min(1.0, of.mean + of.deviation));
  draw->AddLine(low, high, color_of(theme, one.place), theme.px(3));
  plot.dot({x, of.mean}, color_of(theme, one.place), 4);
}

}  // namespace

int draw_ranges(Frame& frame, std::span<const SeBlock> blocks, std::span<const Done> done,
                std::size_t chosen, float height) {
  const ui::Theme& theme = frame.theme;
  const float names = ui::text_size(theme.small, "x").y + theme.px(4);
  const ui::Plot plot(
      theme, "ranges", {ImGui::GetContentRegionAvail().x, height - names},
      {.low = 0, .high = static_cast<double>(blocks.size()), .numbers = false},
      {.title = "One line per photo: mean gate ± standard deviation over the block's channels"});
  const bool clicked = ImGui::IsItemClicked();
  const int last = static_cast<int>(blocks.size()) - 1;
  const int pointed = plot.hovered() ? std::clamp(static_cast<int>(plot.pointed().x), 0, last) : -1;
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    const double left = static_cast<double>(block) + 0.15;
    const double step = 0.7 / static_cast<double>(done.size());
    for (std::size_t i = 0; i < done.size(); ++i) {
      draw_range(theme, plot, left + (static_cast<double>(i) + 0.5) * step, done[i],
                 demos::over_channels(done[i].photo->gates[block]));
    }
    const bool lit = block == chosen || static_cast<int>(block) == pointed;
    ui::draw_text(ImGui::GetWindowDrawList(), theme.small,
                  {plot.x(static_cast<double>(block) + 0.5), plot.max().y + theme.px(3)},
                  lit ? theme.color().accent : theme.color().text, name_of(blocks[block]), 0.5f);
  }
  ImGui::Dummy({1, names});
  if (pointed < 0) return -1;
  const auto at = static_cast<std::size_t>(pointed);
  frame.hover.node = blocks[at].gate;
  ui::tooltip(theme, name_of(blocks[at]), block_text(frame, done, at));
  return clicked ? pointed : -1;
}

}  // namespace lens::gate_photos
