#include "ui/slider.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/widgets.h"

namespace lens::ui {

namespace {

// ImGui's slider works unseen; its knob's place is its own, so that the hand holds what it sees.
bool invisible_slider(const char* id, const Slider& slider, float width, int& value) {
  ImGui::SetNextItemWidth(width);
  for (const ImGuiCol part : {ImGuiCol_FrameBg, ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive,
                              ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive, ImGuiCol_Border}) {
    ImGui::PushStyleColor(part, ImU32{0});
  }
  const ImGuiSliderFlags flags =
      ImGuiSliderFlags_AlwaysClamp | (slider.logarithmic ? ImGuiSliderFlags_Logarithmic : 0);
  const bool changed = ImGui::SliderInt(("##" + std::string(id)).c_str(), &value, slider.low,
                                        slider.high, "", flags);
  ImGui::PopStyleColor(6);
  return changed;
}

// Where the value lies between the ends, 0..1; on a logarithmic scale low must be above 0.
float part_of(const Slider& slider, int value) {
  const auto at = [&](int x) {
    return slider.logarithmic ? std::log(static_cast<float>(x)) : static_cast<float>(x);
  };
  const float range = at(slider.high) - at(slider.low);
  return range > 0 ? std::clamp((at(value) - at(slider.low)) / range, 0.0f, 1.0f) : 0;
}

}  // namespace

bool bare_slider(const Theme& theme, const char* id, const Slider& slider, float width,
                 int& value) {
  const Palette& c = theme.color();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool changed = invisible_slider(id, slider, width, value);
  const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
  // ImGui keeps its knob inside the frame: half of its width from each end.
  const float steps = static_cast<float>(slider.high - slider.low + 1);
  const float inner = width - 4;
  const float knob =
      std::min(std::max(inner / std::max(steps, 1.0f), ImGui::GetStyle().GrabMinSize), inner);
  const float left = at.x + 2 + knob / 2;
  const float right = at.x + width - 2 - knob / 2;
  const float x = left + (right - left) * part_of(slider, value);
  const float y = at.y + ImGui::GetFrameHeight() / 2;
  const float half = theme.px(3);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({at.x, y - half}, {at.x + width, y + half}, c.hover, half);
  draw->AddRectFilled({at.x, y - half}, {x, y + half}, c.accent, half);
  draw->AddCircleFilled({x, y}, theme.px(lit ? 10 : 8.5f), c.accent);
  draw->AddCircleFilled({x, y}, theme.px(lit ? 5 : 4.5f), c.panel);
  return changed;
}

bool slider(const Theme& theme, const char* id, const Slider& slider, int& value) {
  const Palette& c = theme.color();
  const float names = theme.px(slider.name_width);
  const float values = theme.px(58);
  const float width = std::max(theme.px(60), ImGui::GetContentRegionAvail().x - names - values);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  const float text_y = at.y + (height - text_size(theme.body, "0").y) / 2;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImFont* name_font = slider.focused ? theme.strong : theme.body;
  draw_text(draw, name_font, {at.x, text_y}, slider.focused ? c.accent : c.text, slider.name);
  draw_text(draw, theme.strong, {at.x + names + width + values, text_y}, c.text, slider.value, 1);
  ImGui::SetCursorScreenPos({at.x + names, at.y});
  const bool changed = bare_slider(theme, id, slider, width, value);
  // The value's column belongs to the row: the cursor goes to the next one.
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({names + width + values, height});
  return changed;
}

}  // namespace lens::ui
