// The parts of the view "Several photos": the tray and the two charts.
#pragma once

#include "views/gate_photos.h"
#include "views/se_blocks.h"

namespace lens::gate_photos {

// The photos that have been run, with their places in the tray.
struct Done {
  std::size_t place;
  const TrayPhoto* photo;
};

// Of a photo, by its place in the tray; and its first class in words.
ImU32 color_of(const ui::Theme& theme, std::size_t place);
std::string label_of(const Frame& frame, const TrayPhoto& photo);

// Of one block, photo by photo.
std::vector<std::vector<float>> gates_of(std::span<const Done> done, std::size_t block);

// Index of the block whose lines are drawn; until the reader chooses one, that in which the photos
// differ most.
std::size_t block_shown(const Frame& frame, State& state, std::span<const SeBlock> blocks,
                        std::span<const double> spreads);

// The channels in the order in which they are drawn: by falling mean gate, and of many those whose
// gates differ most from photo to photo; or all of them by index.
std::vector<int> drawn_channels(std::span<const std::vector<float>> photos, bool by_index);

void draw_tray(Frame& frame);
// One line per photo over the channels of a block, the `index`th of the network.
void draw_lines(Frame& frame, const State& state, std::span<const Done> done, const SeBlock& block,
                std::size_t index, float height);
// One bar per block: how far its gates differ from photo to photo. The clicked block or -1.
int draw_spreads(Frame& frame, std::span<const SeBlock> blocks, std::span<const double> spreads,
                 std::size_t chosen, float height);

// One line per photo per block: the mean of its gates, and their spread over the block's channels.
// The clicked block or -1.
int draw_ranges(Frame& frame, std::span<const SeBlock> blocks, std::span<const Done> done,
                std::size_t chosen, float height);

}  // namespace lens::gate_photos
