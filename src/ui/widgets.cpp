#include "ui/widgets.h"

#include <algorithm>
#include <optional>

#include "ui/color.h"
#include "ui/text.h"

namespace lens::ui {

namespace {

const char* end_of(std::string_view text) {
  return text.data() + text.size();
}

}  // namespace

void label(ImFont* font, ImU32 color, std::string_view text) {
  ImGui::PushFont(font);
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(text.data(), end_of(text));
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

std::string in_lines(ImFont* font, std::string_view text, float width) {
  std::string lines;
  std::size_t line = 0;  // where the last line begins
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    const std::string longer = lines.substr(line) + std::string(word);
    if (lines.size() > line && text_size(font, longer).x > width) {
      lines.back() = '\n';  // the blank before the word
      line = lines.size();
    }
    lines += word;
    if (end == text.size()) break;
    lines += text[end];
    if (text[end] == '\n') line = lines.size();
    text.remove_prefix(end + 1);
  }
  return lines;
}

void wrapped(ImFont* font, ImU32 color, std::string_view text) {
  label(font, color, in_lines(font, text, ImGui::GetContentRegionAvail().x));
}

namespace {

// Beside the bar that marks a takeaway.
constexpr float kTakeawayIndent = 12;

}  // namespace

float takeaway_height(const Theme& theme, int lines, int note_lines) {
  const float strong = text_size(theme.strong, "x").y;
  const float small = text_size(theme.small, "x").y;
  return theme.px(6) + static_cast<float>(lines) * strong + theme.px(3) +
         static_cast<float>(note_lines) * small;
}

void takeaway(const Theme& theme, std::string_view text, std::string_view note) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetCursorPosX();
  const float width = ImGui::GetContentRegionAvail().x - theme.px(kTakeawayIndent);
  const std::string lines = in_lines(theme.strong, text, width);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(3)});
  ImGui::SetCursorPosX(left + theme.px(kTakeawayIndent));
  label(theme.strong, theme.color().text, lines);
  const float bottom = ImGui::GetItemRectMax().y;
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + theme.px(1)},
                                            {at.x + theme.px(3), bottom - theme.px(1)},
                                            theme.color().accent, theme.px(1.5f));
  if (!note.empty()) {
    ImGui::SetCursorPosX(left + theme.px(kTakeawayIndent));
    label(theme.small, theme.color().secondary, in_lines(theme.small, note, width));
  }
  ImGui::PopStyleVar();
}

void right_label(ImFont* font, ImU32 color, std::string_view text) {
  const float free = ImGui::GetContentRegionAvail().x - text_size(font, text).x;
  if (free > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + free);
  label(font, color, text);
}

ImVec2 text_size(ImFont* font, std::string_view text) {
  const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  return font->CalcTextSizeA(size, 1e6f, 0, text.data(), end_of(text));
}

float draw_text(ImDrawList* draw, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float align) {
  const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  const float width = text_size(font, text).x;
  draw->AddText(font, size, {at.x - width * align, at.y}, color, text.data(), end_of(text));
  return width;
}

std::string fitted(ImFont* font, std::string_view text, float max_width) {
  if (text_size(font, text).x <= max_width) return std::string(text);
  std::string shorter(text);
  while (!shorter.empty() && text_size(font, shorter + "…").x > max_width) {
    // Never leave half of a UTF-8 sequence behind.
    while (!shorter.empty() && (static_cast<unsigned char>(shorter.back()) & 0xC0) == 0x80) {
      shorter.pop_back();
    }
    if (!shorter.empty()) shorter.pop_back();
  }
  return shorter + "…";
}

void heading(const Theme& theme, std::string_view text) {
  label(theme.strong, theme.color().secondary, text);
}

void fact(const Theme& theme, std::string_view name, std::string_view value) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw_text(draw, theme.body, at, theme.color().secondary, name);
  draw_text(draw, theme.body, {at.x + width, at.y}, theme.color().text, value, 1);
  ImGui::Dummy({width, text_size(theme.body, name).y + theme.px(1)});
}

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

// One cell of a segmented control. Returns true when clicked.
bool segment(const Theme& theme, const std::string& text, ImVec2 size, bool active, bool pending) {
  const Palette& c = theme.color();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max = {min.x + size.x, min.y + size.y};
  const bool pressed = ImGui::InvisibleButton(text.c_str(), size);
  const float rounding = theme.px(5);
  if (active) {
    draw->AddRectFilled(min, max, c.accent, rounding);
  } else if (ImGui::IsItemHovered()) {
    draw->AddRectFilled(min, max, c.hover, rounding);
  }
  if (pending) draw->AddRect(min, max, c.accent, rounding, 0, theme.px(2));
  const ImVec2 extent = text_size(theme.strong, text);
  draw_text(draw, theme.strong, {(min.x + max.x) / 2, (min.y + max.y - extent.y) / 2},
            active ? c.on_accent : c.text, text, 0.5f);
  return pressed;
}

}  // namespace

int segmented(const Theme& theme, const char* id, std::span<const std::string> labels, int active,
              int pending) {
  const float height = ImGui::GetFrameHeight();
  const float pad = theme.px(3);
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
    if (segment(theme, text, size, i == active, i == pending)) clicked = i;
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
  if (beyond.below > 0) {
    draw->AddRectFilled(at, {left, at.y + bar}, below_color(mapping.scale));
  }
  if (beyond.above > 0) {
    draw->AddRectFilled({right, at.y}, {at.x + width, at.y + bar}, above_color(mapping.scale));
  }
  draw->AddRect(at, {at.x + width, at.y + bar}, c.strong_line);
  const float y = at.y + bar + theme.px(2);
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
