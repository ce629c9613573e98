// The experiment of MobileNetV2's Fig. 1, live: points of the plane into n dimensions, through
// ReLU and back. Needs no photo and no weights; the maths is demos/relu_embedding.h.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "demos/relu_embedding.h"
#include "views/frame.h"

namespace lens::embedding {

enum class Figure { spiral, circle, grid, scribble };
enum class Decoder { scaled_inverse, active_rows };

// What the panel shows, and what it was computed for.
struct Results {
  Figure figure = Figure::spiral;
  std::uint64_t seed = 0;
  int dimensions = 0;
  std::vector<demos::Point2> points;
  std::array<demos::ReluEmbedding, std::size(demos::kPaperDimensions)> paper;
  demos::ReluEmbedding large;
};

struct State {
  Figure figure = Figure::spiral;
  Decoder decoder = Decoder::scaled_inverse;
  std::uint64_t seed = 1;  // of T, from 1; the next seed is the next T
  int dimensions = 3;      // of the large picture
  std::vector<demos::Point2> scribble;
  Results results;
};

// Brings state.results up to date; computes only what has changed.
void update(State& state);
// Adds the way to a point of [-1, 1] x [-1, 1] to the scribble, in steps small enough for a curve.
void scribble_to(State& state, demos::Point2 point);
// Where the pen is: the scribble's end, or the middle of an empty paper.
demos::Point2 pen(const State& state);
// Shift with an arrow draws a step, up to the paper's edge; false for any other key.
bool move_pen(State& state, std::string_view key);

void draw(Frame& frame, State& state);
// N, P: the next and the previous T; [ ]: fewer, more dimensions; S: next shape; E: the other
// decoder; Shift with an arrow: the pen draws a step; Backspace: an empty paper.
bool press(State& state, std::string_view key);
// A row per number of dimensions, the paper's and the slider's.
Table table(const State& state);

}  // namespace lens::embedding
