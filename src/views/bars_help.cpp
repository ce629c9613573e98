// The list of keys: those of the page, and beside them those of the view on the screen.
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/bars.h"
#include "views/views.h"

namespace lens::bars {

namespace {

constexpr Key kKeys[] = {
    {"↑ ↓", "previous or next layer"},
    {"← →", "channel, when one is enlarged"},
    {"Enter", "enlarge the strongest channel"},
    {"Esc", "back to all channels"},
    {"+ − 0", "larger or smaller maps, fit"},
    {"1 2 3 4", "panel; again: its next page"},
    {"U", "undo a what-if (Shift: redo)"},
    {"B", "with a what-if: before or after"},
    {"M", "next model (Shift: previous)"},
    {"Q", "float32 or int8"},
    {"O", "open an image"},
    {"L", "live camera on or off"},
    {"K", "keep a picture (Shift: table, CSV)"},
    {"J", "keep the table as JSON"},
    {"D", "dark or light"},
    {"?", "this list"},
};

void column(const ui::Theme& theme, const std::string& title, std::span<const Key> keys,
            float names) {
  ImGui::BeginGroup();
  ui::heading(theme, title);
  ImGui::Dummy({1, theme.px(2)});
  for (const Key& key : keys) {
    ui::label(theme.strong, theme.color().text, key.key);
    ImGui::SameLine(theme.px(names));
    ui::label(theme.body, theme.color().secondary, key.what);
  }
  ImGui::EndGroup();
}

void content(const Frame& frame, bool& open) {
  const ui::Theme& theme = frame.theme;
  ui::label(theme.title, theme.color().text, "Keys");
  ImGui::Dummy({1, theme.px(4)});
  column(theme, "Everywhere", kKeys, 84);
  const View* view = find_view(frame.selection.view);
  if (view && !view->keys.empty()) {
    ImGui::SameLine(0, theme.px(40));
    column(theme, "Here: " + std::string(view->panel) + ", " + std::string(view->title), view->keys,
           116);
  }
  ImGui::Dummy({1, theme.px(6)});
  ui::label(theme.small, theme.color().secondary,
            "Drop or paste a photo anywhere, or a MobileNet .tflite file.");
  ImGui::Dummy({1, theme.px(6)});
  if (ui::button(theme, "Close", ui::ButtonKind::primary)) open = false;
}

}  // namespace

void draw_help(Frame& frame, bool& open) {
  const ui::Theme& theme = frame.theme;
  if (open) ImGui::OpenPopup("Keys");
  const ImVec2 page = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({page.x / 2, page.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  const ImGuiWindowFlags flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                 ImGuiWindowFlags_NoMove | ImGuiWindowFlags_AlwaysAutoResize;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {theme.px(24), theme.px(20)});
  if (ImGui::BeginPopupModal("Keys", nullptr, flags)) {
    content(frame, open);
    if (!open) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace lens::bars
