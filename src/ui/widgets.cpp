#include "ui/widgets.h"

#include <algorithm>
#include <optional>

#include "ui/color.h"
#include "ui/text.h"

namespace lens::ui {

bool button(const Theme& theme, const char* text, ButtonKind kind) {
  const Palette& c = theme.color();
  const bool primary = kind == ButtonKind::primary;
  const auto push = [](ImGuiCol id, ImU32 color) { ImGui::PushStyleColor(id, color); };
  push(ImGuiCol_Button, primary ? c.accent : c.sunken);
  push(ImGuiCol_ButtonHovered, primary ? mix(c.accent, c.text, 0.2f) : c.hover);
  push(ImGuiCol_ButtonActive, primary ? c.text : mix(c.hover, c.accent, 0.25f));
  push(ImGuiCol_Text, primary ? c.on_accent : c.text);
  const bool pressed = ImGui::Button(text);
  ImGui::PopStyleColor(4);
  return pressed;
}

namespace {

// One cell of a segmented control.
struct Segment {
  bool active = false;
  bool pending = false;
  bool disabled = false;
};

// True when clicked.
bool draw_segment(const Theme& theme, const std::string& text, ImVec2 size, const Segment& is) {
  const Palette& c = theme.color();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max = {min.x + size.x, min.y + size.y};
  const bool pressed = ImGui::InvisibleButton(text.c_str(), size) && !is.disabled;
  const float rounding = theme.px(5);
  if (is.active) {
    draw->AddRectFilled(min, max, c.accent, rounding);
  } else if (ImGui::IsItemHovered() && !is.disabled) {
    draw->AddRectFilled(min, max, c.hover, rounding);
  }
  if (is.pending) draw->AddRect(min, max, c.accent, rounding, 0, theme.px(2));
  const ImVec2 extent = text_size(theme.strong, text);
  draw_text(draw, theme.strong, {(min.x + max.x) / 2, (min.y + max.y - extent.y) / 2},
            is.active     ? c.on_accent
            : is.disabled ? with_alpha(c.secondary, 0.5f)
                          : c.text,
            text, 0.5f);
  return pressed;
}

}  // namespace

int segmented(const Theme& theme, const char* id, std::span<const std::string> labels, int active,
              int pending, int disabled) {
  const float height = ImGui::GetFrameHeight();
  // A low control spares the chosen one's ground room for descenders.
  const float pad = theme.px(ImGui::GetStyle().FramePadding.y < theme.px(6) ? 1.5f : 3);
  float width = 2 * pad;
  for (const std::string& text : labels) width += text_size(theme.strong, text).x + theme.px(24);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddRectFilled(origin, {origin.x + width, origin.y + height},
                                            theme.color().sunken, theme.px(6));
  int clicked = -1;
  ImGui::PushID(id);
  float x = origin.x + pad;
  for (int i = 0; i < static_cast<int>(labels.size()); ++i) {
    const std::string& text = labels[static_cast<std::size_t>(i)];
    const ImVec2 size = {text_size(theme.strong, text).x + theme.px(24), height - 2 * pad};
    ImGui::SetCursorScreenPos({x, origin.y + pad});
    if (draw_segment(theme, text, size, {i == active, i == pending, i == disabled})) clicked = i;
    x += size.x;
  }
  ImGui::PopID();
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({width, height});
  return clicked;
}

int title_with_choice(const Theme& theme, std::string_view title, const TitleChoice& choice) {
  float width = theme.px(6);
  for (const std::string& name : choice.names) {
    width += text_size(theme.strong, name).x + theme.px(24);
  }
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorPos();
  label(theme.title, theme.color().text, title);
  const float below = ImGui::GetCursorPosY();
  ImGui::SetCursorPos({right - width, at.y - theme.px(2)});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(9), theme.px(4)});
  const int clicked = segmented(theme, choice.id, choice.names, choice.active);
  ImGui::PopStyleVar();
  if (ImGui::IsItemHovered()) tooltip(theme, choice.what, choice.key);
  ImGui::SetCursorPos({at.x, below + theme.px(4)});
  return clicked;
}

void tooltip(const Theme& theme, std::string_view title, std::string_view text) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {theme.px(10), theme.px(7)});
  ImGui::BeginTooltip();
  label(theme.strong, theme.color().text, title);
  if (!text.empty()) label(theme.small, theme.color().secondary, text);
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

namespace {

// Where zero lies on a scale; nothing at its ends.
std::optional<float> place_of_zero(const Mapping& mapping) {
  if (mapping.low >= 0 || mapping.high <= 0) return std::nullopt;
  return -mapping.low / (mapping.high - mapping.low);
}

void color_bar(ImDrawList* draw, ColorScale scale, ImVec2 min, ImVec2 max) {
  const int steps = 64;
  for (int i = 0; i < steps; ++i) {
    const float x0 = min.x + (max.x - min.x) * static_cast<float>(i) / steps;
    const float x1 = min.x + (max.x - min.x) * static_cast<float>(i + 1) / steps;
    const float position = static_cast<float>(i) / (steps - 1);
    draw->AddRectFilled({x0, min.y}, {x1, max.y}, color_at(scale, position));
  }
}

}  // namespace

void legend(const Theme& theme, const Mapping& mapping, float width, const Beyond& beyond) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Palette& c = theme.color();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float bar = theme.px(10);
  const float patch = theme.px(14);
  const float left = at.x + (beyond.below > 0 ? patch : 0);
  const float right = at.x + width - (beyond.above > 0 ? patch : 0);
  color_bar(draw, mapping.scale, {left, at.y}, {right, at.y + bar});
  const float y = at.y + bar + theme.px(2);
  if (beyond.below > 0) {
    draw->AddRectFilled(at, {left, at.y + bar}, below_color(mapping.scale));
    draw_text(draw, theme.small, {left - patch / 2, y}, c.text, "<", 0.5f);
  }
  if (beyond.above > 0) {
    draw->AddRectFilled({right, at.y}, {at.x + width, at.y + bar}, above_color(mapping.scale));
    draw_text(draw, theme.small, {right + patch / 2, y}, c.text, ">", 0.5f);
  }
  draw->AddRect(at, {at.x + width, at.y + bar}, c.strong_line);
  draw_text(draw, theme.small, {left, y}, c.text, value(mapping.low));
  draw_text(draw, theme.small, {right, y}, c.text, value(mapping.high), 1);
  if (const std::optional<float> zero = place_of_zero(mapping)) {
    draw_text(draw, theme.small, {left + (right - left) * *zero, y}, c.text, "0", 0.5f);
  }
  ImGui::Dummy({width, bar + theme.px(2) + text_size(theme.small, "0").y});
}

int dropdown(const Theme& theme, const std::string& title, std::span<const std::string> choices,
             int active) {
  const std::size_t end = std::min(title.find("##"), title.size());
  const std::string id = title.substr(end);
  // "###": what follows is the whole id, so that the popup outlives a change of the text.
  const std::string text = title.substr(0, end) + "  ▼#" + id;
  if (button(theme, text.c_str())) ImGui::OpenPopup(id.c_str());
  int clicked = -1;
  if (!ImGui::BeginPopup(id.c_str())) return clicked;
  for (int i = 0; i < static_cast<int>(choices.size()); ++i) {
    const std::string& choice = choices[static_cast<std::size_t>(i)];
    if (ImGui::MenuItem(choice.c_str(), nullptr, i == active)) clicked = i;
  }
  ImGui::EndPopup();
  return clicked;
}

void progress_bar(const Theme& theme, float part, ImVec2 size, ImU32 color) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float rounding = std::min(size.y / 2, theme.px(3));
  draw->AddRectFilled(at, {at.x + size.x, at.y + size.y}, theme.color().sunken, rounding);
  const float filled = size.x * std::clamp(part, 0.0f, 1.0f);
  if (filled >= 1) {
    draw->AddRectFilled(at, {at.x + filled, at.y + size.y}, color, std::min(rounding, filled / 2));
  }
  ImGui::Dummy(size);
}

void hatch(ImDrawList* draw, ImVec2 min, ImVec2 max, ImU32 color, float spacing, float thickness) {
  draw->PushClipRect(min, max, true);
  const float height = max.y - min.y;
  for (float x = min.x - height; x < max.x; x += spacing) {
    draw->AddLine({x, max.y}, {x + height, min.y}, color, thickness);
  }
  draw->PopClipRect();
}

}  // namespace lens::ui
