#include "views/network.h"

#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/network_layout.h"

namespace lens::network {

namespace {

// Where the parts lie across the panel: resolution labels, SE dots, bars, residual arcs.
struct Columns {
  float dots = 0;  // centre of the first dot
  float dot_step = 0;
  float bars = 0;       // centre line of the bars
  float bar_width = 0;  // of the widest
  float arcs = 0;       // where the sums sit
};

struct Canvas {
  Frame& frame;
  Columns at;
  ImVec2 origin;
  float unit = 0;  // height of a bar in px
  ImDrawList* draw = nullptr;

  float y(float units) const { return origin.y + units * unit; }
};

bool has_role(const Graph& graph, Role role) {
  return std::any_of(graph.nodes.begin(), graph.nodes.end(),
                     [&](const Node& node) { return node.role == role; });
}

// What a version does not have takes no room: V1's bars are drawn larger than V3's.
Columns columns_for(const Frame& frame, float width) {
  const ui::Theme& theme = frame.theme;
  Columns columns;
  columns.dot_step = theme.px(11);
  columns.dots = theme.px(50);
  const bool gates = has_role(frame.graph, Role::gate);
  const float bars_left = gates ? columns.dots + 3 * columns.dot_step + theme.px(14) : theme.px(44);
  const float arcs_width = has_role(frame.graph, Role::residual) ? theme.px(32) : theme.px(8);
  columns.bar_width = width - bars_left - arcs_width;
  columns.bars = bars_left + columns.bar_width / 2;
  columns.arcs = width - theme.px(12);
  return columns;
}

ImU32 node_color(const Frame& frame, NodeId id) {
  const ImU32 color = role_color(frame.theme, frame.graph.node(id));
  return waits(frame, id) ? ui::with_alpha(color, 0.25f) : color;
}

struct Box {
  ImVec2 min;
  ImVec2 max;
};

Box box_of(const Canvas& canvas, const Mark& mark) {
  const ui::Theme& theme = canvas.frame.theme;
  const float top = canvas.y(mark.y);
  if (mark.kind == MarkKind::bar) {
    const float half = std::max(theme.px(4), mark.width * canvas.at.bar_width / 2);
    const float centre = canvas.origin.x + canvas.at.bars;
    return {{centre - half, top}, {centre + half, top + canvas.unit}};
  }
  const bool dot = mark.kind == MarkKind::dot;
  const float radius = dot ? theme.px(4) : theme.px(6);
  const float step = canvas.at.dot_step * static_cast<float>(mark.column);
  const float x = canvas.origin.x + (dot ? canvas.at.dots + step : canvas.at.arcs);
  return {{x - radius, top - radius}, {x + radius, top + radius}};
}

void draw_bar(const Canvas& canvas, const Node& node, const Box& box, ImU32 color) {
  const float rounding = std::min(canvas.unit / 3, canvas.frame.theme.px(3));
  canvas.draw->AddRectFilled(box.min, box.max, color, rounding);
  if (node.role != Role::project) return;
  const ImU32 stripe = ui::with_alpha(canvas.frame.theme.color().panel, 0.75f);
  ui::hatch(canvas.draw, box.min, box.max, stripe, canvas.frame.theme.px(6),
            canvas.frame.theme.px(1.5f));
}

void draw_sum(const Canvas& canvas, const Box& box, ImU32 color) {
  const ImVec2 centre = {(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
  const float radius = (box.max.x - box.min.x) / 2;
  const float arm = radius * 0.55f;
  const float line = canvas.frame.theme.px(1.5f);
  canvas.draw->AddCircleFilled(centre, radius, canvas.frame.theme.color().panel);
  canvas.draw->AddCircle(centre, radius, color, 0, line);
  canvas.draw->AddLine({centre.x - arm, centre.y}, {centre.x + arm, centre.y}, color, line);
  canvas.draw->AddLine({centre.x, centre.y - arm}, {centre.x, centre.y + arm}, color, line);
}

void draw_mark(const Canvas& canvas, const Mark& mark) {
  const Node& node = canvas.frame.graph.node(mark.node);
  const Box box = box_of(canvas, mark);
  const ImU32 color = node_color(canvas.frame, mark.node);
  switch (mark.kind) {
    case MarkKind::bar:
      draw_bar(canvas, node, box, color);
      break;
    case MarkKind::dot:
      canvas.draw->AddCircleFilled({(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2},
                                   (box.max.x - box.min.x) / 2, color);
      break;
    case MarkKind::circle:
      draw_sum(canvas, box, color);
      break;
  }
  const bool selected = canvas.frame.selection.node == mark.node;
  if (!selected && canvas.frame.hovered.node != mark.node) return;
  const float out = canvas.frame.theme.px(2);
  canvas.draw->AddRect({box.min.x - out, box.min.y - out}, {box.max.x + out, box.max.y + out},
                       canvas.frame.theme.color().accent, canvas.frame.theme.px(4), 0,
                       canvas.frame.theme.px(selected ? 2.5f : 1.5f));
}

void draw_arc(const Canvas& canvas, const Arc& arc) {
  const ui::Theme& theme = canvas.frame.theme;
  const ImU32 color = theme.color().strong_line;
  const float from = canvas.origin.x + canvas.at.bars;
  const float x = canvas.origin.x + canvas.at.arcs;
  const float y0 = canvas.y(arc.y0);
  const float y1 = canvas.y(arc.y1);
  const float bend = std::min(theme.px(8), (y1 - y0) / 2);
  canvas.draw->PathLineTo({from, y0});
  canvas.draw->PathLineTo({x - bend, y0});
  canvas.draw->PathBezierQuadraticCurveTo({x, y0}, {x, y0 + bend});
  canvas.draw->PathLineTo({x, y1});
  canvas.draw->PathStroke(color, 0, theme.px(1.5f));
  canvas.draw->AddLine({from, y1}, {x, y1}, color, theme.px(1.5f));
}

void draw_levels(const Canvas& canvas, const Layout& layout) {
  const ui::Theme& theme = canvas.frame.theme;
  const float height = ui::text_size(theme.small, "0").y;
  float free = canvas.origin.y - height;  // below the label before: figures have no descenders
  for (const Level& level : layout.levels) {
    const std::string text = std::to_string(level.resolution) + "²";
    const float top = std::max(free, canvas.y(level.y + 0.5f) - height / 2);
    ui::draw_text(canvas.draw, theme.small, {canvas.origin.x + theme.px(34), top},
                  theme.color().secondary, text, 1);
    free = top + height * 0.8f;
  }
}

// The mark under the pointer; small ones get a generous reach.
NodeId pointed_at(const Canvas& canvas, const Layout& layout) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float reach = canvas.frame.theme.px(2);
  for (const Mark& mark : layout.marks) {
    const Box box = box_of(canvas, mark);
    const bool inside = mouse.x >= box.min.x - reach && mouse.x < box.max.x + reach &&
                        mouse.y >= box.min.y - reach / 2 && mouse.y < box.max.y + reach / 2;
    if (inside) return mark.node;
  }
  return kNoNode;
}

void legend_row(const ui::Theme& theme, ImU32 color, const char* text, bool hatched = false) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui::text_size(theme.small, text).y;
  const float side = theme.px(10);
  const ImVec2 min = {at.x, at.y + (height - side) / 2};
  const ImVec2 max = {min.x + side, min.y + side};
  draw->AddRectFilled(min, max, color, theme.px(2));
  if (hatched) {
    ui::hatch(draw, min, max, ui::with_alpha(theme.color().panel, 0.75f), theme.px(5),
              theme.px(1.5f));
  }
  ui::draw_text(draw, theme.small, {max.x + theme.px(6), at.y}, theme.color().text, text);
  ImGui::Dummy({1, height});
}

void draw_legend(const Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const ui::Meaning& color = theme.role();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(2)});
  const float left = ImGui::GetCursorPosX();
  const float top = ImGui::GetCursorPosY();
  legend_row(theme, color.standard, "standard");
  legend_row(theme, color.depthwise, "depthwise");
  legend_row(theme, color.head, "head");
  const float column = left + ImGui::GetContentRegionAvail().x / 2;
  ImGui::SetCursorPos({column, top});
  ImGui::BeginGroup();
  const bool expands = has_role(frame.graph, Role::expand);
  legend_row(theme, color.pointwise, expands ? "expand 1×1" : "pointwise 1×1");
  if (expands) legend_row(theme, color.project, "project, linear", true);
  if (has_role(frame.graph, Role::gate)) legend_row(theme, color.squeeze_excite, "squeeze-excite");
  ImGui::EndGroup();
  ImGui::PopStyleVar();
}

void handle_pointer(Canvas& canvas, const Layout& layout) {
  const NodeId pointed = pointed_at(canvas, layout);
  if (pointed == kNoNode) return;
  const Node& node = canvas.frame.graph.node(pointed);
  canvas.frame.hover.node = pointed;
  ui::tooltip(canvas.frame.theme, node.name, summary(node));
  if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return;
  canvas.frame.selection.node = pointed;
  canvas.frame.selection.channel = -1;
}

// Brings the selection into sight once, when it has changed.
void follow_selection(const Canvas& canvas, const Layout& layout, State& state) {
  if (state.scrolled_to == canvas.frame.selection.node) return;
  state.scrolled_to = canvas.frame.selection.node;
  for (const Mark& mark : layout.marks) {
    if (mark.node != canvas.frame.selection.node) continue;
    const float y = canvas.y(mark.y) - ImGui::GetWindowPos().y;
    const bool in_sight = y > canvas.unit && y < ImGui::GetWindowHeight() - 2 * canvas.unit;
    if (!in_sight) ImGui::SetScrollFromPosY(y, 0.5f);
  }
}

void draw_stack(Frame& frame, State& state, float height) {
  const ui::Theme& theme = frame.theme;
  const Layout plan = layout(frame.graph);
  ImGui::BeginChild("stack", {0, height}, false, ImGuiWindowFlags_NoScrollbar);
  Canvas canvas = {.frame = frame,
                   .at = columns_for(frame, ImGui::GetContentRegionAvail().x),
                   .origin = ImGui::GetCursorScreenPos(),
                   .draw = ImGui::GetWindowDrawList()};
  canvas.origin.y += theme.px(4);
  const float fitting = (height - theme.px(12)) / plan.height;
  canvas.unit = std::clamp(fitting, theme.px(6.5f), theme.px(15));
  draw_levels(canvas, plan);
  for (const Arc& arc : plan.arcs) draw_arc(canvas, arc);
  for (const Mark& mark : plan.marks) draw_mark(canvas, mark);
  ImGui::Dummy({1, plan.height * canvas.unit + theme.px(8)});
  if (ImGui::IsWindowHovered()) handle_pointer(canvas, plan);
  follow_selection(canvas, plan, state);
  ImGui::EndChild();
}

}  // namespace

bool waits(const Frame& frame, NodeId id) {
  const NodeId running = frame.activity.running_node;
  return running != kNoNode && id >= running && !frame.camera.on;
}

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  ui::heading(theme, "The network");
  const float legend = 3 * (ui::text_size(theme.small, "x").y + theme.px(2)) + theme.px(10);
  draw_stack(frame, state, ImGui::GetContentRegionAvail().y - legend);
  ImGui::Dummy({1, theme.px(2)});
  draw_legend(frame);
}

}  // namespace lens::network
