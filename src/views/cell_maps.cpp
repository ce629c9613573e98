// The maps around one value: what it reads, and where it stands.
#include "engine/padding.h"
#include "ui/text.h"
#include "views/cell_parts.h"
#include "views/describe.h"
#include "views/large_map.h"
#include "views/silence.h"

namespace lens::cell {

namespace {

constexpr float kMapSide = 150;

// The cells that a window reads, on the map of the node's first input.
Box window_of(const Frame& frame, const Place& place) {
  const Node& node = frame.graph.node(place.node);
  if (!reads_window(node)) return {place.y, place.x, place.y + 1, place.x + 1};
  const Shape in = frame.graph.input_shape(place.node);
  const int y = same_window(place.y, in.h, node.kernel, node.stride).origin;
  const int x = same_window(place.x, in.w, node.kernel, node.stride).origin;
  return {y, x, y + node.kernel, x + node.kernel};
}

// A map under its name; the cell under the pointer.
MapEvent named_map(Frame& frame, const std::string& name, const LargeMap& map) {
  ImGui::BeginGroup();
  ui::label(frame.theme.small, frame.theme.color().secondary,
            ui::fitted(frame.theme.small, name, map.side + frame.theme.px(36)));
  const MapEvent event = large_map(frame.theme, map);
  ImGui::EndGroup();
  return event;
}

void between(const ui::Theme& theme, const char* sign, float side) {
  ImGui::SameLine(0, theme.px(12));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ui::draw_text(ImGui::GetWindowDrawList(), theme.title, {at.x, at.y + side / 2},
                theme.color().secondary, sign);
  ImGui::Dummy({ui::text_size(theme.title, sign).x, 1});
  ImGui::SameLine(0, theme.px(12));
}

// The strongest term's map (of a depthwise layer: its only one) with the window on it.
void input_map(Frame& frame, const Place& place, const Term& term) {
  const float side = frame.theme.px(kMapSide);
  const Node& from = frame.graph.node(term.from);
  MapScaleState own;
  const MapScale scale = scale_of_one(frame, term.from, own);
  const std::string name = from.name + ", " + short_channel_name(frame, from, term.channel);
  const bool whole = frame.graph.node(place.node).op == Op::global_pool;
  const Box box = whole ? Box{0, 0, from.out.h, from.out.w} : window_of(frame, place);
  const MapEvent event = named_map(frame, name,
                                   {.id = "input map",
                                    .texture = map_texture(frame, term.from, scale),
                                    .shape = from.out,
                                    .channel = term.channel,
                                    .side = side,
                                    .marked = box});
  if (event.hovered()) frame.hover = {term.from, term.channel, event.y, event.x};
}

void output_map(Frame& frame, State& state, const Place& place, MapScaleState& scale) {
  const float side = frame.theme.px(kMapSide);
  const MapLayer layer = map_layer(frame, scale);
  const MapScale one = scale_of_one(frame, place.node, scale);
  const bool off = is_silenced(frame.interventions, place.node, place.channel);
  const LargeMap map = {.id = "output map",
                        .texture = map_texture(frame, place.node, one),
                        .shape = layer.output.shape,
                        .channel = place.channel,
                        .side = side,
                        .marked = Box{place.y, place.x, place.y + 1, place.x + 1},
                        .crossed = off};
  const MapEvent event = named_map(frame, layer.node.name, map);
  state.pointed = event.hovered() ? Pin{place.node, event.y, event.x} : Pin{};
  if (event.clicked) {
    frame.selection.pin = state.pointed;
    frame.selection.channel = place.channel;
  }
}

void kernel_beside(const Frame& frame, const Place& place, const Explanation& why) {
  const ui::Theme& theme = frame.theme;
  ImGui::BeginGroup();
  ui::label(theme.small, theme.color().secondary, "Its kernel");
  draw_kernel(frame, place, why, theme.px(kMapSide * 0.6f));
  ImGui::EndGroup();
  between(theme, "=", theme.px(kMapSide));
}

void hint(const ui::Theme& theme, bool has_map) {
  ImGui::BeginGroup();
  ui::wrapped(theme.small, theme.color().secondary,
              has_map ? "Point at the right map to take any of its values apart; click to keep it. "
                        "Arrow keys move it, with Shift they change channel and layer."
                      : "One value per channel: arrow keys change channel and layer.");
  ImGui::EndGroup();
}

}  // namespace

bool reads_window(const Node& node) {
  return (node.op == Op::conv || node.op == Op::depthwise) && node.kernel > 1;
}

void draw_maps(Frame& frame, State& state, const Place& place, const Explanation& why,
               MapScaleState& scale) {
  const ui::Theme& theme = frame.theme;
  const Node& node = frame.graph.node(place.node);
  const bool has_map = node.out.h > 1;
  const bool from_map = frame.graph.input_shape(place.node).h > 1;
  if (!has_map) state.pointed = {};
  if (!has_map && !from_map) return hint(theme, has_map);
  if (from_map) {
    input_map(frame, place, in_order(why.terms, TermOrder::product)[0]);
    if (has_map) between(theme, node.op == Op::depthwise ? "×" : "→", theme.px(kMapSide));
  }
  if (node.op == Op::depthwise) kernel_beside(frame, place, why);
  if (has_map) output_map(frame, state, place, scale);
  ImGui::SameLine(0, theme.px(20));
  hint(theme, has_map);
}

}  // namespace lens::cell
