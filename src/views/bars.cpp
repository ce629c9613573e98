#include "views/bars.h"

#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/describe.h"
#include "views/panel_bar.h"

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

std::string peak_text(const ShownModel& model, Precision precision) {
  const std::optional<RunMemory>& memory = model.memory(precision);
  return memory ? "A run takes " + ui::bytes(memory->peak_bytes()) + " at most. " : "";
}

void precision_switch(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const bool possible = frame.model.no_int8.message.empty();
  const std::string labels[] = {"float32", "int8"};
  const int active = static_cast<int>(frame.precision());
  const int wanted = static_cast<int>(frame.wanted_precision);
  const int clicked = ui::segmented(theme, "precision", labels, active,
                                    wanted == active ? -1 : wanted, possible ? -1 : 1);
  if (clicked >= 0 && clicked != wanted) {
    frame.commands.push_back(ChoosePrecision{static_cast<Precision>(clicked)});
  }
  if (!ImGui::IsItemHovered()) return;
  if (!possible) {
    ui::tooltip(theme, frame.model.no_int8.message, frame.model.no_int8.hint);
  } else if (frame.precision() == Precision::int8) {
    ui::tooltip(theme, "int8: the published file's own integers",
                peak_text(frame.model, Precision::int8) + "Key Q: float32");
  } else {
    ui::tooltip(theme, "float32: the file's integers as real numbers",
                peak_text(frame.model, Precision::float32) + "Key Q: int8");
  }
}

void photo_menu(Frame& frame) {
  if (ui::button(frame.theme, "Samples")) ImGui::OpenPopup("samples");
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
  if (ui::button(frame.theme, "Open", ui::ButtonKind::primary)) {
    frame.commands.push_back(OpenFile{});
  }
  if (ImGui::IsItemHovered()) {
    ui::tooltip(frame.theme, "Your own photo",
                "You can also drop or paste one anywhere. It never leaves this tab.");
  }
  ImGui::SameLine(0, frame.theme.px(8));
  if (ui::button(frame.theme, frame.camera.on ? "Stop###camera" : "Camera###camera")) {
    frame.commands.push_back(ToggleCamera{});
  }
  if (ImGui::IsItemHovered()) {
    ui::tooltip(frame.theme, "Live camera",
                "Each picture runs through the network. None leaves this tab. Key L");
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
  ImGui::SameLine(0, theme.px(20));
  model_toggle(frame);
  variant_menu(frame);
  ImGui::SameLine(0, theme.px(12));
  precision_switch(frame);
  ImGui::SameLine();
  right_buttons(frame, right);
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

std::string camera_text(const LiveCamera& camera) {
  if (camera.frame_ms <= 0) return "Live camera: waiting for a picture";
  return ui::format("Live camera: %.0f results per second, %.0f ms from one to the next",
                    1000 / camera.frame_ms, camera.frame_ms);
}

}  // namespace

void draw_status(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const float y = (ImGui::GetWindowHeight() - ui::text_size(theme.small, "x").y) / 2;
  ImGui::SetCursorPosY(y);
  const std::string source =
      frame.camera.on ? camera_text(frame.camera)
                      : weights_text(frame) + "  ·  " + std::string(frame.model.entry->paper);
  const int threads = frame.now ? frame.now->threads : frame.threads;  // one run's, as its time
  std::string text = source + "  ·  " + std::string(to_string(frame.precision())) + ", " +
                     std::string(build_name(frame.build)) + ", " + threads_text(threads);
  if (frame.now) text += "  ·  " + ui::milliseconds(frame.now->total_ms()) + " ms";
  if (frame.activity.loading && frame.activity.wanted)
    text = panel_bar::loading_text(frame.activity);
  ui::label(theme.small, theme.color().secondary, text);
  const std::string keys = "↑ ↓ layer   ·   1-4 panel   ·   M model   ·   O open   ·   ? keys";
  ImGui::SameLine();
  ImGui::SetCursorPosX(right - ui::text_size(theme.small, keys).x);
  ImGui::SetCursorPosY(y);
  ui::label(theme.small, theme.color().secondary, keys);
}

}  // namespace lens::bars
