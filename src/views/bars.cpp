#include "views/bars.h"

#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/views.h"

namespace lens::bars {

namespace {

std::string variant_title(const Variant& variant) {
  return ui::format("%.2f / %d", variant.width, variant.resolution);
}

void choose(Frame& frame, const CatalogEntry& entry, const Variant& variant) {
  frame.commands.push_back(ChooseModel{std::string(entry.id), variant});
}

// Which entry the reader has asked for last: what is being loaded, else what is shown.
const CatalogEntry* wanted(const Frame& frame) {
  return frame.activity.wanted ? frame.activity.wanted : frame.model.entry;
}

void model_toggle(Frame& frame) {
  std::vector<std::string> labels;
  int active = -1;
  int pending = -1;
  for (const CatalogEntry& entry : catalog()) {
    if (&entry == frame.model.entry) active = static_cast<int>(labels.size());
    if (&entry == frame.activity.wanted) pending = static_cast<int>(labels.size());
    labels.emplace_back(entry.title);
  }
  const int clicked = ui::segmented(frame.theme, "models", labels, active, pending);
  if (clicked < 0) return;
  const CatalogEntry& entry = catalog()[static_cast<std::size_t>(clicked)];
  if (&entry != wanted(frame)) choose(frame, entry, entry.variants[0]);
}

// V1's width and resolution, where a version has more than one.
void variant_menu(Frame& frame) {
  const CatalogEntry& entry = *frame.model.entry;
  if (entry.variants.size() < 2) return;
  ImGui::SameLine(0, frame.theme.px(10));
  const std::string title = "α " + variant_title(frame.model.variant) + "##variant";
  if (ui::button(frame.theme, title.c_str())) ImGui::OpenPopup("variants");
  if (ImGui::IsItemHovered() && !ImGui::IsPopupOpen("variants")) {
    ui::tooltip(frame.theme, "Width multiplier / input resolution",
                "Thinner and smaller variants with published weights");
  }
  if (!ImGui::BeginPopup("variants")) return;
  for (const Variant& variant : entry.variants) {
    const bool chosen = variant == frame.model.variant;
    if (ImGui::MenuItem(variant_title(variant).c_str(), nullptr, chosen)) {
      choose(frame, entry, variant);
    }
  }
  ImGui::EndPopup();
}

void photo_menu(Frame& frame) {
  if (ui::button(frame.theme, "Sample photos")) ImGui::OpenPopup("samples");
  if (ImGui::BeginPopup("samples")) {
    int index = 0;
    for (const Sample& sample : frame.samples) {
      const bool chosen = frame.photo && frame.photo->name == sample.name;
      if (ImGui::MenuItem(sample.title.c_str(), nullptr, chosen)) {
        frame.commands.push_back(ChooseSample{index});
      }
      ++index;
    }
    if (frame.samples.empty()) ImGui::TextUnformatted("No sample photos here: open your own");
    ImGui::EndPopup();
  }
  ImGui::SameLine(0, frame.theme.px(8));
  if (ui::button(frame.theme, "Open image", ui::ButtonKind::primary)) {
    frame.commands.push_back(OpenFile{});
  }
  if (ImGui::IsItemHovered()) {
    ui::tooltip(frame.theme, "Your own photo",
                "You can also drop or paste one anywhere. It never leaves this tab.");
  }
}

void right_buttons(Frame& frame, float right) {
  const ui::Theme& theme = frame.theme;
  const char* look = theme.dark() ? "Light" : "Dark";
  const float pad = ImGui::GetStyle().FramePadding.x;
  const float width = ui::text_size(theme.body, look).x + ui::text_size(theme.body, "Help").x +
                      4 * pad + theme.px(8);
  ImGui::SetCursorPosX(right - width);
  if (ui::button(theme, look)) frame.commands.push_back(ToggleTheme{});
  ImGui::SameLine(0, theme.px(8));
  if (ui::button(theme, "Help")) frame.commands.push_back(ToggleHelp{});
}

}  // namespace

void draw_top(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const float centre = (ImGui::GetWindowHeight() - ImGui::GetFrameHeight()) / 2;
  const float text = (ImGui::GetWindowHeight() - ui::text_size(theme.title, "M").y) / 2;
  ImGui::SetCursorPosY(text);
  ui::label(theme.title, theme.color().text, "MobileNet Lens");
  ImGui::SameLine(theme.px(268));
  ImGui::SetCursorPosY(centre);
  photo_menu(frame);
  ImGui::SameLine(0, theme.px(28));
  model_toggle(frame);
  variant_menu(frame);
  ImGui::SameLine();
  right_buttons(frame, right);
}

void draw_tabs(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float height = theme.px(36);
  int number = 0;
  for (const View& view : views()) {
    const std::string title(view.title);
    const bool active = frame.selection.view == view.id;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 extent = ui::text_size(theme.strong, title);
    if (ImGui::InvisibleButton(title.c_str(), {extent.x + theme.px(8), height})) {
      frame.selection.view = view.id;
    }
    const bool lit = active || ImGui::IsItemHovered();
    ui::draw_text(draw, theme.strong, {at.x + theme.px(4), at.y + (height - extent.y) / 2},
                  lit ? theme.color().accent : theme.color().secondary, title);
    if (active) {
      draw->AddRectFilled({at.x, at.y + height - theme.px(3)},
                          {at.x + extent.x + theme.px(8), at.y + height}, theme.color().accent);
    }
    ++number;
    if (ImGui::IsItemHovered()) ui::tooltip(theme, ui::format("Key %d", number));
    ImGui::SameLine(0, theme.px(20));
  }
  ImGui::NewLine();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float y = at.y - ImGui::GetStyle().ItemSpacing.y;
  draw->AddLine({at.x, y}, {at.x + ImGui::GetContentRegionAvail().x, y}, theme.color().line);
  ImGui::Dummy({1, theme.px(2)});
}

namespace {

// One band across the panel: a message, a hint and, if asked for, a button to dismiss it.
bool band(const ui::Theme& theme, const char* id, const std::string& message,
          const std::string& hint, bool striped, bool dismissible) {
  const ui::Palette& c = theme.color();
  const float pad = theme.px(10);
  const float button = dismissible ? theme.px(96) : 0;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float text_width = width - 2 * pad - button;
  const auto height_of = [&](ImFont* font, const std::string& text) {
    ImGui::PushFont(font);
    const float height = ImGui::CalcTextSize(text.c_str(), nullptr, false, text_width).y;
    ImGui::PopFont();
    return height;
  };
  const float message_height = height_of(theme.strong, message);
  const float hint_height = hint.empty() ? 0 : height_of(theme.body, hint) + theme.px(2);
  const ImVec2 end = {at.x + width, at.y + message_height + hint_height + 2 * theme.px(7)};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, end, c.warning, theme.px(6));
  if (striped) {
    ui::hatch(draw, at, {at.x + theme.px(6), end.y}, c.warning_text, theme.px(6), theme.px(2));
  }
  const ImVec2 origin = ImGui::GetCursorPos();
  const auto place = [&](float y, ImFont* font, const std::string& text) {
    ImGui::SetCursorPos({origin.x + pad, origin.y + y});
    ImGui::PushTextWrapPos(origin.x + pad + text_width);
    ui::label(font, c.warning_text, text);
    ImGui::PopTextWrapPos();
  };
  place(theme.px(7), theme.strong, message);
  if (!hint.empty()) place(theme.px(9) + message_height, theme.body, hint);
  bool dismissed = false;
  if (dismissible) {
    ImGui::SetCursorPos({origin.x + width - button, origin.y + theme.px(4)});
    ImGui::PushID(id);
    dismissed = ui::button(theme, "Dismiss");
    ImGui::PopID();
  }
  ImGui::SetCursorPos({origin.x, origin.y + (end.y - at.y) + theme.px(6)});
  return dismissed;
}

}  // namespace

void draw_banners(Frame& frame) {
  if (frame.notice &&
      band(frame.theme, "notice", frame.notice->message, frame.notice->hint, false, true)) {
    frame.commands.push_back(DismissNotice{});
  }
  if (frame.now && frame.model.origin == WeightsOrigin::untrained) {
    const std::string title(frame.model.entry->title);
    band(frame.theme, "untrained",
         "Untrained weights: " + title +
             "'s architecture and costs are real, its predictions are "
             "not.",
         "Drop a MobileNet " + title + " .tflite file on the page to see it at work.", true, false);
  }
}

namespace {

std::string weights_text(const Frame& frame) {
  switch (frame.model.origin) {
    case WeightsOrigin::published:
      return "Published weights";
    case WeightsOrigin::untrained:
      return "Untrained weights";
    case WeightsOrigin::own_file:
      return "Your file " + frame.model.file;
  }
  return "";
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

float loaded_part(const Activity& activity) {
  if (activity.total_bytes <= 0) return 0;
  return static_cast<float>(activity.received_bytes / activity.total_bytes);
}

}  // namespace

void draw_status(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const float y = (ImGui::GetWindowHeight() - ui::text_size(theme.small, "x").y) / 2;
  ImGui::SetCursorPosY(y);
  std::string text =
      weights_text(frame) + "  ·  " + std::string(frame.model.entry->paper) + "  ·  float32, " +
      std::string(frame.build) +
      (frame.threads == 1 ? ", 1 thread" : ui::format(", %d threads", frame.threads));
  if (frame.now) text += "  ·  " + ui::milliseconds(frame.now->total_ms()) + " ms";
  if (frame.activity.loading && frame.activity.wanted) text = loading_text(frame.activity);
  ui::label(theme.small, theme.color().secondary, text);
  const std::string keys = "↑ ↓ layer   ·   1 2 panel   ·   M model   ·   O open   ·   ? keys";
  ImGui::SameLine();
  ImGui::SetCursorPosX(right - ui::text_size(theme.small, keys).x);
  ImGui::SetCursorPosY(y);
  ui::label(theme.small, theme.color().secondary, keys);
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

namespace {

struct Key {
  const char* key;
  const char* what;
};

constexpr Key kKeys[] = {
    {"↑  ↓", "previous or next layer"},
    {"←  →", "previous or next channel, when one is enlarged"},
    {"Enter", "enlarge the strongest channel"},
    {"Esc", "back to all channels"},
    {"+  −  0", "larger or smaller maps, fit"},
    {"1  2", "feature maps, cost"},
    {"M", "next model (Shift: previous)"},
    {"O", "open an image"},
    {"D", "dark or light"},
    {"?", "this list"},
};

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
    ui::label(theme.title, theme.color().text, "Keys");
    ImGui::Dummy({1, theme.px(4)});
    for (const Key& key : kKeys) {
      ui::label(theme.strong, theme.color().text, key.key);
      ImGui::SameLine(theme.px(110));
      ui::label(theme.body, theme.color().secondary, key.what);
    }
    ImGui::Dummy({theme.px(380), theme.px(6)});
    ui::label(theme.small, theme.color().secondary,
              "Drop or paste a photo anywhere, or a MobileNet .tflite file.");
    ImGui::Dummy({1, theme.px(6)});
    if (ui::button(theme, "Close", ui::ButtonKind::primary)) open = false;
    if (!open) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace lens::bars
