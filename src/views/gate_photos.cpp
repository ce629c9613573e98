#include "views/gate_photos.h"

#include <algorithm>
#include <array>

#include "demos/gate_spread.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/gate_photos_parts.h"

namespace lens::gate_photos {

namespace {

std::vector<Done> done_photos(const Frame& frame) {
  std::vector<Done> done;
  for (std::size_t i = 0; i < frame.tray.size(); ++i) {
    if (frame.tray[i].state == TrayPhoto::State::done) done.push_back({i, &frame.tray[i]});
  }
  return done;
}

std::vector<double> block_spreads(std::span<const Done> done, std::size_t blocks) {
  std::vector<double> spreads;
  for (std::size_t block = 0; block < blocks; ++block) {
    spreads.push_back(demos::mean_of(demos::gate_spread(gates_of(done, block))));
  }
  return spreads;
}

std::string takeaway(std::span<const double> spreads, std::size_t photos) {
  if (photos < 2) return "One photo alone cannot differ: add a second one.";
  const demos::EarlyLate halves = demos::compare_halves(spreads);
  std::string numbers = ui::format(
      "over these %d photos a gate's standard deviation is %.3f in the first %d blocks and %.3f "
      "in the last %d.",
      static_cast<int>(photos), halves.early, static_cast<int>(halves.half), halves.late,
      static_cast<int>(halves.half));
  switch (halves.trend) {
    case demos::Trend::late_differ_more:
      return "Early blocks gate alike, late ones by photo: " + numbers;
    case demos::Trend::early_differ_more:
      return "Here the early blocks differ more from photo to photo: " + numbers;
    case demos::Trend::alike:
      return "Early and late blocks differ about as much: " + numbers;
  }
  return numbers;
}

void header(Frame& frame, State& state) {
  const std::array<std::string, 2> names = {"Index", "Mean gate"};
  const int chosen =
      ui::title_with_choice(frame.theme, "Do different photos open different channels?",
                            {.id = "order",
                             .names = names,
                             .active = state.by_index ? 0 : 1,
                             .what = "What the channels are sorted by",
                             .key = "Key T"});
  if (chosen >= 0) state.by_index = chosen == 0;
}

// Over what the lower chart measures the spread.
void spread_choice(const ui::Theme& theme, State& state) {
  const std::array<std::string, 2> names = {"From photo to photo", "From channel to channel"};
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(9), theme.px(4)});
  const int clicked = ui::segmented(theme, "spread", names, state.over_channels ? 1 : 0);
  ImGui::PopStyleVar();
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "What the gates of a block spread over", "Key V");
  if (clicked >= 0) state.over_channels = clicked == 1;
}

// In place of a chart of nothing but zeros.
void without_spread(const ui::Theme& theme, float height) {
  const ImVec2 at = ImGui::GetCursorPos();
  ImGui::Dummy({1, theme.px(8)});
  ui::wrapped(theme.body, theme.color().secondary,
              "A bar for every block will stand here: how much its gates differ from photo to "
              "photo. Add a second one.");
  ImGui::SetCursorPos(at);
  ImGui::Dummy({1, height});
}

void footer(const Frame& frame, const std::string& text) {
  const ui::Theme& theme = frame.theme;
  ui::takeaway(theme, text,
               "The question of SENet's paper (arXiv 1709.01507, section 6), asked there of "
               "SE-ResNet-50 and whole classes; for MobileNet V3 no paper answers it.");
}

}  // namespace

std::size_t block_shown(const Frame& frame, State& state, std::span<const SeBlock> blocks,
                        std::span<const double> spreads) {
  state.chosen = state.chosen || selected_block(frame, blocks);
  if (!state.chosen) {
    const auto widest = std::max_element(spreads.begin(), spreads.end()) - spreads.begin();
    state.block = blocks[static_cast<std::size_t>(widest)].block;
  }
  const std::size_t shown = chosen_block(frame, blocks, state.block);
  state.block = blocks[shown].block;
  return shown;
}

void draw(Frame& frame, State& state) {
  const ui::Theme& theme = frame.theme;
  const std::vector<SeBlock> blocks = se_blocks(frame.graph);
  if (blocks.empty()) {
    draw_without_se(frame);
    return;
  }
  if (!state.begun) {
    state.begun = true;
    frame.commands.push_back(AddPhotoToTray{});
  }
  ImGui::BeginChild("gate photos");
  header(frame, state);
  draw_tray(frame);
  const std::vector<Done> done = done_photos(frame);
  if (done.empty()) {
    ImGui::Dummy({1, theme.px(24)});
    ui::label(theme.strong, theme.color().text,
              frame.tray.empty() ? "Add photos to compare their gates" : "Running the photos");
    ImGui::EndChild();
    return;
  }
  ImGui::Dummy({1, theme.px(2)});
  const std::vector<double> spreads = block_spreads(done, blocks.size());
  const std::size_t chosen = block_shown(frame, state, blocks, spreads);
  const float bars = theme.px(150);
  const float below =
      bars + ImGui::GetFrameHeightWithSpacing() + ui::takeaway_height(theme, 2, 2) + theme.px(14);
  const float lines = std::max(theme.px(140), ImGui::GetContentRegionAvail().y - below);
  draw_lines(frame, state, done, blocks[chosen], chosen, lines);
  spread_choice(theme, state);
  int clicked = -1;
  if (state.over_channels) {
    clicked = draw_ranges(frame, blocks, done, chosen, bars);
  } else if (done.size() > 1) {
    clicked = draw_spreads(frame, blocks, spreads, chosen, bars);
  } else {
    without_spread(theme, bars);
  }
  if (clicked >= 0) choose_block(frame, blocks[static_cast<std::size_t>(clicked)]);
  footer(frame, takeaway(spreads, done.size()));
  ImGui::EndChild();
}

bool press(Frame& frame, State& state, std::string_view key) {
  const std::vector<SeBlock> blocks = se_blocks(frame.graph);
  if (blocks.empty()) return false;
  const bool back = key == "[" || key == "ArrowLeft";
  if (back || key == "]" || key == "ArrowRight") {
    step_block(frame, blocks, state.block, back ? -1 : 1);
  } else if (key == "a") {
    frame.commands.push_back(AddSamplesToTray{});
  } else if (key == "p") {
    frame.commands.push_back(AddPhotoToTray{});
  } else if (key == "Backspace" && !frame.tray.empty()) {
    frame.commands.push_back(RemoveFromTray{frame.tray.back().id});
  } else if (key == "t") {
    state.by_index = !state.by_index;
  } else if (key == "v") {
    state.over_channels = !state.over_channels;
  } else {
    return false;
  }
  return true;
}

Table table(const Frame& frame) {
  Table result;
  result.columns = {"block", "channel"};
  const std::vector<Done> done = done_photos(frame);
  for (const Done& one : done) result.columns.push_back(one.photo->name);
  result.columns.emplace_back("standard deviation");
  const std::vector<SeBlock> blocks = se_blocks(frame.graph);
  for (std::size_t block = 0; block < blocks.size() && !done.empty(); ++block) {
    const std::vector<std::vector<float>> gates = gates_of(done, block);
    const std::vector<double> spread = demos::gate_spread(gates);
    for (std::size_t channel = 0; channel < spread.size(); ++channel) {
      std::vector<TableCell> row = {name_of(blocks[block]), static_cast<double>(channel)};
      for (const auto& photo : gates) row.emplace_back(static_cast<double>(photo[channel]));
      row.emplace_back(spread[channel]);
      result.rows.push_back(std::move(row));
    }
  }
  return result;
}

}  // namespace lens::gate_photos
