// Cost along the network: a row per version, a column per resolution, a bar per layer.
#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/cost_charts.h"
#include "views/describe.h"

namespace lens::cost_charts {

namespace {

constexpr float kNames = 76;  // px at 1280, left of the bars
constexpr float kGap = 10;    // between two resolutions

struct Grid {
  std::vector<int> extents;
  std::vector<float> left;  // of each column; one more: the right edge
  float bar = 0;            // width of a bar with its gap
  double most = 1;          // MACs of the dearest layer of all
};

std::size_t most_layers(const std::vector<Net>& nets, std::size_t stage) {
  std::size_t most = 6;  // room for the stage's sum below
  for (const Net& net : nets) {
    if (stage < net.stages.size()) most = std::max(most, net.stages[stage].layers.size());
  }
  return most;
}

Grid grid_of(const ui::Theme& theme, const std::vector<Net>& nets, float x, float width) {
  Grid grid;
  std::size_t bars = 0;
  const std::size_t stages = nets.front().stages.size();
  for (std::size_t i = 0; i < stages; ++i) {
    grid.extents.push_back(nets.front().stages[i].extent);
    bars += most_layers(nets, i);
  }
  const float gaps = theme.px(kGap) * static_cast<float>(stages - 1);
  grid.bar = (width - theme.px(kNames) - gaps) / static_cast<float>(bars);
  float left = x + theme.px(kNames);
  for (std::size_t i = 0; i < stages; ++i) {
    grid.left.push_back(left);
    left += grid.bar * static_cast<float>(most_layers(nets, i)) + theme.px(kGap);
  }
  grid.left.push_back(left);
  for (const Net& net : nets) {
    for (const Cost& cost : net.costs) {
      grid.most = std::max(grid.most, static_cast<double>(cost.macs));
    }
  }
  return grid;
}

void layer_bar(Frame& frame, const Net& net, NodeId id, ImVec2 min, ImVec2 max) {
  const ui::Theme& theme = frame.theme;
  const Node& node = net.graph.node(id);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, role_color(theme, node));
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  // The whole height of the row answers: most bars are low.
  const float top = max.y - theme.px(60);
  const bool on = ImGui::IsWindowHovered() && mouse.x >= min.x && mouse.x < min.x + max.x - min.x &&
                  mouse.y >= top && mouse.y <= max.y;
  const bool same_net = net.entry == frame.model.entry;
  if (on || (same_net && frame.selection.node == id)) {
    draw->AddRect({min.x - 1, min.y - 1}, {max.x + 1, max.y + 1}, theme.color().accent, 0, 0,
                  theme.px(2));
  }
  if (!on) return;
  const Cost& cost = net.costs[static_cast<std::size_t>(id)];
  ui::tooltip(
      theme,
      std::string(net.entry->title) + " " + node.name + ": " + ui::grouped(cost.macs) + " MACs",
      summary(node));
  if (!same_net || frame.model.variant != Variant{}) return;
  frame.hover.node = id;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) frame.selection.node = id;
}

void stage_cell(Frame& frame, const Net& net, const Stage& stage, const Grid& grid, ImVec2 at,
                float height) {
  const ui::Theme& theme = frame.theme;
  float x = at.x;
  for (const NodeId id : stage.layers) {
    const double macs = static_cast<double>(net.costs[static_cast<std::size_t>(id)].macs);
    const float tall = std::max(theme.px(1), height * static_cast<float>(macs / grid.most));
    layer_bar(frame, net, id, {x, at.y - tall}, {x + std::max(1.0f, grid.bar - 1), at.y});
    x += grid.bar;
  }
  ui::draw_text(ImGui::GetWindowDrawList(), theme.small, {at.x, at.y + theme.px(2)},
                theme.color().secondary, ui::compact(static_cast<double>(stage.cost.macs)));
}

void net_row(Frame& frame, const Net& net, const Grid& grid, ImVec2 at, float height) {
  const ui::Theme& theme = frame.theme;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const double total = static_cast<double>(total_cost(net.graph).macs);
  const bool shown = net.entry == frame.model.entry;
  ui::draw_text(draw, theme.strong, {at.x, at.y - theme.px(36)},
                shown ? theme.color().accent : theme.color().text, net.entry->title);
  ui::draw_text(draw, theme.small, {at.x, at.y - theme.px(17)}, theme.color().secondary,
                ui::compact(total));
  draw->AddLine({grid.left.front(), at.y}, {grid.left.back() - theme.px(kGap), at.y},
                theme.color().line);
  for (std::size_t i = 0; i < net.stages.size(); ++i) {
    stage_cell(frame, net, net.stages[i], grid, {grid.left[i], at.y}, height);
  }
}

const Stage& heaviest_stage(const Net& net) {
  return *std::max_element(
      net.stages.begin(), net.stages.end(),
      [](const Stage& a, const Stage& b) { return a.cost.macs < b.cost.macs; });
}

std::string takeaway(const std::vector<Net>& nets) {
  const int first = heaviest_stage(nets.front()).extent;
  const bool same = std::all_of(nets.begin(), nets.end(), [&](const Net& net) {
    return heaviest_stage(net).extent == first;
  });
  std::string text = same
                         ? ui::format("%d × %d takes the largest share of the work: ", first, first)
                         : std::string("Where the largest share of the work is done: ");
  for (const Net& net : nets) {
    const Stage& stage = heaviest_stage(net);
    const double part =
        static_cast<double>(stage.cost.macs) / static_cast<double>(total_cost(net.graph).macs);
    text += std::string(net.entry->title) + " " + ui::percent(part);
    if (!same) text += ui::format(" at %d × %d", stage.extent, stage.extent);
    text += &net == &nets.back() ? "." : ", ";
  }
  return text;
}

}  // namespace

void draw_along(Frame& frame, const std::vector<Net>& nets) {
  const ui::Theme& theme = frame.theme;
  const float footer = ui::takeaway_height(theme, 2, 1);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float header = theme.px(24);
  const float row = (room.y - footer - header) / static_cast<float>(nets.size());
  const Grid grid = grid_of(theme, nets, at.x, room.x);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < grid.extents.size(); ++i) {
    ui::draw_text(draw, theme.strong, {grid.left[i], at.y}, theme.color().text,
                  ui::format("%d²", grid.extents[i]));
  }
  const float below = theme.px(20);  // the stage's sum under its bars
  for (std::size_t i = 0; i < nets.size(); ++i) {
    const float bottom = at.y + header + row * static_cast<float>(i + 1) - below;
    net_row(frame, nets[i], grid, {at.x, bottom}, row - below - theme.px(6));
  }
  ImGui::Dummy({room.x, room.y - footer - theme.px(4)});
  ui::takeaway(
      theme, takeaway(nets),
      "All four at width 1 and 224 pixels, one scale: a bar is a layer, its height its MACs, "
      "its colour as in the network on the left.");
}

}  // namespace lens::cost_charts
