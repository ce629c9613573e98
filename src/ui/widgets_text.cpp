// Text: labels, lines, facts and takeaways.
#include <algorithm>

#include "ui/widgets.h"

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
    // "31.5 %" is one word.
    const bool unit = word.substr(0, 1) == "%";
    if (lines.size() > line && !unit && text_size(font, longer).x > width) {
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
  const float number =
      draw_text(draw, theme.body, {at.x + width, at.y}, theme.color().text, value, 1);
  const ImVec2 size = text_size(theme.body, name);
  // A name that would run into its value is written smaller.
  const bool fits = size.x + number + theme.px(6) <= width;
  const float lower = fits ? 0 : (size.y - text_size(theme.small, name).y) * 0.8f;
  draw_text(draw, fits ? theme.body : theme.small, {at.x, at.y + lower}, theme.color().secondary,
            name);
  ImGui::Dummy({width, size.y + theme.px(1)});
}

}  // namespace lens::ui
