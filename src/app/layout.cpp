#include "app/layout.h"

#include "ui/color.h"
#include "views/bars.h"
#include "views/inspector.h"
#include "views/network.h"
#include "views/panel_bar.h"

namespace lens {

namespace {

// At 1280 x 800; heights and the side columns grow with the page, the panel takes the rest.
//
//   ┌───────────────── top 56 ─────────────────┐
//   ├─────────┬────────────────────┬───────────┤
//   │ network │ panel              │ inspector │
//   │ 252     │                    │ 300       │
//   ├─────────┴────────────────────┴───────────┤
//   └──────────────── status 28 ───────────────┘
constexpr float kTop = 56;
constexpr float kNetwork = 252;
constexpr float kInspector = 300;
constexpr float kStatus = 28;

// Opens a window that fills an area; ImGui::End() closes it.
void begin(const char* name, const Area& area, ImGuiWindowFlags extra = 0) {
  ImGui::SetNextWindowPos({area.x, area.y});
  ImGui::SetNextWindowSize({area.width, area.height});
  ImGui::Begin(name, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse | extra);
}

// Between the areas; over their windows, below lists and tooltips. Belongs into the first of the
// windows: ImGui draws those that stay in place from the last to the first.
void hairlines(const ui::Theme& theme, ImVec2 page, float top, float left, float right,
               float bottom) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->PushClipRectFullScreen();
  const auto line = [&](ImVec2 from, ImVec2 to) { draw->AddLine(from, to, theme.color().line); };
  line({0, top}, {page.x, top});
  line({left, top}, {left, bottom});
  line({right, top}, {right, bottom});
  line({0, bottom}, {page.x, bottom});
  draw->PopClipRect();
}

void draw_panel(Frame& frame, ViewStates& states) {
  const View* view = find_view(frame.selection.view);
  if (!view) view = &views().front();
  panel_bar::draw_tabs(frame, states, *view);
  panel_bar::draw_banners(frame);
  if (view->needs_snapshot && !frame.now) {
    panel_bar::draw_waiting(frame);
  } else if (!works_in(*view, frame.precision())) {
    panel_bar::draw_needs_float32(frame, view->why_float32);
  } else {
    view->draw(frame, states);
  }
}

}  // namespace

Area panel_area(const ui::Theme& theme, ImVec2 page) {
  const float top = theme.px(kTop);
  const float left = theme.px(kNetwork);
  return {left, top, page.x - left - theme.px(kInspector), page.y - top - theme.px(kStatus)};
}

void draw_page(Frame& frame, ViewStates& states, bool& help_open) {
  const ui::Theme& theme = frame.theme;
  const ImVec2 page = ImGui::GetIO().DisplaySize;
  const float top = theme.px(kTop);
  const float left = theme.px(kNetwork);
  const float right = theme.px(kInspector);
  const float status = theme.px(kStatus);
  const float height = page.y - top - status;

  begin("top", {0, 0, page.x, top});
  bars::draw_top(frame);
  hairlines(theme, page, top, left, page.x - right, page.y - status);
  ImGui::End();

  begin("network", {0, top, left, height});
  network::draw(frame, states.network);
  ImGui::End();

  begin("panel", panel_area(theme, page));
  draw_panel(frame, states);
  ImGui::End();

  begin("inspector", {page.x - right, top, right, height});
  inspector::draw(frame);
  ImGui::End();

  begin("status", {0, page.y - status, page.x, status});
  bars::draw_status(frame);
  ImGui::End();

  bars::draw_help(frame, help_open);
}

}  // namespace lens
