// The chart of the published results: accuracy against cost, our own counts where they disagree,
// and the network on the screen.
#pragma once

#include "views/published.h"

namespace lens::published {

constexpr float kRadius = 5;  // of a mark, px at 1280

// Versions are told apart by the mark's form: V1 round, V2 square, V3 a triangle, others a cross.
void mark(ImDrawList* draw, ImVec2 at, std::string_view name, float r, ImU32 color, bool filled);

// A click chooses the point under the pointer.
void draw_plot(Frame& frame, State& state, float height);

// "70.6 % top-1, 569 M MACs, ..." and where that is printed.
std::string in_words(const Point& point);
std::string source_of(const PublishedResult& row);

}  // namespace lens::published
