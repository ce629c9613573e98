#include "views/inspector.h"

#include <algorithm>
#include <optional>

#include "classes/top_k.h"
#include "engine/explain.h"
#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"

namespace lens::inspector {

namespace {

ui::Picture paint_photo(const ShownPhoto& photo) {
  ui::Picture picture{photo.resolution, photo.resolution, {}};
  picture.rgba.reserve(photo.pixels.size() / 3);
  for (std::size_t i = 0; i + 2 < photo.pixels.size(); i += 3) {
    picture.rgba.push_back(0xFF000000u | static_cast<std::uint32_t>(photo.pixels[i + 2]) << 16 |
                           static_cast<std::uint32_t>(photo.pixels[i + 1]) << 8 | photo.pixels[i]);
  }
  return picture;
}

// The photo's pixels that reach the cell under the pointer.
void draw_receptive_field(const Frame& frame, ImVec2 min, float side) {
  const Hover& hovered = frame.hovered;
  if (hovered.node == kNoNode || hovered.y < 0) return;
  const Shape shape = frame.graph.node(hovered.node).out;
  if (hovered.y >= shape.h || hovered.x >= shape.w) return;
  const Box field = receptive_field(frame.graph, hovered.node, hovered.y, hovered.x);
  const float scale = side / static_cast<float>(frame.photo->resolution);
  const auto at = [&](int pixel) {
    return std::clamp(static_cast<float>(pixel) * scale, 0.0f, side);
  };
  const ImVec2 a = {min.x + at(field.x0), min.y + at(field.y0)};
  const ImVec2 b = {min.x + at(field.x1), min.y + at(field.y1)};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRect(a, b, ui::rgb(0x000000), 0, 0, frame.theme.px(4));
  draw->AddRect(a, b, ui::rgb(0xFFD400), 0, 0, frame.theme.px(2));
}

void draw_input(const Frame& frame) {
  const ui::Theme& theme = frame.theme;
  ui::heading(theme, "What the net sees");
  if (!frame.photo) return;
  const ShownPhoto& photo = *frame.photo;
  const std::string key = ui::format("photo/%llu", static_cast<unsigned long long>(photo.id));
  const ui::Texture texture = frame.textures.get(key, [&] { return paint_photo(photo); });
  const float side = theme.px(116);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  ImGui::Image(texture.id, {side, side});
  draw_receptive_field(frame, min, side);
  ImGui::SameLine(0, theme.px(12));
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(2)});
  const float width = ImGui::GetContentRegionAvail().x;
  const auto line = [&](const std::string& text) {
    ui::label(theme.small, theme.color().secondary, text);
  };
  ui::label(theme.strong, theme.color().text, ui::fitted(theme.strong, photo.name, width));
  line(ui::format("%d × %d px", photo.width, photo.height));
  line(ui::format("centre %d × %d", photo.crop_side, photo.crop_side));
  line(ui::format("resized to %d × %d", photo.resolution, photo.resolution));
  const InputScaling& scaling = frame.model.scaling;
  const auto scaled = [&](float byte) {
    return static_cast<double>(scaling.scale * (byte - scaling.zero_point));
  };
  line(ui::format("0..255 → %.2f..%.2f", scaled(0), scaled(255)));
  line("never leaves this tab");
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

// A class on its way through a what-if: the share now, and the one of the plain run.
struct Standing {
  const ShownPrediction* prediction;
  float step = 0;  // of the probabilities, in int8
  bool first = false;
  std::optional<float> before;
};

// The plain run's probability of a class.
float probability_before(const Snapshot& plain, int class_index) {
  const std::span<const float> softmax = plain.output(plain.graph().last()).data;
  return softmax[static_cast<std::size_t>(class_index + background_outputs(softmax.size()))];
}

std::string share_text(const Standing& standing) {
  const auto share = [&](float probability) {
    return ui::percent(static_cast<double>(probability), static_cast<double>(standing.step));
  };
  const std::string now = share(standing.prediction->probability);
  return standing.before ? share(*standing.before) + " → " + now : now;
}

std::string in_full(const Standing& standing) {
  const ShownPrediction& of = *standing.prediction;
  const bool below = of.probability < standing.step;
  return ui::format("class %d, logit %.3f, probability %s%.5f", of.class_index,
                    static_cast<double>(of.logit), below ? "below " : "",
                    static_cast<double>(below ? standing.step : of.probability));
}

void draw_prediction(const Frame& frame, const Standing& standing) {
  const ui::Theme& theme = frame.theme;
  const ShownPrediction& prediction = *standing.prediction;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const std::string share = share_text(standing);
  const float share_width = ui::text_size(theme.strong, share).x;
  ImFont* font = standing.first ? theme.strong : theme.body;
  ui::draw_text(draw, font, at, theme.color().text,
                ui::fitted(font, prediction.label, width - share_width - theme.px(12)));
  ui::draw_text(draw, theme.strong, {at.x + width, at.y}, theme.color().text, share, 1);
  ImGui::Dummy({width, ui::text_size(theme.body, "x").y - theme.px(3)});
  if (ImGui::IsItemHovered()) {
    ui::tooltip(theme, prediction.synonyms, in_full(standing));
  }
  const ImVec2 bar = ImGui::GetCursorScreenPos();
  ui::progress_bar(theme, prediction.probability, {width, theme.px(5)}, theme.color().accent);
  if (!standing.before) return;
  const float x = bar.x + width * *standing.before;
  draw->AddLine({x, bar.y - theme.px(2)}, {x, bar.y + theme.px(7)}, theme.color().text,
                theme.px(2));
}

void predictions_heading(const Frame& frame, const Snapshot& shown) {
  const ui::Theme& theme = frame.theme;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + ImGui::GetContentRegionAvail().x;
  std::string title = "Prediction";
  if (frame.model.origin == WeightsOrigin::untrained) title += " (untrained)";
  if (&shown == frame.what_if) {
    title = "What-if: before → after";
    const float height = ui::text_size(theme.strong, title).y;
    ui::hatch(ImGui::GetWindowDrawList(), {at.x - theme.px(10), at.y},
              {at.x - theme.px(4), at.y + height}, theme.color().warning_text, theme.px(6),
              theme.px(2));
  } else {
    const std::string ms = ui::milliseconds(shown.total_ms()) + " ms";
    std::string text = std::string(to_string(shown.precision)) + "  ·  " + ms;
    const float room = right - at.x - ui::text_size(theme.strong, title).x - theme.px(8);
    if (ui::text_size(theme.small, text).x > room) text = ms;
    ui::draw_text(ImGui::GetWindowDrawList(), theme.small, {right, at.y + theme.px(2)},
                  theme.color().secondary, text, 1);
  }
  ui::heading(theme, title);
}

void draw_predictions(const Frame& frame) {
  ImGui::Dummy({1, frame.theme.px(4)});
  if (!frame.now) return ui::heading(frame.theme, "Prediction");
  const Snapshot& shown = *frame.shown();
  predictions_heading(frame, shown);
  const bool what_if = &shown == frame.what_if;
  const auto predictions = what_if ? frame.what_if_predictions : frame.predictions;
  for (const ShownPrediction& prediction : predictions) {
    const float step = shown.step(shown.graph().last());
    Standing standing{&prediction, step, &prediction == predictions.data(), {}};
    if (what_if) standing.before = probability_before(*frame.now, prediction.class_index);
    draw_prediction(frame, standing);
  }
}

// A line each: the names of two do not fit beside each other.
void draw_inputs(const Frame& frame, const Node& node) {
  const char* name = "Reads";
  for (const NodeId id : node.inputs) {
    if (id == kNoNode) continue;
    ui::fact(frame.theme, name, frame.graph.node(id).name);
    name = "and";
  }
}

// "linear → ReLU (what-if)" where the values shown come from a run with another one.
std::string activation_text(const Frame& frame, NodeId id) {
  const Node& node = frame.graph.node(id);
  const Snapshot* shown = frame.shown();
  if (!shown) return activation_name(node);
  const Activation used = effective_activation(frame.graph, id, shown->interventions);
  if (used == node.activation) return activation_name(node);
  return activation_name(node) + " → " + std::string(activation_name(used)) + " (what-if)";
}

void draw_layer(const Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const NodeId id = frame.selection.node;
  const Node& node = frame.graph.node(id);
  const Cost& cost = frame.costs[static_cast<std::size_t>(id)];
  ImGui::Dummy({1, theme.px(4)});
  ui::heading(theme, "Selected layer");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float chip = theme.px(12);
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + theme.px(3)},
                                            {at.x + chip, at.y + theme.px(3) + chip},
                                            role_color(theme, node), theme.px(3));
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + chip + theme.px(8));
  ui::label(theme.strong, theme.color().text, node.name);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(2)});
  ui::fact(theme, "Operation", operation(node));
  ui::fact(theme, "Output", ui::shape(node.out.h, node.out.w, node.out.c));
  draw_inputs(frame, node);
  if (has_weights(node.op)) ui::fact(theme, "Activation", activation_text(frame, id));
  if (cost.macs > 0) ui::fact(theme, "MACs", ui::grouped(cost.macs));
  if (cost.parameters() > 0) ui::fact(theme, "Parameters", ui::grouped(cost.parameters()));
  if (frame.now) {
    const NodeStats& stats = frame.stats.of(*frame.shown(), id);
    ui::fact(theme, "Values",
             ui::value(static_cast<double>(stats.lowest)) + " to " +
                 ui::value(static_cast<double>(stats.highest)));
    if (frame.now->precision == Precision::int8) {
      const Affine& affine = frame.now->model->quantized()->affine(id);
      ui::fact(theme, "Stored as",
               ui::format("%.4g × (byte − %d)", static_cast<double>(affine.scale), affine.zero));
    }
  }
  ImGui::PopStyleVar();
}

void draw_value(const Frame& frame) {
  const Hover& hovered = frame.hovered;
  if (!frame.now || hovered.node == kNoNode || hovered.y < 0) return;
  const Shape shape = frame.graph.node(hovered.node).out;
  if (hovered.channel >= shape.c || hovered.y >= shape.h || hovered.x >= shape.w) return;
  const ui::Theme& theme = frame.theme;
  ImGui::Dummy({1, theme.px(4)});
  ui::heading(theme, "This value");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(2)});
  const float value = frame.shown()->output(hovered.node).at(hovered.y, hovered.x, hovered.channel);
  std::string place = ui::format("Channel %d", hovered.channel);
  if (shape.h > 1) place += ui::format(", row %d, column %d", hovered.y, hovered.x);
  ui::fact(theme, place, ui::value(static_cast<double>(value)));
  ui::fact(theme, "Receptive field",
           field_text(frame.graph, receptive_field(frame.graph, hovered.node, hovered.y, hovered.x),
                      hovered.node));
  ImGui::PopStyleVar();
}

}  // namespace

std::string field_text(const Graph& graph, const Box& field, NodeId id) {
  // The padding around the photo is no photo.
  const Shape photo = graph.node(0).out;
  const int height = std::min(field.y1, photo.h) - std::max(field.y0, 0);
  const int width = std::min(field.x1, photo.w) - std::max(field.x0, 0);
  std::string size = ui::format("%d × %d px", height, width);
  if (height < photo.h || width < photo.w || graph.node(id).out.h == 1) return size;
  const auto end = graph.nodes.begin() + id + 1;
  const bool gated = std::any_of(graph.nodes.begin(), end,
                                 [](const Node& node) { return node.op == Op::channel_scale; });
  return gated ? "whole photo, via SE" : size;
}

void draw(Frame& frame) {
  draw_input(frame);
  draw_predictions(frame);
  draw_layer(frame);
  draw_value(frame);
}

}  // namespace lens::inspector
