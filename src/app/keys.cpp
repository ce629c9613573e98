// What each key does; bars::draw_help lists them for the reader.
#include <algorithm>
#include <cstdint>

#include "app/app.h"
#include "app/layout.h"

namespace lens {

void App::step_node(int by) {
  const int last = shown_->graph.last();
  selection_.node = std::clamp(selection_.node + by, 0, last);
  selection_.channel = -1;
}

void App::step_channel(int by) {
  const int count = shown_->graph.node(selection_.node).out.c;
  selection_.channel = (selection_.channel + by + count) % count;
}

void App::step_model(int by) {
  const auto entries = catalog();
  const int count = static_cast<int>(entries.size());
  const int at = static_cast<int>(wanted().entry - entries.data());
  const CatalogEntry& entry = entries[static_cast<std::size_t>((at + by + count) % count)];
  commands_.push_back(ChooseModel{std::string(entry.id), entry.variants[0]});
}

// A panel's key opens it; pressed again, the next of its views.
bool App::step_panel(std::size_t number) {
  const std::vector<const View*> all = panels();
  if (number >= all.size()) return false;
  const std::span<const View> pages = panel_of(*all[number]);
  const View* shown = find_view(selection_.view);
  const bool inside = shown && shown->panel == all[number]->panel;
  const auto next = inside ? static_cast<std::size_t>(shown - pages.data() + 1) : 0;
  selection_.view = pages[next % pages.size()].id;
  return true;
}

// What the Save menu does: the panel as a picture, and its table.
void App::keep_picture() {
  const Area panel = panel_area(theme_, ImGui::GetIO().DisplaySize);
  commands_.push_back(SavePicture{selection_.view, panel.x, panel.y, panel.width, panel.height});
}

void App::keep_table(TableFormat format) {
  Result<Table> numbers = table(selection_.view);
  if (!numbers) return;
  commands_.push_back(SaveTable{selection_.view, std::move(numbers).value(), format});
}

// The view on the screen is asked first.
bool App::press_view(std::string_view key) {
  const View* view = find_view(selection_.view);
  if (!view || (view->needs_snapshot && !snapshot_)) return false;
  if (!works_in(*view, precision())) return false;
  Hover ignored;
  Frame frame = make_frame(ignored);
  return press_in(*view, frame, views_, key);
}

bool App::press(std::string_view key, bool shift) {
  if (help_open_) {
    if (key == "Escape" || key == "?" || key == "Enter") help_open_ = false;
    return true;
  }
  const bool shifted_arrow = shift && key.starts_with("Arrow");
  if (press_view(shifted_arrow ? "Shift+" + std::string(key) : std::string(key))) return true;
  const bool enlarged = selection_.channel >= 0;
  if (key == "ArrowDown") {
    step_node(1);
  } else if (key == "ArrowUp") {
    step_node(-1);
  } else if (key == "ArrowRight") {
    enlarged ? step_channel(1) : step_node(1);
  } else if (key == "ArrowLeft") {
    enlarged ? step_channel(-1) : step_node(-1);
  } else if (key == "Enter" && snapshot_ && !enlarged) {
    selection_.channel = stats_.of(*snapshot_, selection_.node).strongest_channel;
  } else if ((key == "Escape" && camera_.on) || key == "l" || key == "L") {
    commands_.push_back(ToggleCamera{});
  } else if (key == "Escape") {
    selection_.channel = -1;
    notice_.reset();
  } else if (key == "+" || key == "=") {
    feature_maps::zoom(views_.feature_maps, 1);
  } else if (key == "-") {
    feature_maps::zoom(views_.feature_maps, -1);
  } else if (key == "0") {
    feature_maps::zoom(views_.feature_maps, 0);
  } else if (key == "m" || key == "M") {
    step_model(shift ? -1 : 1);
  } else if (key == "q" || key == "Q") {
    const bool is_int8 = precision() == Precision::int8;
    commands_.push_back(ChoosePrecision{is_int8 ? Precision::float32 : Precision::int8});
  } else if (key == "o" || key == "O") {
    commands_.push_back(OpenFile{});
  } else if (key == "d" || key == "D") {
    commands_.push_back(ToggleTheme{});
  } else if (key == "k" || key == "K") {
    shift ? keep_table(TableFormat::csv) : keep_picture();
  } else if (key == "j" || key == "J") {
    keep_table(TableFormat::json);
  } else if (key == "?") {
    commands_.push_back(ToggleHelp{});
  } else if (key == "u" || key == "Undo") {
    commands_.push_back(UndoIntervention{});
  } else if (key == "U" || key == "Redo") {
    commands_.push_back(RedoIntervention{});
  } else if ((key == "b" || key == "B") && what_if_) {
    selection_.before = !selection_.before;
  } else if (key.size() == 1 && key[0] >= '1' && key[0] <= '9') {
    return step_panel(static_cast<std::size_t>(key[0] - '1'));
  } else {
    return false;
  }
  return true;
}

}  // namespace lens
