#include "views/gate_photos.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "demos/gate_spread.h"
#include "ui/color.h"
#include "ui/plot.h"
#include "ui/text.h"
#include "ui/widgets.h"

namespace lens::gate_photos {

namespace {

// By place in the tray: Okabe-Ito without its yellow, which white swallows; violet and grey fill
// up.
constexpr ImU32 kColors[] = {ui::rgb(0x0072B2), ui::rgb(0xD55E00), ui::rgb(0x009E73),
                             ui::rgb(0xCC79A7), ui::rgb(0xE69F00), ui::rgb(0x56B4E9),
                             ui::rgb(0x7B5AA6), ui::rgb(0x7B8594)};

ImU32 color_of(std::size_t place) {
  return kColors[place % std::size(kColors)];
}

std::string label_of(const Frame& frame, const TrayPhoto& photo) {
  const auto output = static_cast<std::size_t>(photo.output);
  return output < frame.labels.size() ? frame.labels[output] : photo.name;
}

// The photos that have been run, with their places in the tray.
struct Done {
  std::size_t place;
  const TrayPhoto* photo;
};

std::vector<Done> done_photos(const Frame& frame) {
  std::vector<Done> done;
  for (std::size_t i = 0; i < frame.tray.size(); ++i) {
    if (frame.tray[i].state == TrayPhoto::State::done) done.push_back({i, &frame.tray[i]});
  }
  return done;
}

std::vector<std::vector<float>> gates_of(std::span<const Done> done, std::size_t block) {
  std::vector<std::vector<float>> gates;
  for (const Done& one : done) gates.push_back(one.photo->gates[block]);
  return gates;
}

std::vector<double> block_spreads(std::span<const Done> done, std::size_t blocks) {
  std::vector<double> spreads;
  for (std::size_t block = 0; block < blocks; ++block) {
    spreads.push_back(demos::mean_of(demos::gate_spread(gates_of(done, block))));
  }
  return spreads;
}

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
  draw->AddRectFilled({min.x, min.y + side}, {min.x + side, min.y + side + line}, color_of(place));
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

std::vector<int> channel_order(std::span<const std::vector<float>> photos, bool by_index) {
  std::vector<int> order(photos.empty() ? 0 : photos[0].size());
  std::iota(order.begin(), order.end(), 0);
  if (by_index) return order;
  const auto sum = [&](int channel) {
    float total = 0;
    for (const auto& gates : photos) total += gates[static_cast<std::size_t>(channel)];
    return total;
  };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return sum(a) > sum(b); });
  return order;
}

void lines_tooltip(const Frame& frame, std::span<const Done> done, std::size_t block,
                   std::size_t channel) {
  std::string text;
  for (const Done& one : done) {
    text += label_of(frame, *one.photo) +
            ui::format(" %.3f\n", static_cast<double>(one.photo->gates[block][channel]));
  }
  const double spread = demos::gate_spread(gates_of(done, block))[channel];
  ui::tooltip(frame.theme, ui::format("Channel %d", static_cast<int>(channel)),
              text + ui::format("standard deviation %.3f", spread));
}

// One line per photo over the channels of a block.
void draw_lines(Frame& frame, const State& state, std::span<const Done> done, const SeBlock& block,
                std::size_t index, float height) {
  const ui::Theme& theme = frame.theme;
  const std::vector<std::vector<float>> gates = gates_of(done, index);
  const std::vector<int> order = channel_order(gates, state.by_index);
  const int channels = frame.graph.node(block.gate).out.c;
  const ui::Plot plot(
      theme, "lines", {ImGui::GetContentRegionAvail().x, height},
      {.title = state.by_index ? "channel" : "channels, from the largest mean gate down",
       .low = 0,
       .high = static_cast<double>(channels),
       .numbers = state.by_index},
      {.title = ui::format("Gates of %s, one line per photo", name_of(block).c_str())});
  for (std::size_t i = 0; i < done.size(); ++i) {
    std::vector<ui::PlotPoint> points;
    for (std::size_t place = 0; place < order.size(); ++place) {
      const float gate = gates[i][static_cast<std::size_t>(order[place])];
      points.push_back({static_cast<double>(place) + 0.5, static_cast<double>(gate)});
    }
    plot.line(points, color_of(done[i].place), 1.5f);
  }
  if (!plot.hovered() || order.empty()) return;
  const int place = std::clamp(static_cast<int>(plot.pointed().x), 0, channels - 1);
  const int channel = order[static_cast<std::size_t>(place)];
  const float x = plot.x(place + 0.5);
  ImGui::GetWindowDrawList()->AddLine({x, plot.min().y}, {x, plot.max().y},
                                      theme.color().strong_line);
  frame.hover = {block.gate, channel, 0, 0};
  lines_tooltip(frame, done, index, static_cast<std::size_t>(channel));
}

// The mean of one half of the blocks, as a line across them.
void draw_half(const ui::Theme& theme, const ui::Plot& plot, double from, double to, double mean) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float y = plot.y(mean);
  draw->AddLine({plot.x(from), y}, {plot.x(to), y}, theme.color().text, theme.px(2));
  ui::draw_text(draw, theme.small, {plot.x(to), y - theme.px(17)}, theme.color().text,
                ui::format("mean %.3f", mean), 1);
}

// One bar per block: how far its gates differ from photo to photo. The clicked block or -1.
int draw_spreads(Frame& frame, std::span<const SeBlock> blocks, std::span<const double> spreads,
                 std::size_t chosen, float height) {
  const ui::Theme& theme = frame.theme;
  const double highest = *std::max_element(spreads.begin(), spreads.end());
  const double count = static_cast<double>(blocks.size());
  const float names = ui::text_size(theme.small, "x").y + theme.px(4);
  const ui::Plot plot(theme, "spreads", {ImGui::GetContentRegionAvail().x, height - names},
                      {.low = 0, .high = count, .numbers = false},
                      ui::axis_over("Spread over the photos: standard deviation of a gate, mean "
                                    "over the block's channels",
                                    0, std::max(0.01, highest * 1.2)));
  const bool clicked = ImGui::IsItemClicked();
  const int pointed = plot.hovered() ? std::clamp(static_cast<int>(plot.pointed().x), 0,
                                                  static_cast<int>(blocks.size()) - 1)
                                     : -1;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool lit = i == chosen || static_cast<int>(i) == pointed;
    const double x = static_cast<double>(i);
    plot.bar(x + 0.15, x + 0.85, spreads[i], theme.role().squeeze_excite);
    ui::draw_text(draw, theme.small, {plot.x(x + 0.5), plot.max().y + theme.px(3)},
                  lit ? theme.color().accent : theme.color().text, name_of(blocks[i]), 0.5f);
    if (i == chosen) {
      draw->AddRect({plot.x(x + 0.15), plot.y(spreads[i])}, {plot.x(x + 0.85), plot.max().y},
                    theme.color().accent, 0, 0, theme.px(2));
    }
  }
  const demos::EarlyLate halves = demos::compare_halves(spreads);
  const double half = static_cast<double>(halves.half);
  draw_half(theme, plot, 0, half, halves.early);
  draw_half(theme, plot, count - half, count, halves.late);
  ImGui::Dummy({1, names});
  if (pointed < 0) return -1;
  const auto at = static_cast<std::size_t>(pointed);
  frame.hover.node = blocks[at].gate;
  ui::tooltip(theme, name_of(blocks[at]), ui::format("standard deviation %.4f", spreads[at]));
  return clicked ? pointed : -1;
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
  const ui::Theme& theme = frame.theme;
  const std::array<std::string, 2> orders = {"Index", "Mean gate"};
  float width = theme.px(6);
  for (const std::string& name : orders)
    width += ui::text_size(theme.strong, name).x + theme.px(24);
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorPos();
  ui::label(theme.title, theme.color().text, "Do different photos open different channels?");
  const float below = ImGui::GetCursorPosY();
  ImGui::SetCursorPos({right - width, at.y - theme.px(2)});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(9), theme.px(4)});
  const int order = ui::segmented(theme, "order", orders, state.by_index ? 0 : 1);
  ImGui::PopStyleVar();
  if (ImGui::IsItemHovered()) ui::tooltip(theme, "What the channels are sorted by", "Key T");
  if (order >= 0) state.by_index = order == 0;
  ImGui::SetCursorPos({at.x, below + theme.px(4)});
}

void footer(const Frame& frame, const std::string& text) {
  const ui::Theme& theme = frame.theme;
  ui::wrapped(theme.strong, theme.color().text, text);
  ui::wrapped(theme.small, theme.color().secondary,
              "The question of SENet's paper (arXiv 1709.01507, section 6), asked there of "
              "SE-ResNet-50 and whole classes; for MobileNet V3 no paper answers it.");
}

}  // namespace

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
  const std::size_t chosen = chosen_block(frame, blocks, state.block);
  state.block = blocks[chosen].block;
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
  const float below = theme.px(150 + 106);
  const float lines = std::max(theme.px(140), ImGui::GetContentRegionAvail().y - below);
  draw_lines(frame, state, done, blocks[chosen], chosen, lines);
  const std::vector<double> spreads = block_spreads(done, blocks.size());
  const int clicked = draw_spreads(frame, blocks, spreads, chosen, theme.px(150));
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
