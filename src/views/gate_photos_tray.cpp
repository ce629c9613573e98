// The tray of photos whose gates are compared: each with its colour and what the network takes it
// for.
#include <algorithm>

#include "ui/color.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/gate_photos_parts.h"

namespace lens::gate_photos {

namespace {

// By place in the tray; Paul Tol's colours "muted" and, on a dark ground, "light": safe for
// colour-blind readers, and none means a kind of layer.
constexpr ImU32 kColors[] = {ui::rgb(0x882255), ui::rgb(0x44AA99), ui::rgb(0x999933),
                             ui::rgb(0x88CCEE), ui::rgb(0xCC6677), ui::rgb(0x117733),
                             ui::rgb(0xAA4499), ui::rgb(0x332288)};
constexpr ImU32 kColorsOnDark[] = {ui::rgb(0xEE8866), ui::rgb(0x77AADD), ui::rgb(0xEEDD88),
                                   ui::rgb(0x44BB99), ui::rgb(0xFFAABB), ui::rgb(0xBBCC33),
                                   ui::rgb(0x99DDFF), ui::rgb(0xDDDDDD)};
static_assert(std::size(kColors) == std::size(kColorsOnDark));

}  // namespace

ImU32 color_of(const ui::Theme& theme, std::size_t place) {
  return (theme.dark() ? kColorsOnDark : kColors)[place % std::size(kColors)];
}

std::string label_of(const Frame& frame, const TrayPhoto& photo) {
  const auto output = static_cast<std::size_t>(photo.output);
  return output < frame.labels.size() ? frame.labels[output] : photo.name;
}

namespace {

void thumbnail(const Frame& frame, const TrayPhoto& photo, ImVec2 min, ImVec2 max) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, frame.theme.color().sunken);
  if (photo.pixels.empty()) return;
  const std::string key = ui::format("tray/%d/%d", photo.id, photo.resolution);
  const ui::Texture texture = frame.textures.get(key, [&] {
    ui::Picture picture{photo.resolution, photo.resolution, {}};
    for (std::size_t i = 0; i + 2 < photo.pixels.size(); i += 3) {
      picture.rgba.push_back(ui::rgb(static_cast<unsigned>(photo.pixels[i]) << 16 |
                                     static_cast<unsigned>(photo.pixels[i + 1]) << 8 |
                                     photo.pixels[i + 2]));
    }
    return picture;
  });
  draw->AddImage(texture.id, min, max);
}

std::string state_text(const Frame& frame, const TrayPhoto& photo) {
  switch (photo.state) {
    case TrayPhoto::State::loading:
      return "loading";
    case TrayPhoto::State::waiting:
      return "running";
    case TrayPhoto::State::done:
      return label_of(frame, photo);
    case TrayPhoto::State::failed:
      return "failed";
  }
  return "";
}

// A photo, its colour and what the network takes it for; a click takes it out.
void tray_item(Frame& frame, std::size_t place, float width) {
  const ui::Theme& theme = frame.theme;
  const TrayPhoto& photo = frame.tray[place];
  const float side = theme.px(52);
  const float line = theme.px(4);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  ImGui::PushID(photo.id);
  const float text = ui::text_size(theme.small, "x").y;
  const bool clicked = ImGui::InvisibleButton("photo", {width, side + line + text + theme.px(4)});
  ImGui::PopID();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  thumbnail(frame, photo, min, {min.x + side, min.y + side});
  draw->AddRectFilled({min.x, min.y + side}, {min.x + side, min.y + side + line},
                      color_of(frame.theme, place));
  ui::draw_text(draw, theme.small, {min.x, min.y + side + line + theme.px(2)}, theme.color().text,
                ui::fitted(theme.small, state_text(frame, photo), width - theme.px(4)));
  if (clicked) frame.commands.push_back(RemoveFromTray{photo.id});
  if (!ImGui::IsItemHovered()) return;
  std::string what = photo.problem;
  if (photo.state == TrayPhoto::State::done) {
    what = label_of(frame, photo) + ", " + ui::percent(static_cast<double>(photo.probability));
  }
  ui::tooltip(theme, photo.name, what + (what.empty() ? "" : "\n") + "Click to take it out");
}

bool in_tray(const Frame& frame, std::string_view name) {
  return std::any_of(frame.tray.begin(), frame.tray.end(), [&](const TrayPhoto& photo) {
    return photo.name == name && photo.state != TrayPhoto::State::failed;
  });
}

bool samples_missing(const Frame& frame) {
  return std::any_of(frame.samples.begin(), frame.samples.end(),
                     [&](const Sample& sample) { return !in_tray(frame, sample.name); });
}

void tray_buttons(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(9), theme.px(4)});
  if (samples_missing(frame)) {
    const auto count = static_cast<int>(frame.samples.size());
    const std::string text = count == 5 ? "Add the five samples" : "Add the samples";
    if (ui::button(theme, text.c_str(), ui::ButtonKind::primary)) {
      frame.commands.push_back(AddSamplesToTray{});
    }
    if (ImGui::IsItemHovered()) ui::tooltip(theme, "Key A");
    ImGui::SameLine(0, theme.px(6));
  }
  if (frame.photo && !in_tray(frame, frame.photo->name)) {
    if (ui::button(theme, "Add the photo on the screen")) {
      frame.commands.push_back(AddPhotoToTray{});
    }
    if (ImGui::IsItemHovered()) ui::tooltip(theme, "Key P");
    ImGui::SameLine(0, theme.px(6));
  }
  int pending = 0;
  for (const TrayPhoto& photo : frame.tray) {
    pending += photo.state == TrayPhoto::State::loading || photo.state == TrayPhoto::State::waiting;
  }
  const std::string progress =
      pending > 0
          ? ui::format("%d of %d photos still to run", pending, static_cast<int>(frame.tray.size()))
          : "Open any photo of yours and add it; up to 8. Gates without what-ifs.";
  ImGui::AlignTextToFramePadding();
  ui::label(theme.small, theme.color().secondary, progress);
  ImGui::PopStyleVar();
}

}  // namespace

void draw_tray(Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const float width = std::min(theme.px(96), ImGui::GetContentRegionAvail().x / 8);
  const ImVec2 at = ImGui::GetCursorPos();
  for (std::size_t place = 0; place < frame.tray.size(); ++place) {
    ImGui::SetCursorPos({at.x + width * static_cast<float>(place), at.y});
    tray_item(frame, place, width);
  }
  ImGui::SetCursorPos({at.x, at.y + theme.px(82)});
  tray_buttons(frame);
}

}  // namespace lens::gate_photos
