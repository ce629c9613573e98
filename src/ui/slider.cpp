#include "ui/slider.h"

#include <algorithm>
#include <string>

#include "ui/widgets.h"

namespace lens::ui {

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
  ImGui::SetNextItemWidth(width);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, c.sunken);
  ImGui::PushStyleColor(ImGuiCol_FrameBgHovered, c.hover);
  ImGui::PushStyleColor(ImGuiCol_FrameBgActive, c.hover);
  ImGui::PushStyleColor(ImGuiCol_SliderGrab, c.accent);
  ImGui::PushStyleColor(ImGuiCol_SliderGrabActive, c.accent);
  const ImGuiSliderFlags flags =
      ImGuiSliderFlags_AlwaysClamp | (slider.logarithmic ? ImGuiSliderFlags_Logarithmic : 0);
  const bool changed = ImGui::SliderInt(("##" + std::string(id)).c_str(), &value, slider.low,
                                        slider.high, "", flags);
  ImGui::PopStyleColor(5);
  // The value's column belongs to the row: the cursor goes to the next one.
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({names + width + values, height});
  return changed;
}

}  // namespace lens::ui
