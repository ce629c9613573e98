#include "views/panel_bar.h"

#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/views.h"

namespace lens::panel_bar {

namespace {

// One panel's name; true when clicked.
bool tab(const ui::Theme& theme, std::string_view title, int number, bool active) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float height = theme.px(36);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 extent = ui::text_size(theme.strong, title);
  const std::string id(title);
  const bool clicked = ImGui::InvisibleButton(id.c_str(), {extent.x + theme.px(8), height});
  const bool lit = active || ImGui::IsItemHovered();
  ui::draw_text(draw, theme.strong, {at.x + theme.px(4), at.y + (height - extent.y) / 2},
                lit ? theme.color().accent : theme.color().secondary, title);
  if (active) {
    draw->AddRectFilled({at.x, at.y + height - theme.px(3)},
                        {at.x + extent.x + theme.px(8), at.y + height}, theme.color().accent);
  }
  if (ImGui::IsItemHovered()) ui::tooltip(theme, ui::format("Key %d", number));
  return clicked;
}

// The panel as it stands on the page: what a picture takes along.
SavePicture picture_of_panel(const View& view) {
  const ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  return {std::string(view.id), min.x, min.y, size.x, size.y};
}

void save_menu(Frame& frame, const ViewStates& states, const View& view) {
  const ui::Theme& theme = frame.theme;
  const float width = ui::text_size(theme.body, "Save").x + 2 * theme.px(12);
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetWindowWidth() - ImGui::GetStyle().WindowPadding.x - width);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + theme.px(3));
  if (ui::button(theme, "Save")) ImGui::OpenPopup("save");
  const SavePicture picture = picture_of_panel(view);  // before the menu is the current window
  if (!ImGui::BeginPopup("save")) return;
  if (ImGui::MenuItem("Picture (PNG)", "K")) frame.commands.push_back(picture);
  const bool drawn = (frame.now || !view.needs_snapshot) && works_in(view, frame.precision());
  if (view.table && drawn) {
    const auto save = [&](TableFormat format) {
      frame.commands.push_back(SaveTable{std::string(view.id), view.table(frame, states), format});
    };
    if (ImGui::MenuItem("Table (CSV)", "Shift+K")) save(TableFormat::csv);
    if (ImGui::MenuItem("Table (JSON)", "J")) save(TableFormat::json);
  }
  ImGui::EndPopup();
}

// The views of one panel, where it has several.
void view_switch(Frame& frame, const View& view) {
  const std::span<const View> pages = panel_of(view);
  if (pages.size() < 2) return;
  std::vector<std::string> titles;
  for (const View& page : pages) titles.emplace_back(page.title);
  const int active = static_cast<int>(&view - pages.data());
  const int clicked = ui::segmented(frame.theme, "views", titles, active);
  if (clicked >= 0) frame.selection.view = pages[static_cast<std::size_t>(clicked)].id;
}

}  // namespace

void draw_tabs(Frame& frame, const ViewStates& states, const View& view) {
  const ui::Theme& theme = frame.theme;
  int number = 0;
  for (const View* first : panels()) {
    if (number > 0) ImGui::SameLine(0, theme.px(20));
    const bool active = first->panel == view.panel;
    if (tab(theme, first->panel, ++number, active) && !active) frame.selection.view = first->id;
  }
  save_menu(frame, states, view);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float y = at.y - ImGui::GetStyle().ItemSpacing.y;
  ImGui::GetWindowDrawList()->AddLine({at.x, y}, {at.x + ImGui::GetContentRegionAvail().x, y},
                                      theme.color().line);
  ImGui::Dummy({1, theme.px(2)});
  view_switch(frame, view);
}

namespace {

struct Band {
  const char* id;
  std::string message;
  std::string hint;
  bool striped = false;
  std::vector<std::string> buttons;
  bool quiet = false;  // nothing is out of the ordinary
};

float buttons_width(const ui::Theme& theme, const Band& band) {
  float width = 0;
  for (const std::string& text : band.buttons) {
    width += ui::text_size(theme.body, text).x + theme.px(32);
  }
  return width;
}

int draw_buttons(const ui::Theme& theme, const Band& band, ImVec2 at) {
  int clicked = -1;
  ImGui::PushID(band.id);
  for (std::size_t i = 0; i < band.buttons.size(); ++i) {
    ImGui::SetCursorPos(at);
    if (ui::button(theme, band.buttons[i].c_str())) clicked = static_cast<int>(i);
    at.x += ui::text_size(theme.body, band.buttons[i]).x + theme.px(32);
  }
  ImGui::PopID();
  return clicked;
}

// One band across the panel: a message, a hint and buttons; the clicked one or -1.
int draw_band(const ui::Theme& theme, const Band& band) {
  const ui::Palette& c = theme.color();
  const float pad = theme.px(12);
  const float buttons = buttons_width(theme, band);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 origin = ImGui::GetCursorPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float text_width = width - 2 * pad - buttons;
  const std::string message = ui::in_lines(theme.strong, band.message, text_width);
  const std::string hint = ui::in_lines(theme.body, band.hint, text_width);
  const float message_height = ui::text_size(theme.strong, message).y;
  const float hint_height = hint.empty() ? 0 : ui::text_size(theme.body, hint).y + theme.px(2);
  const float text_height = message_height + hint_height;
  const float height =
      std::max(text_height, band.buttons.empty() ? 0 : ImGui::GetFrameHeight()) + 2 * theme.px(6);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 end = {at.x + width, at.y + height};
  if (band.quiet) {
    draw->AddRect(at, end, c.line, theme.px(6));
  } else {
    draw->AddRectFilled(at, end, c.warning, theme.px(6));
  }
  if (band.striped) {
    ui::hatch(draw, at, {at.x + theme.px(6), at.y + height}, c.warning_text, theme.px(6),
              theme.px(2));
  }
  const auto place = [&](float y, ImFont* font, const std::string& text) {
    ImGui::SetCursorPos({origin.x + pad, origin.y + y});
    ui::label(font, band.quiet ? c.secondary : c.warning_text, text);
  };
  const float top = (height - text_height) / 2;
  place(top, theme.strong, message);
  if (!hint.empty()) place(top + message_height + theme.px(2), theme.body, hint);
  const float button_top = (height - ImGui::GetFrameHeight()) / 2;
  const int clicked =
      draw_buttons(theme, band, {origin.x + width - buttons + theme.px(2), origin.y + button_top});
  ImGui::SetCursorPos({origin.x, origin.y + height + theme.px(6)});
  return clicked;
}

// It stays when the last change has been taken back, for the way there and back again.
void what_if_band(Frame& frame) {
  const bool changed = !frame.interventions.empty();
  if (!changed && !frame.can_undo && !frame.can_redo) return;
  Band band = {.id = "what-if",
               .message = "No what-if: the network as it is.",
               .hint = {},
               .striped = changed,
               .buttons = {},
               .quiet = !changed};
  if (changed) {
    band.message = "What-if: " + describe(frame.graph, frame.interventions);
    band.hint = all_as_trained(frame.graph, frame.interventions)
                    ? "That changes nothing: the layers are as they were trained."
                    : "Not trained this way: this shows the damage.";
    band.buttons.emplace_back(frame.selection.before ? "Show after" : "Show before");
  }
  if (frame.can_undo) band.buttons.emplace_back("Undo");
  if (frame.can_redo) band.buttons.emplace_back("Redo");
  if (changed) band.buttons.emplace_back("End");
  const int clicked = draw_band(frame.theme, band);
  if (clicked < 0) return;
  const std::string& button = band.buttons[static_cast<std::size_t>(clicked)];
  if (button == "Undo") {
    frame.commands.push_back(UndoIntervention{});
  } else if (button == "Redo") {
    frame.commands.push_back(RedoIntervention{});
  } else if (button == "End") {
    frame.commands.push_back(Intervene{});
  } else {
    frame.selection.before = !frame.selection.before;
  }
}

}  // namespace

void draw_banners(Frame& frame) {
  if (frame.notice) {
    const Band band = {.id = "notice",
                       .message = frame.notice->message,
                       .hint = frame.notice->hint,
                       .buttons = {"Dismiss"}};
    if (draw_band(frame.theme, band) == 0) frame.commands.push_back(DismissNotice{});
  }
  if (frame.now && frame.model.origin == WeightsOrigin::untrained) {
    const std::string title(frame.model.entry->title);
    draw_band(frame.theme,
              {.id = "untrained",
               .message = "Untrained weights: " + title +
                          "'s architecture and costs are real, its predictions are not.",
               .hint = "Drop a MobileNet " + title + " .tflite file on the page to see it at work.",
               .striped = true,
               .buttons = {}});
  }
  what_if_band(frame);
}

std::string loading_text(const Activity& activity) {
  std::string text = "Loading MobileNet " + std::string(activity.wanted->title);
  if (activity.received_bytes > 0) {
    text += ": " + ui::bytes(static_cast<std::int64_t>(activity.received_bytes));
    if (activity.total_bytes > 0) {
      text += " of " + ui::bytes(static_cast<std::int64_t>(activity.total_bytes));
    }
  }
  return text;
}

namespace {

float loaded_part(const Activity& activity) {
  if (activity.total_bytes <= 0) return 0;
  return static_cast<float>(activity.received_bytes / activity.total_bytes);
}

}  // namespace

void draw_needs_float32(Frame& frame, std::string_view why) {
  const ui::Theme& theme = frame.theme;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float width = std::min(room.x, theme.px(440));
  const ImVec2 origin = ImGui::GetCursorPos();
  ImGui::SetCursorPos({origin.x + (room.x - width) / 2, origin.y + room.y * 0.36f});
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width);
  ui::label(theme.strong, theme.color().text, why);
  ImGui::PopTextWrapPos();
  ImGui::Dummy({1, theme.px(6)});
  if (ui::button(theme, "Show it in float32 (Q)", ui::ButtonKind::primary)) {
    frame.commands.push_back(ChoosePrecision{Precision::float32});
  }
  ImGui::EndGroup();
}

void draw_waiting(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float width = std::min(room.x, theme.px(360));
  const ImVec2 origin = ImGui::GetCursorPos();
  ImGui::SetCursorPos({origin.x + (room.x - width) / 2, origin.y + room.y * 0.4f});
  ImGui::BeginGroup();
  if (frame.activity.loading && frame.activity.wanted) {
    ui::label(theme.strong, theme.color().text, loading_text(frame.activity));
    ui::progress_bar(theme, loaded_part(frame.activity), {width, theme.px(8)},
                     theme.color().accent);
  } else if (!frame.photo) {
    ui::label(theme.strong, theme.color().text, "Open or drop a photo to begin");
  } else {
    ui::label(theme.strong, theme.color().text, "Running the network");
  }
  ImGui::EndGroup();
}

}  // namespace lens::panel_bar
